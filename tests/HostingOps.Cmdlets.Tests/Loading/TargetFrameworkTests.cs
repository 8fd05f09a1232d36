using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace HostingOps.Cmdlets.Tests.Loading;

/// <summary>PowerShell 7.4 runs on .NET 8: nothing that is shipped may ask for a later one.</summary>
public sealed class TargetFrameworkTests
{
    // What PowerShell 7.4 has: .NET 8's assemblies are of version 8, a few that stopped counting are lower.
    private static readonly Version DotNet = new(8, 0, 0, 0);
    private static readonly Version PowerShell = new(7, 4, 0, 500);

    public static TheoryData<string> Assemblies =>
        new(Directory.GetFiles(ModuleFolder.Combine("bin"), "*.dll", SearchOption.AllDirectories)
            .Where(static path => !path.Contains("runtimes", StringComparison.Ordinal))
            .Select(path => Path.GetRelativePath(ModuleFolder.Path, path)));

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void A_shipped_assembly_asks_for_nothing_later_than_PowerShell_7_4_has(string assembly)
    {
        var shipped = Directory.GetFiles(ModuleFolder.Dependencies, "*.dll").Select(Path.GetFileNameWithoutExtension).ToHashSet(StringComparer.Ordinal);
        var references = References(ModuleFolder.Combine(assembly));

        Assert.NotEmpty(references);
        Assert.All(references.Where(reference => !shipped.Contains(reference.Name)), static reference =>
        {
            switch (reference.Name)
            {
                case "HostingOps.Abstractions":
                    break;
                case "System.Management.Automation":
                    Assert.True(reference.Version <= PowerShell, reference.FullName);
                    break;
                default:
                    Assert.Matches(@"^(System(\..+)?|Microsoft\.(CSharp|Win32\..+)|netstandard|mscorlib)$", reference.Name);
                    Assert.True(reference.Version <= DotNet, reference.FullName);
                    break;
            }
        });
    }

    private static List<AssemblyName> References(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        var metadata = file.GetMetadataReader();
        return metadata.AssemblyReferences.Select(handle => metadata.GetAssemblyReference(handle).GetAssemblyName()).ToList();
    }
}
