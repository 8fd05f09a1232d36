using HostingOps.Agent.ExitCodes;
using HostingOps.Testing;

namespace HostingOps.Agent.Tests.Process;

public sealed class DrillTests : IDisposable
{
    private readonly TemporaryFolder home = new();

    public void Dispose() => home.Dispose();

    [Fact]
    public async Task A_drill_with_the_built_in_sample_passes_and_prints_its_timeline()
    {
        var run = (await AgentProcess.RunAsync(home, "drill")).Ended(ExitCode.Success);

        Assert.Contains("Drill with the built-in samples/hosting.yml", run.Out, StringComparison.Ordinal);
        Assert.Contains("Killed ", run.Out, StringComparison.Ordinal);
        Assert.Contains("RecordAsExpected", run.Out, StringComparison.Ordinal);
        foreach (var step in new[] { "detect", "decide", "switch", "verify", "outage", "failback" })
        {
            Assert.Matches($@"(?m)^{step} +\d+\.\d\d  ", run.Out);
        }

        Assert.Contains("Passed. ", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', run.Out + run.Error);
        Assert.Empty(run.Error);
    }

    [Fact]
    public async Task A_drill_as_json_is_one_object_with_the_measured_seconds()
    {
        var run = (await AgentProcess.RunAsync(home, "drill", "--json", "--kill-host", "li-1")).Ended(ExitCode.Success);

        Assert.True(run.Json.GetProperty("passed").GetBoolean());
        Assert.Equal("li-1", run.Json.GetProperty("killedHost").GetString());
        foreach (var figure in new[] { "detectSeconds", "decideSeconds", "switchSeconds", "verifySeconds", "outageSeconds", "failbackSeconds" })
        {
            Assert.True(run.Json.GetProperty(figure).GetDouble() > 0, figure);
        }
    }

    [Fact]
    public async Task A_drill_with_an_unknown_host_names_the_step_and_the_hosts_there_are()
    {
        var run = (await AgentProcess.RunAsync(home, "drill", "--kill-host", "nope")).Ended(ExitCode.Error);

        Assert.StartsWith("hostingops: HostNotFound: The drill failed at its step Start: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("do-1", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_drill_leaves_no_state_behind()
    {
        (await AgentProcess.RunAsync(home, "drill")).Ended(ExitCode.Success);

        Assert.False(File.Exists(home.Combine("state.db")));
    }
}
