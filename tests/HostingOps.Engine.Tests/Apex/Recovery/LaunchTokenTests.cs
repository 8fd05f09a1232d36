using Amazon.EC2.Model;
using HostingOps.Engine.State;
using HostingOps.Sandbox.Api;

namespace HostingOps.Engine.Tests.Apex.Recovery;

/// <summary>Launches whose outcome was not known: what a resume, or another recovery, makes of them.</summary>
public sealed class LaunchTokenTests
{
    [Fact]
    public async Task A_launch_that_came_to_nothing_is_repeated_within_fifty_minutes_and_not_later()
    {
        await using var world = await Recoveries.StartAsync();
        var late = await CutOffAsync(world);
        var refused = await world.Machine("here", new ShiftedClock(TimeSpan.FromMinutes(51))).ResumeApexRecoveryAsync(late, world.Ways(), CancellationToken.None);
        Assert.Equal((ApexRecoveryOutcome.Failed, ErrorIds.OperationNotResumable, false), (refused.Outcome, refused.ErrorId, refused.Resumable));
        Assert.Contains("too long ago", refused.Reason);
        Assert.Single(await world.InstancesAsync());

        var early = await CutOffAsync(world, "there");
        var resumed = await world.Machine("there", new ShiftedClock(TimeSpan.FromMinutes(49))).ResumeApexRecoveryAsync(early, world.Ways(), CancellationToken.None);
        Assert.True(resumed.Outcome == ApexRecoveryOutcome.Restored, resumed.Reason);
        Assert.Equal(2, (await world.InstancesAsync()).Count);
    }

    [Fact]
    public async Task A_token_that_another_launch_has_is_found_out_and_its_instance_taken_once_it_is_listed()
    {
        await using var world = await Recoveries.StartAsync(shape: static timings => timings with { InstanceVisible = TimeSpan.FromSeconds(3) });
        var operation = await CutOffAsync(world);
        var other = await world.EC2.RunInstancesAsync(new RunInstancesRequest("ami-0a000000000000003", 1, 1)
        {
            InstanceType = "t3.small",
            ClientToken = $"hostingops-{operation}-0",
        });
        var unknown = await world.Machine().ResumeApexRecoveryAsync(operation, world.Ways(), CancellationToken.None);
        Assert.Equal((ApexRecoveryOutcome.Unknown, true, (string?)null), (unknown.Outcome, unknown.Resumable, unknown.NewInstanceId));
        Assert.Contains("never launches a second one", unknown.Reason);

        var id = other.Reservation!.Instances![0].InstanceId!;
        while ((await world.InstancesAsync()).TrueForAll(instance => instance.InstanceId != id))
        {
            await Task.Delay(50);
        }

        var found = await world.Machine().ResumeApexRecoveryAsync(operation, world.Ways() with { ServeTimeout = TimeSpan.FromMilliseconds(100) }, CancellationToken.None);
        Assert.Equal((ApexRecoveryOutcome.NotMoved, id), (found.Outcome, found.NewInstanceId));
        Assert.Equal(2, (await world.InstancesAsync()).Count);
    }

    [Fact]
    public async Task One_whose_instance_is_gone_is_given_up_by_the_next_recovery()
    {
        await using var world = await Recoveries.StartAsync(shape: static timings => timings with { InstanceBoot = TimeSpan.FromHours(1) });
        var options = world.Ways(planned: true) with { ServeTimeout = TimeSpan.FromMilliseconds(50) };
        var first = await world.RestoreAsync(options);
        Assert.True(first.Resumable, first.Reason);
        await world.Launcher.TerminateAsync(first.NewInstanceId!, CancellationToken.None);
        var second = await world.RestoreAsync(options);
        Assert.NotEqual(first.NewInstanceId, second.NewInstanceId);

        var journal = world.JournalOf("here", out var database);
        using var _ = database;
        Assert.Equal(second.OperationId, Assert.Single(journal.Open((await world.EC2.DescribeAddressesAsync()).Addresses![0].AllocationId!)).Id);
        var given = journal.Find(first.OperationId!)!;
        Assert.Equal((nameof(ApexRecoveryOutcome.Failed), ErrorIds.ApexRecoveryRefused), (given.Outcome, given.ErrorId));
        Assert.Contains("another recovery took its place", given.Reason);
        Assert.Equal(
            ErrorIds.OperationNotResumable,
            (await Assert.ThrowsAsync<HostingException>(() => world.Machine().ResumeApexRecoveryAsync(first.OperationId, options, CancellationToken.None))).ErrorId);
    }

    // The launch never reaches EC2, and nobody knows.
    private static async Task<string> CutOffAsync(ApexWorld world, string machine = "here")
    {
        var options = world.Ways(planned: true);
        var workspace = world.Machine(machine);
        var plan = await workspace.PlanApexRecoveryAsync(options, CancellationToken.None);
        Assert.True(plan.Allowed, string.Join("\n", plan.Gates));
        world.Sandbox.Faults.FailNext("RunInstances", SandboxApiFault.ConnectionLostBefore, 100);
        var result = await workspace.RestoreApexAsync(plan, options, CancellationToken.None);
        world.Sandbox.Faults.Clear();
        Assert.Equal((ApexRecoveryOutcome.Unknown, true), (result.Outcome, result.Resumable));
        return result.OperationId!;
    }

    private sealed class ShiftedClock(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
    }
}
