using System.Reflection;
using System.Runtime.Loader;

namespace HostingOps.Cmdlets.Loading;

/// <summary>
/// The private load context of everything the module ships beside its two visible assemblies. Another module's
/// AWSSDK.Core or YamlDotNet, of whatever build, is never picked up here, and ours is never seen there.
/// </summary>
internal sealed class DependencyContext(string folder) : AssemblyLoadContext("HostingOps")
{
    private readonly NativeLibraryFolder natives = new(Path.Combine(folder, "runtimes"));

    /// <summary>The folder that the assemblies are loaded from.</summary>
    public string Folder => folder;

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        // The models cross the border, so both sides must have the one copy that PowerShell sees.
        var models = typeof(HostingException).Assembly;
        if (assemblyName.Name == models.GetName().Name)
        {
            return models;
        }

        var path = Path.Combine(folder, assemblyName.Name + ".dll");
        return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }

    protected override nint LoadUnmanagedDll(string unmanagedDllName)
    {
        foreach (var path in natives.Candidates(unmanagedDllName))
        {
            if (File.Exists(path))
            {
                return LoadUnmanagedDllFromPath(path);
            }
        }

        return nint.Zero;
    }
}
