using HostingOps.Agent.ExitCodes;

namespace HostingOps.Agent.Tests.Process;

/// <summary>Output that can't be written: the work goes on, and the exit code says that there was more to read.</summary>
public sealed class OutputTests
{
    [SkippableTheory]
    [InlineData("> /dev/full")]
    [InlineData("--json > /dev/full")]
    [InlineData("| true")]
    [InlineData("--json | true")]
    public async Task An_operation_whose_output_can_not_be_written_goes_on_to_its_end_and_it_is_8(string where)
    {
        Skip.IfNot(File.Exists("/dev/full"), "There is no /dev/full.");
        await using var rehearsal = await Rehearsal.StartAsync();
        rehearsal.Sandbox.StopHost("do-1");

        using var agent = AgentProcess.StartInShell(rehearsal.Home, null, where, "failover", "acme", "--yes", "--inventory", rehearsal.Sandbox.InventoryPath);
        var run = await agent.EndAsync();

        Assert.True(run.Code == (int)ExitCode.Unprinted, $"{run.Code}\n{run.Error}");
        Assert.Contains(ErrorIds.OutputFailed, run.Error, StringComparison.Ordinal);
        var history = (await rehearsal.RunAsync("history", "--json")).Ended(ExitCode.Success);
        Assert.Equal("Succeeded", Assert.Single(history.Json.EnumerateArray()).GetProperty("outcome").GetString());
    }

    [SkippableFact]
    public async Task What_is_more_urgent_than_the_output_keeps_its_code()
    {
        Skip.IfNot(File.Exists("/dev/full"), "There is no /dev/full.");
        await using var rehearsal = await Rehearsal.StartAsync();

        using var agent = AgentProcess.StartInShell(rehearsal.Home, null, "> /dev/full", "failover", "acme", "--yes", "--inventory", rehearsal.Sandbox.InventoryPath);
        var run = await agent.EndAsync();

        Assert.True(run.Code == (int)ExitCode.Refused, $"{run.Code}\n{run.Error}");
        Assert.Contains(ErrorIds.OutputFailed, run.Error, StringComparison.Ordinal);
    }
}
