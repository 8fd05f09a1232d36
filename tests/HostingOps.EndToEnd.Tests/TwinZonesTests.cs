using System.Text.Json;
using HostingOps.EndToEnd.Tests.World;

namespace HostingOps.EndToEnd.Tests;

/// <summary>
/// Two zones of the same name in two accounts, as a rehearsal and the real one are, and one state database for both:
/// what the journal has of one must say nothing of the other.
/// </summary>
public sealed class TwinZonesTests
{
    [SkippableFact]
    public async Task A_rehearsal_that_was_cut_off_is_never_resumed_in_the_real_zone()
    {
        await using var rehearsal = await Fleet.StartAsync(hookTimeout: "120s");
        await using var real = await Fleet.StartAsync();
        using var desk = new Desk();
        rehearsal.Hold("promote");
        using (var agent = desk.StartAgent("failover", "acme", "--planned", "--yes", "--inventory", rehearsal.Sandbox.InventoryPath))
        {
            await agent.UntilAsync(() => rehearsal.HookRuns.Contains("promote"));
            await agent.DieAsync();
        }

        rehearsal.LetGo("promote");
        var operation = Text(Assert.Single((await desk.HistoryAsync()).EnumerateArray()), "operationId");
        var before = await real.ZoneAsync();

        var none = (await desk.AgentAsync("resume", "--json", "--inventory", real.Sandbox.InventoryPath)).Ended(0);
        var named = (await desk.AgentAsync("resume", operation, "--json", "--inventory", real.Sandbox.InventoryPath)).Ended(1);

        Assert.Equal(0, none.Json.GetArrayLength());
        Assert.Equal("OperationNotResumable", named.ErrorId);
        Assert.Contains(rehearsal.Sandbox.ZoneId, named.ErrorMessage, StringComparison.Ordinal);
        Assert.Contains(real.Sandbox.ZoneId, named.ErrorMessage, StringComparison.Ordinal);
        Assert.Equal(before, await real.ZoneAsync());
        (await desk.AgentAsync("resume", "--inventory", rehearsal.Sandbox.InventoryPath)).Ended(0);
        Assert.Equal(Fleet.Secondary, await rehearsal.AcmeAsync());
    }

    [SkippableFact]
    public async Task A_rehearsed_switch_neither_cools_down_nor_is_undone_in_the_real_zone()
    {
        await using var rehearsal = await Fleet.StartAsync();
        await using var real = await Fleet.StartAsync();
        using var desk = new Desk();
        rehearsal.Sandbox.StopHost("do-1");
        real.Sandbox.StopHost("do-1");
        var rehearsed = (await desk.AgentAsync("failover", "acme", "--yes", "--json", "--inventory", rehearsal.Sandbox.InventoryPath)).Ended(0).Single;

        var moved = (await desk.AgentAsync("failover", "acme", "--yes", "--json", "--inventory", real.Sandbox.InventoryPath)).Ended(0).Single;
        rehearsal.Sandbox.StartHost("do-1");
        real.Sandbox.StartHost("do-1");
        var other = (await desk.AgentAsync("undo", Text(rehearsed, "operationId"), "--yes", "--json", "--inventory", real.Sandbox.InventoryPath)).Ended(1);
        var back = (await desk.AgentAsync("undo", "--site", "acme", "--yes", "--json", "--inventory", rehearsal.Sandbox.InventoryPath)).Ended(0).Single;

        Assert.Equal("OperationNotUndoable", other.ErrorId);
        Assert.Contains(rehearsal.Sandbox.ZoneId, other.ErrorMessage, StringComparison.Ordinal);
        Assert.Equal((Fleet.Primary, Fleet.Secondary), (await rehearsal.AcmeAsync(), await real.AcmeAsync()));
        var undone = (await desk.HistoryAsync()).EnumerateArray().First(static entry => Text(entry, "kind") == "Undo");
        Assert.Equal((Text(back, "operationId"), Text(rehearsed, "operationId")), (Text(undone, "operationId"), Text(undone, "undoOf")));
        Assert.NotEqual(Text(moved, "operationId"), Text(rehearsed, "operationId"));
    }

    private static string Text(JsonElement item, string property) => item.GetProperty(property).GetString()!;
}
