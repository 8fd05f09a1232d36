using System.Text.Json;
using HostingOps.EndToEnd.Tests.World;

namespace HostingOps.EndToEnd.Tests.BadInput;

/// <summary>Hooks that fail or hang: what must not go on without them does not.</summary>
public sealed class HookTests
{
    [SkippableFact]
    public async Task A_promotion_that_fails_keeps_the_record_where_it_is()
    {
        await using var scene = await Scene.StartAsync(hookTimeout: "120s");
        scene.Fleet.WriteHook("promote", "echo the disk is full >&2; exit 3");

        var run = (await scene.FailoverAsync()).Ended(1);

        Assert.Equal(("Failed", "HookFailed"), (Text(run.Single, "outcome"), Text(run.Single, "errorId")));
        Assert.Contains("exit code 3", Text(run.Single, "reason"), StringComparison.Ordinal);
        Assert.Contains("the disk is full", Text(run.Single, "reason"), StringComparison.Ordinal);
        await EndedBeforeTheSwitchAsync(scene, run, "fence", "promote");
    }

    [SkippableFact]
    public async Task A_promotion_that_hangs_is_killed_and_keeps_the_record_where_it_is()
    {
        await using var scene = await Scene.StartAsync(hookTimeout: "1s");
        scene.Fleet.WriteHook("fence", "true");
        scene.Fleet.WriteHook("promote", "sleep 600");

        var run = (await scene.FailoverAsync()).Ended(1);

        Assert.Equal(("Failed", "HookTimedOut"), (Text(run.Single, "outcome"), Text(run.Single, "errorId")));
        Assert.Contains("within 1 s", Text(run.Single, "reason"), StringComparison.Ordinal);
        Assert.Equal("promote", scene.Fleet.HookRuns[^1]);
        await EndedBeforeTheSwitchAsync(scene, run, [.. scene.Fleet.HookRuns]);
    }

    [SkippableFact]
    public async Task A_fence_that_fails_stops_a_planned_switch_for_the_old_host_still_serves()
    {
        await using var scene = await Scene.StartAsync(hookTimeout: "120s", hostDies: false);
        scene.Fleet.WriteHook("fence", "exit 1");

        var run = (await scene.FailoverAsync("--planned")).Ended(1);

        Assert.Equal(("Failed", "HookFailed"), (Text(run.Single, "outcome"), Text(run.Single, "errorId")));
        await EndedBeforeTheSwitchAsync(scene, run, "fence");
    }

    [SkippableFact]
    public async Task A_hook_after_the_switch_that_fails_takes_nothing_back_and_says_so()
    {
        await using var scene = await Scene.StartAsync(hookTimeout: "120s");
        scene.Fleet.WriteHook("after", "exit 1");

        var run = (await scene.FailoverAsync()).Ended(6);

        Assert.Equal(("SwitchedWithWarnings", "HookFailed"), (Text(run.Single, "outcome"), Text(run.Single, "errorId")));
        Assert.Equal(Fleet.Secondary, await scene.Fleet.AcmeAsync());
        var entry = await scene.EntryAsync();
        Assert.Equal(("SwitchedWithWarnings", false), (entry.Outcome, entry.Resumable));
    }

    private static async Task EndedBeforeTheSwitchAsync(Scene scene, ProgramRun run, params string[] hooksRun)
    {
        Assert.Equal(hooksRun, scene.Fleet.HookRuns);
        Assert.DoesNotContain("ChangeResourceRecordSets", scene.Fleet.Sandbox.ApiCalls.Keys);
        await scene.WorldIsAsItWasAsync();
        var entry = await scene.EntryAsync();
        Assert.Equal(("Failed", false, Text(run.Single, "reason")), (entry.Outcome, entry.Resumable, entry.Reason));
    }

    private static string Text(JsonElement item, string property) => item.GetProperty(property).GetString()!;
}
