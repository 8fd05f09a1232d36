using System.Text.Json;
using HostingOps.EndToEnd.Tests.World;

namespace HostingOps.EndToEnd.Tests.BadInput;

/// <summary>The state database can't be written or read: no failover begins without a journal, and one that loses it stops.</summary>
public sealed class StateTests
{
    [SkippableFact]
    public async Task On_a_full_disk_nothing_is_begun()
    {
        using var disk = await SmallDisk.MountAsync();
        await using var scene = await Scene.StartAsync();
        scene.Desk.StatePath = disk.StatePath;
        await disk.FillAsync();

        var run = (await scene.FailoverAsync()).Ended(1);

        Assert.Equal("StateUnavailable", run.ErrorId);
        Assert.Contains(disk.StatePath, run.ErrorMessage, StringComparison.Ordinal);
        disk.Free();
        await scene.NothingWasBegunAsync();
        (await scene.FailoverAsync()).Ended(0);
    }

    [SkippableFact]
    public async Task A_disk_that_fills_up_in_a_hook_stops_it_before_the_switch_and_resume_goes_on_from_there()
    {
        using var disk = await SmallDisk.MountAsync();
        await using var scene = await Scene.StartAsync(hookTimeout: "120s");
        scene.Desk.StatePath = disk.StatePath;
        scene.Fleet.WriteHook("promote", disk.FillingShellLine);

        var run = (await scene.FailoverAsync()).Ended(1);

        Assert.Equal("StateUnavailable", run.ErrorId);
        Assert.DoesNotContain("ChangeResourceRecordSets", scene.Fleet.Sandbox.ApiCalls.Keys);
        Assert.Equal(Fleet.Primary, await scene.Fleet.AcmeAsync());
        disk.Free();
        scene.Fleet.WriteHook("promote", "true");
        await IsCutOffAtAsync(scene, "Promote");
        Assert.Equal("Succeeded", Text((await scene.Desk.AgentAsync("resume", "--json")).Ended(0).Single, "outcome"));
        Assert.Equal(["fence", "promote", "promote", "after"], scene.Fleet.HookRuns);
        Assert.Equal(Fleet.Secondary, await scene.Fleet.AcmeAsync());
    }

    [SkippableFact]
    public async Task A_disk_that_fills_up_during_the_switch_leaves_it_resumable_and_it_is_not_made_twice()
    {
        using var disk = await SmallDisk.MountAsync();
        await using var scene = await Scene.StartAsync();
        await using var network = new GatedEndpoint(scene.Fleet.Sandbox.EndpointUrl);
        scene.Desk.StatePath = disk.StatePath;
        var answer = network.HoldNext("ChangeResourceRecordSets", answer: true);

        using var agent = scene.Desk.StartAgent("failover", "acme", "--yes", "--json", "--endpoint-url", network.Url);
        await agent.UntilAsync(() => answer.IsHere);
        await disk.FillAsync();
        await answer.ReleaseAsync();
        var run = (await agent.EndAsync()).Ended(6);

        Assert.Equal("StateUnavailable", run.ErrorId);
        Assert.Contains("hostingops resume", run.ErrorJson.GetProperty("recommendedAction").GetString(), StringComparison.Ordinal);
        Assert.Equal(Fleet.Secondary, await scene.Fleet.AcmeAsync());
        var still = (await scene.Desk.AgentAsync("resume", "--json", "--endpoint-url", network.Url)).Ended(6);
        Assert.Equal("StateUnavailable", still.ErrorId);
        disk.Free();
        await IsCutOffAtAsync(scene, "Switch");
        Assert.Equal("Succeeded", Text((await scene.Desk.AgentAsync("resume", "--json", "--endpoint-url", network.Url)).Ended(0).Single, "outcome"));
        Assert.Equal(1, network.AcceptedChanges);
    }

    [Fact]
    public async Task A_file_that_is_no_state_database_is_left_as_it_is_and_nothing_is_begun()
    {
        await using var scene = await Scene.StartAsync();
        var state = scene.Desk.Home.Write("state.db", string.Concat(Enumerable.Repeat("not a database. ", 512)));
        var bytes = await File.ReadAllBytesAsync(state);

        var run = (await scene.FailoverAsync()).Ended(1);

        Assert.Equal("StateCorrupt", run.ErrorId);
        Assert.Contains(state, run.ErrorMessage, StringComparison.Ordinal);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(state));
        File.Delete(state);
        await scene.NothingWasBegunAsync();
    }

    [Fact]
    public async Task A_state_database_that_the_disk_has_damaged_stops_a_failover_before_it_begins()
    {
        await using var scene = await Scene.StartAsync();
        (await scene.FailoverAsync()).Ended(0);
        var moved = await scene.Fleet.ZoneAsync();
        scene.Fleet.Sandbox.StartHost("do-1");
        var state = scene.Desk.Home.Combine("state.db");
        var bytes = await File.ReadAllBytesAsync(state);
        Array.Fill(bytes, (byte)0xff, 4096, bytes.Length - 4096);
        await File.WriteAllBytesAsync(state, bytes);

        var undo = (await scene.Desk.AgentAsync("undo", "--site", "acme", "--yes", "--json")).Ended(1);
        var failover = (await scene.FailoverAsync("--planned", "--override", "Cooldown", "--reason", "a test")).Ended(1);

        Assert.Equal(("StateCorrupt", "StateCorrupt"), (undo.ErrorId, failover.ErrorId));
        Assert.Equal(bytes, await File.ReadAllBytesAsync(state));
        Assert.Equal(moved, await scene.Fleet.ZoneAsync());
    }

    private static async Task IsCutOffAtAsync(Scene scene, string step)
    {
        var entry = await scene.EntryAsync();
        Assert.Equal(("InProgress", step, true), (entry.Outcome, entry.LastStep, entry.Resumable));
    }

    private static string Text(JsonElement item, string property) => item.GetProperty(property).GetString()!;
}
