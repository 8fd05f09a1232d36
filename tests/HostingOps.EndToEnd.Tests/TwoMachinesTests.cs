using System.Text.Json;
using HostingOps.EndToEnd.Tests.World;

namespace HostingOps.EndToEnd.Tests;

/// <summary>Two machines that know nothing of each other, each with a state database of its own, move the same site at once.</summary>
public sealed class TwoMachinesTests
{
    [SkippableFact]
    public async Task Exactly_one_wins_and_the_other_is_told_who_and_by_which_operation()
    {
        var named = await Desk.CanBeNamedAsync();
        await using var fleet = await Fleet.StartAsync(hookTimeout: "120s");
        using var left = new Desk(named ? "desk-left" : null);
        using var right = new Desk(named ? "desk-right" : null);
        foreach (var desk in new[] { left, right })
        {
            desk.WriteInventory(await File.ReadAllTextAsync(fleet.Sandbox.InventoryPath));
        }

        fleet.Sandbox.StopHost("do-1");
        fleet.Hold("promote");
        using var first = left.StartAgent("failover", "acme", "--yes", "--json");
        using var second = right.StartAgent("failover", "acme", "--yes", "--json");

        // Both have confirmed their plan and stand before the switch.
        await first.UntilAsync(() => fleet.HookRuns.Count(static run => run == "promote") == 2);
        fleet.LetGo("promote");
        var runs = await Task.WhenAll(first.EndAsync(), second.EndAsync());

        Assert.Equal([0, 5], runs.Select(static run => run.Code).Order());
        var (winner, loser) = runs[0].Code == 0 ? (runs[0], runs[1]) : (runs[1], runs[0]);
        var machine = (named, runs[0].Code == 0) switch
        {
            (false, _) => Environment.MachineName,
            (_, true) => "desk-left",
            _ => "desk-right",
        };
        var lost = loser.Single;
        Assert.Equal(("Conflict", "RecordConflict"), (Text(lost, "outcome"), Text(lost, "errorId")));
        Assert.Contains($"{Environment.UserName}@{machine}", Text(lost, "reason"), StringComparison.Ordinal);
        Assert.Contains(Text(winner.Single, "operationId"), Text(lost, "reason"), StringComparison.Ordinal);
        Assert.Equal(Fleet.Secondary, await fleet.AcmeAsync());

        // Each journal tells its own side, and neither has anything left to do.
        var outcomes = new[] { await left.HistoryAsync(), await right.HistoryAsync() }
            .Select(static history => Assert.Single(history.EnumerateArray())).ToArray();
        Assert.Equal(["Conflict", "Succeeded"], outcomes.Select(static entry => Text(entry, "outcome")).Order(StringComparer.Ordinal));
        Assert.All(outcomes, static entry => Assert.False(entry.GetProperty("resumable").GetBoolean()));
        Assert.Single(fleet.HookRuns, static run => run == "after");
    }

    private static string Text(JsonElement item, string property) => item.GetProperty(property).GetString()!;
}
