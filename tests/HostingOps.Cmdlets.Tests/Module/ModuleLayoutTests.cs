using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using HostingOps.Cmdlets.Tests.Loading;
using HostingOps.Testing;

namespace HostingOps.Cmdlets.Tests.Module;

public sealed partial class ModuleLayoutTests
{
    private static readonly string[] Natives =
        ["linux-arm64", "linux-musl-x64", "linux-x64", "osx-arm64", "osx-x64", "win-arm64", "win-x64"];

    [Fact]
    public void PowerShell_sees_two_assemblies_and_everything_else_is_private()
    {
        Assert.Equal(
            ["HostingOps.Abstractions.dll", "HostingOps.Cmdlets.dll"],
            Directory.GetFiles(ModuleFolder.Combine("bin")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        var hidden = Directory.GetFiles(ModuleFolder.Dependencies).Select(path => Path.GetFileName(path)!).ToHashSet();
        Assert.Superset(new HashSet<string> { "HostingOps.Engine.dll", "HostingOps.Sandbox.dll", "AWSSDK.Core.dll", "YamlDotNet.dll" }, hidden);
        Assert.DoesNotContain("HostingOps.Abstractions.dll", hidden);
    }

    [Fact]
    public void Nothing_is_shipped_that_is_only_for_building()
    {
        var files = Directory.GetFiles(ModuleFolder.Path, "*", SearchOption.AllDirectories).Select(Path.GetFileName).ToList();

        Assert.DoesNotContain("System.Management.Automation.dll", files);
        Assert.DoesNotContain(files, name => name!.EndsWith(".pdb", StringComparison.Ordinal) || name.EndsWith(".deps.json", StringComparison.Ordinal));
        Assert.Empty(files.Where(name => name!.EndsWith(".dll", StringComparison.Ordinal) && name != "e_sqlite3.dll")
            .GroupBy(name => name).Where(group => group.Count() > 1).Select(group => group.Key));
    }

    [Fact]
    public void SQLite_is_there_for_the_platforms_of_PowerShell_7_and_no_others()
    {
        var rids = Directory.GetDirectories(Path.Combine(ModuleFolder.Dependencies, "runtimes"));

        Assert.Equal(Natives, rids.Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.All(rids, rid => Assert.Single(Directory.GetFiles(Path.Combine(rid, "native"))));
    }

    [Fact]
    public void The_manifest_has_the_version_that_the_repository_states_once()
    {
        var stated = VersionPrefix().Match(File.ReadAllText(RepositoryRoot.Combine("Directory.Build.props"))).Groups[1].Value;

        Assert.Contains($"ModuleVersion = '{stated}'", File.ReadAllText(ModuleFolder.Combine("HostingOps.psd1")), StringComparison.Ordinal);
    }

    [Fact]
    public void The_manifest_exports_exactly_the_cmdlets_that_are_in_the_assembly_and_each_has_a_help_page()
    {
        var manifest = File.ReadAllText(ModuleFolder.Combine("HostingOps.psd1"));
        var exported = ExportedCmdlets().Match(manifest).Groups[1].Value.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Trim('\'', ',')).ToList();

        var built = CmdletsOf(ModuleFolder.Combine("bin", "HostingOps.Cmdlets.dll")).Order(StringComparer.Ordinal).ToList();

        Assert.Equal(built, exported);
        Assert.Equal(
            built,
            Directory.GetFiles(RepositoryRoot.Combine("docs", "en-US"), "*-*.md").Select(path => Path.GetFileNameWithoutExtension(path)!).Order(StringComparer.Ordinal));
    }

    private static List<string> CmdletsOf(string assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        var metadata = file.GetMetadataReader();
        var names = new List<string>();
        foreach (var handle in metadata.CustomAttributes)
        {
            var attribute = metadata.GetCustomAttribute(handle);
            if (attribute.Constructor.Kind == HandleKind.MemberReference
                && metadata.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent is { Kind: HandleKind.TypeReference } parent
                && metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)parent).Name) == "CmdletAttribute")
            {
                var value = metadata.GetBlobReader(attribute.Value);
                value.ReadUInt16();
                names.Add($"{value.ReadSerializedString()}-{value.ReadSerializedString()}");
            }
        }

        return names;
    }

    [GeneratedRegex("<VersionPrefix>(.+?)</VersionPrefix>")]
    private static partial Regex VersionPrefix();

    [GeneratedRegex(@"CmdletsToExport = @\(([^)]*)\)")]
    private static partial Regex ExportedCmdlets();
}
