using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using HostingOps.Testing;

namespace HostingOps.Architecture.Tests;

/// <summary>Who knows whom, read from the built assemblies: a wrong reference fails.</summary>
public sealed class ArrowsTests
{
    private static readonly string[] Foreign =
        ["AWSSDK", "YamlDotNet", "Microsoft.Data.Sqlite", "SQLitePCLRaw", "Polly", "System.Management.Automation", "Spectre", "System.CommandLine"];

    public static TheoryData<string, string[], string[]> Rooms => new()
    {
        // Room, our assemblies it may know, foreign ones it may know (by the beginning of their names).
        { "HostingOps.Abstractions", [], [] },
        { "HostingOps.Aws", [], ["AWSSDK"] },
        { "HostingOps.Engine", ["HostingOps.Abstractions", "HostingOps.Aws"], ["AWSSDK", "YamlDotNet", "Microsoft.Data.Sqlite", "SQLitePCLRaw", "Polly"] },
        { "HostingOps.Sandbox", ["HostingOps.Abstractions", "HostingOps.Engine"], [] },
        { "HostingOps.Cmdlets", ["HostingOps.Abstractions", "HostingOps.Engine", "HostingOps.Sandbox"], ["System.Management.Automation"] },
        { "hostingops", ["HostingOps.Abstractions", "HostingOps.Engine", "HostingOps.Sandbox"], ["Spectre", "System.CommandLine"] },
    };

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_room_knows_only_the_rooms_the_plan_allows(string room, string[] ours, string[] foreign)
    {
        var known = ReferencesOf(Path.Combine(AppContext.BaseDirectory, room + ".dll"));

        var ourOwn = known.Where(static name => name.StartsWith("HostingOps.", StringComparison.Ordinal));
        var others = known.Where(static name => Foreign.Any(name.StartsWith));
        Assert.Equal([], ourOwn.Except(ours));
        Assert.Equal([], others.Where(name => !foreign.Any(name.StartsWith)));
    }

    [Fact]
    public void The_check_sees_references_at_all()
    {
        Assert.Contains("HostingOps.Abstractions", ReferencesOf(Path.Combine(AppContext.BaseDirectory, "HostingOps.Engine.dll")));
    }

    [Fact]
    public void The_cmdlets_source_names_no_type_of_the_engines_packages()
    {
        var source = Directory.EnumerateFiles(RepositoryRoot.Combine("src", "HostingOps.Cmdlets"), "*.cs", SearchOption.AllDirectories)
            .Where(static path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

        Assert.All(source, static path => Assert.DoesNotMatch(@"\b(using|global::)\s*(Amazon|YamlDotNet|Microsoft\.Data\.Sqlite|SQLitePCL)\b", File.ReadAllText(path)));
    }

    [Theory]
    [InlineData("HostingOps.Abstractions")]
    [InlineData("HostingOps.Aws")]
    [InlineData("HostingOps.Engine")]
    [InlineData("HostingOps.Sandbox")]
    [InlineData("HostingOps.Cmdlets")]
    public void The_module_writes_to_its_streams_and_never_to_the_console(string room)
    {
        // Whether output is redirected may be asked: it decides about colours.
        Assert.Equal([], ConsoleMembersUsedBy(room).Except(["get_IsOutputRedirected"]));
    }

    [Fact]
    public void The_check_for_the_console_sees_it_where_it_is_used()
    {
        Assert.NotEmpty(ConsoleMembersUsedBy("hostingops").Except(["get_IsOutputRedirected"]));
    }

    [Theory]
    [InlineData("HostingOps.Abstractions", ".NETCoreApp,Version=v8.0")]
    [InlineData("HostingOps.Aws", ".NETCoreApp,Version=v8.0")]
    [InlineData("HostingOps.Engine", ".NETCoreApp,Version=v8.0")]
    [InlineData("HostingOps.Sandbox", ".NETCoreApp,Version=v8.0")]
    [InlineData("HostingOps.Cmdlets", ".NETCoreApp,Version=v8.0")]
    [InlineData("hostingops", ".NETCoreApp,Version=v10.0")]
    public void Shipped_libraries_are_built_for_PowerShell_7_4_and_the_agent_for_net10(string room, string framework)
    {
        var bytes = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, room + ".dll"));

        // The TargetFrameworkAttribute's argument stands in the metadata as UTF-8.
        Assert.True(bytes.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(framework)) >= 0);
    }

    private static IReadOnlyList<string> ConsoleMembersUsedBy(string room)
    {
        using var file = new PEReader(File.OpenRead(Path.Combine(AppContext.BaseDirectory, room + ".dll")));
        var metadata = file.GetMetadataReader();
        return metadata.MemberReferences.Select(metadata.GetMemberReference).Where(IsOfConsole).Select(member => metadata.GetString(member.Name)).ToArray();

        bool IsOfConsole(MemberReference member)
        {
            if (member.Parent.Kind != HandleKind.TypeReference)
            {
                return false;
            }

            var type = metadata.GetTypeReference((TypeReferenceHandle)member.Parent);
            return metadata.GetString(type.Namespace) == "System" && metadata.GetString(type.Name) == "Console";
        }
    }

    private static IReadOnlyList<string> ReferencesOf(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        var metadata = file.GetMetadataReader();
        return metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name)).ToArray();
    }
}
