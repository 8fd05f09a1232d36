using System.Text.Json;
using HostingOps.EndToEnd.Tests.World;

namespace HostingOps.EndToEnd.Tests;

/// <summary>
/// The agent's process is killed with SIGKILL at the worst moments of a failover. Another one finishes it: the record
/// changes once, and only what was under way is done again.
/// </summary>
public sealed class DeathTests : IAsyncLifetime
{
    private readonly Desk desk = new();
    private Fleet fleet = null!;
    private GatedEndpoint network = null!;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (network is not null)
        {
            await network.DisposeAsync();
            await fleet.DisposeAsync();
        }

        desk.Dispose();
    }

    [SkippableTheory]
    [InlineData("fence", "Fence", 0)]
    [InlineData("promote", "Promote", 0)]
    [InlineData("after", "After", 1)]
    public async Task Killed_inside_a_hook(string stage, string lastStep, int acceptedByThen)
    {
        await BeginAsync();
        fleet.Hold(stage);
        using (var agent = Failover())
        {
            await agent.UntilAsync(() => fleet.HookRuns.Contains(stage));
            await agent.DieAsync();
        }

        Assert.Equal(acceptedByThen, network.AcceptedChanges);
        await IsCutOffAtAsync(lastStep);
        fleet.LetGo(stage);
        await ResumeFinishesAsync(again: stage);
        await UndoBringsItBackAsync();
    }

    [SkippableFact]
    public async Task Killed_when_the_change_was_sent_and_never_arrived()
    {
        await BeginAsync();
        var held = network.HoldNext("ChangeResourceRecordSets", answer: false);
        await DieAtAsync(held);

        await IsCutOffAtAsync("Switch");
        Assert.Equal(Fleet.Primary, await fleet.AcmeAsync());
        await ResumeFinishesAsync();

        // It was only late: hours on the way, and here it is. What it expects is gone, so it changes nothing.
        Assert.Contains(" 400 ", await held.ReleaseAsync(), StringComparison.Ordinal);
        Assert.Equal(1, network.AcceptedChanges);
        await UndoBringsItBackAsync();
    }

    [SkippableFact]
    public async Task Killed_when_the_change_was_sent_and_arrives_after_the_death()
    {
        await BeginAsync();
        var held = network.HoldNext("ChangeResourceRecordSets", answer: false);
        await DieAtAsync(held);

        Assert.Contains(" 200 ", await held.ReleaseAsync(), StringComparison.Ordinal);
        await IsCutOffAtAsync("Switch");
        await ResumeFinishesAsync();
        await UndoBringsItBackAsync();
    }

    [SkippableFact]
    public async Task Killed_when_the_change_was_accepted_and_the_answer_is_on_its_way()
    {
        await BeginAsync();
        await DieAtAsync(network.HoldNext("ChangeResourceRecordSets", answer: true));

        Assert.Equal(1, network.AcceptedChanges);
        await IsCutOffAtAsync("Switch");
        await ResumeFinishesAsync();
        await UndoBringsItBackAsync();
    }

    [SkippableFact]
    public async Task Killed_while_it_waits_for_INSYNC()
    {
        await BeginAsync();
        await DieAtAsync(network.HoldNext("GetChange", answer: true));

        Assert.Equal(1, network.AcceptedChanges);
        await IsCutOffAtAsync("Sync");
        await ResumeFinishesAsync();
        await UndoBringsItBackAsync();
    }

    [SkippableFact]
    public async Task Killed_twice_first_in_a_hook_and_then_in_the_resume_that_sends_the_change()
    {
        await BeginAsync();
        fleet.Hold("promote");
        using (var agent = Failover())
        {
            await agent.UntilAsync(() => fleet.HookRuns.Contains("promote"));
            await agent.DieAsync();
        }

        fleet.LetGo("promote");
        var held = network.HoldNext("ChangeResourceRecordSets", answer: true);
        using (var agent = desk.StartAgent("resume", "--json", "--endpoint-url", network.Url))
        {
            await agent.UntilAsync(() => held.IsHere);
            await agent.DieAsync();
        }

        await IsCutOffAtAsync("Switch");
        await ResumeFinishesAsync(again: "promote");
        await UndoBringsItBackAsync();
    }

    private async Task BeginAsync()
    {
        fleet = await Fleet.StartAsync(hookTimeout: "120s");
        network = new GatedEndpoint(fleet.Sandbox.EndpointUrl);
        desk.WriteInventory(await File.ReadAllTextAsync(fleet.Sandbox.InventoryPath));
        fleet.Sandbox.StopHost("do-1");
    }

    private RunningProgram Failover() => desk.StartAgent("failover", "acme", "--yes", "--json", "--endpoint-url", network.Url);

    private async Task DieAtAsync(HeldMessage held)
    {
        using var agent = Failover();
        await agent.UntilAsync(() => held.IsHere);
        await agent.DieAsync();
    }

    private async Task IsCutOffAtAsync(string lastStep)
    {
        var entry = Assert.Single((await desk.HistoryAsync()).EnumerateArray());
        Assert.Equal((lastStep, "InProgress"), (Text(entry, "lastStep"), Text(entry, "outcome")));
        Assert.True(entry.GetProperty("resumable").GetBoolean());
    }

    private async Task ResumeFinishesAsync(string? again = null)
    {
        var resumed = (await desk.AgentAsync("resume", "--json", "--endpoint-url", network.Url)).Ended(0).Single;

        Assert.Equal("Succeeded", Text(resumed, "outcome"));
        Assert.Equal(Fleet.Secondary, await fleet.AcmeAsync());
        Assert.Equal(1, network.AcceptedChanges);
        foreach (var stage in new[] { "fence", "promote", "after" })
        {
            Assert.Equal((stage, stage == again ? 2 : 1), (stage, fleet.HookRuns.Count(run => run == stage)));
        }

        var entry = Assert.Single((await desk.HistoryAsync()).EnumerateArray());
        Assert.Equal(("Succeeded", "Finish"), (Text(entry, "outcome"), Text(entry, "lastStep")));
        Assert.False(entry.GetProperty("resumable").GetBoolean());
        Assert.Equal(0, (await desk.AgentAsync("resume", "--json", "--endpoint-url", network.Url)).Ended(0).Json.GetArrayLength());
    }

    private async Task UndoBringsItBackAsync()
    {
        fleet.Sandbox.StartHost("do-1");
        var undone = (await desk.AgentAsync("undo", "--site", "acme", "--yes", "--json", "--endpoint-url", network.Url)).Ended(0).Single;

        Assert.Equal(("Undo", "Succeeded"), (Text(undone, "kind"), Text(undone, "outcome")));
        Assert.Equal(Fleet.Primary, await fleet.AcmeAsync());
        Assert.Equal(2, network.AcceptedChanges);
    }

    private static string Text(JsonElement item, string property) => item.GetProperty(property).GetString()!;
}
