using System.Text.RegularExpressions;
using HostingOps.Testing;
using YamlDotNet.Serialization;

namespace HostingOps.Cmdlets.Tests.Module;

/// <summary>What contributors' pull requests go through is what they can run themselves.</summary>
public sealed partial class WorkflowTests
{
    private readonly Dictionary<object, object> job = Job();

    private IEnumerable<Dictionary<object, object>> Steps => ((List<object>)job["steps"]).Cast<Dictionary<object, object>>();

    [Fact]
    public void Each_line_of_the_workflow_calls_a_task_of_build_ps1_and_nothing_else()
    {
        var lines = Steps.Where(step => step.ContainsKey("run")).Select(step => (string)step["run"]).ToList();

        Assert.All(lines, line => Assert.Matches(BuildCall(), line));
        Assert.Equal(["Build", "Test", "Analyze", "Package"], lines.Select(line => BuildCall().Match(line).Groups[1].Value));
        var tasks = Tasks().Match(File.ReadAllText(RepositoryRoot.Combine("build.ps1"))).Value;
        Assert.All(lines, line => Assert.Contains($"'{BuildCall().Match(line).Groups[1].Value}'", tasks, StringComparison.Ordinal));
    }

    [Fact]
    public void The_other_steps_fetch_the_sources_and_the_SDK_and_keep_the_package()
    {
        var actions = Steps.Where(step => step.ContainsKey("uses")).Select(step => ((string)step["uses"]).Split('@')[0]);

        Assert.Equal(["actions/checkout", "actions/setup-dotnet", "actions/upload-artifact"], actions);
        Assert.All(Steps, step => Assert.True(step.ContainsKey("run") ^ step.ContainsKey("uses")));
        var kept = (string)((Dictionary<object, object>)Steps.Last()["with"])["path"];
        Assert.Equal(["out/package/*.nupkg", "out/package/*.zip"], kept.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void It_runs_in_the_PowerShell_of_Linux_Windows_and_macOS()
    {
        var systems = (List<object>)((Dictionary<object, object>)((Dictionary<object, object>)job["strategy"])["matrix"])["os"];

        Assert.Equal<object>(["ubuntu-latest", "windows-latest", "macos-latest"], systems);
        Assert.Equal("pwsh", ((Dictionary<object, object>)((Dictionary<object, object>)job["defaults"])["run"])["shell"]);
        Assert.DoesNotContain(Steps, step => step.ContainsKey("shell") || step.ContainsKey("continue-on-error") || step.ContainsKey("if"));
    }

    private static Dictionary<object, object> Job()
    {
        var text = File.ReadAllText(RepositoryRoot.Combine(".github", "workflows", "ci.yml"));
        var workflow = new DeserializerBuilder().Build().Deserialize<Dictionary<object, object>>(text);
        return (Dictionary<object, object>)Assert.Single((Dictionary<object, object>)workflow["jobs"]).Value;
    }

    [GeneratedRegex(@"^\./build\.ps1 (\w+)$")]
    private static partial Regex BuildCall();

    [GeneratedRegex(@"ValidateSet\([^)]*'Clean'\)")]
    private static partial Regex Tasks();
}
