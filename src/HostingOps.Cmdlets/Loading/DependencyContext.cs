using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace HostingOps.Cmdlets.Loading;

/// <summary>
/// The private load context of everything the module ships beside its two visible assemblies. Another module's
/// AWSSDK.Core or YamlDotNet, of whatever build, is never picked up here, and ours is never seen there.
/// </summary>
internal sealed class DependencyContext(string folder) : AssemblyLoadContext("HostingOps")
{
    private readonly NativeLibraryFolder natives = new(Path.Combine(folder, "runtimes"));

    /// <summary>Whether the folder has the assembly.</summary>
    public bool Contains(string name) => File.Exists(PathOf(name));

    /// <summary>The error for an assembly that the folder should have.</summary>
    public FileNotFoundException Missing(string name) => new(
        $"HostingOps is not installed completely: '{PathOf(name)}' is missing. Install the module again.", PathOf(name));

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        // The models cross the border, so both sides must have the one copy that PowerShell sees.
        var models = typeof(HostingException).Assembly;
        if (assemblyName.Name == models.GetName().Name)
        {
            return models;
        }

        if (assemblyName.Name is not { } name)
        {
            return null;
        }

        return Contains(name) ? LoadFromAssemblyPath(PathOf(name)) : IsNeeded(name) ? throw Missing(name) : null;
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

        // The search would go on in the process's own folders, and might find another build.
        return natives.Platforms(unmanagedDllName) is { Count: > 0 } others
            ? throw new DllNotFoundException(
                $"HostingOps brings '{unmanagedDllName}' for {string.Join(", ", others)}, and not for {RuntimeInformation.RuntimeIdentifier}.")
            : nint.Zero;
    }

    // Left to the default context, a name that is not .NET's would be answered with another module's copy. What nothing of
    // ours refers to is a question, such as the SDK's for its optional parts, and "no" is an answer to it.
    private bool IsNeeded(string name) =>
        !File.Exists(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), name + ".dll"))
        && Assemblies.Any(assembly => assembly.GetReferencedAssemblies().Any(reference => reference.Name == name));

    private string PathOf(string name) => Path.Combine(folder, name + ".dll");
}
