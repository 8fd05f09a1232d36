using Amazon.EC2.Model;
using HostingOps.Engine.State;
using HostingOps.Engine.WebServers;

namespace HostingOps.Engine.Tests.Apex.Recovery;

public sealed class ApexRecoveryTests
{
    [Fact]
    public async Task A_redirector_whose_zone_failed_is_replaced_elsewhere_and_every_redirect_is_proven()
    {
        await using var world = await Recoveries.StartAsync();
        var old = await world.HolderAsync();
        world.Sandbox.StopZone("eu-west-1a");
        var machine = world.Machine();
        var plan = await machine.PlanApexRecoveryAsync(world.InSilence() with { Interval = TimeSpan.Zero }, CancellationToken.None);
        Assert.True(plan.Allowed, string.Join("\n", plan.Gates));
        Assert.Equal((old, "running", "eu-west-1a", "eu-west-1b"), (plan.OldInstanceId, plan.OldInstanceState, plan.OldAvailabilityZone, plan.AvailabilityZone));
        Assert.Equal(["eu-west-1b", "eu-west-1c"], plan.Places.Select(static place => place.AvailabilityZone));
        Assert.Equal(("debian-13-amd64-20260201-0002", "t3.micro", "ops", 3, ApexConfigDelivery.UserData), (plan.ImageName, plan.InstanceType, plan.KeyName, plan.RedirectCount, plan.Delivery));
        Assert.InRange(plan.UserDataSize, 100, 16384);
        Assert.Equal(6, plan.Steps.Count);
        Assert.Single(await world.InstancesAsync());

        var result = await machine.RestoreApexAsync(plan, world.Ways(), CancellationToken.None);
        Assert.True(result.Outcome == ApexRecoveryOutcome.Restored, result.Reason);
        Assert.Equal((3, 3, true, false, false), (result.RedirectsProven, result.RedirectCount, result.Moved, result.OldTerminated, result.Resumable));
        Assert.Equal(result.NewInstanceId, await world.HolderAsync());
        Assert.Equal(("eu-west-1b", old), (result.AvailabilityZone, result.Undo!.InstanceId));
        Assert.StartsWith("198.18.", result.NewPublicIp);
        Assert.Equal(["Launch", "Boot", "Test", "Move", "Verify"], result.Timeline.Select(static entry => entry.Step).Distinct());

        var instances = await world.InstancesAsync();
        Assert.Equal(2, instances.Count);
        var fresh = Assert.Single(instances, instance => instance.InstanceId == result.NewInstanceId);
        var tags = fresh.Tags!.ToDictionary(static tag => tag.Key!, static tag => tag.Value);
        Assert.Equal(
            ("apex-redirector", ApexWorld.Elastic, result.OperationId, plan.ConfigChecksum),
            (tags["Name"], tags["hostingops:apex"], tags["hostingops:operation"], tags["hostingops:config"]));
        Assert.Equal(result.NewInstanceId, (await machine.ElasticIps.GetAsync(null, CancellationToken.None)).Tags["hostingops:redirector"]);
        var journal = world.JournalOf("here", out var database);
        using var _ = database;
        Assert.Empty(journal.Open(plan.AllocationId));
        Assert.Equal(
            [ApexStep.Plan, ApexStep.Launch, ApexStep.Boot, ApexStep.Test, ApexStep.Move, ApexStep.Verify, ApexStep.Finish],
            journal.Entries(result.OperationId!).Select(static entry => entry.Step).Distinct());
    }

    [Fact]
    public async Task One_that_answers_is_left_alone_unless_its_replacement_is_planned()
    {
        await using var world = await Recoveries.StartAsync();
        var old = await world.HolderAsync();
        var machine = world.Machine();
        var refused = await machine.PlanApexRecoveryAsync(world.Ways(), CancellationToken.None);
        Assert.Equal(GateOutcome.Refused, refused.Gate(ApexRecoveryGateName.RedirectorDown).Outcome);
        var nothing = await machine.RestoreApexAsync(refused, world.Ways(), CancellationToken.None);
        Assert.Equal((ApexRecoveryOutcome.Refused, ErrorIds.ApexRecoveryRefused, (string?)null), (nothing.Outcome, nothing.ErrorId, nothing.NewInstanceId));
        Assert.Contains("-Planned", nothing.Reason);
        Assert.Single(await world.InstancesAsync());

        var result = await world.RestoreAsync(world.Ways(planned: true, terminateOld: true));
        Assert.Equal((ApexRecoveryOutcome.Restored, true, (ElasticIpUndo?)null), (result.Outcome, result.OldTerminated, result.Undo));
        Assert.Equal(result.NewInstanceId, Assert.Single(await world.InstancesAsync(Recoveries.Living)).InstanceId);
        var gone = Assert.Single(await world.InstancesAsync(), instance => instance.InstanceId == old);
        Assert.Contains(gone.Tags!, tag => tag.Key == "hostingops:replaced-by" && tag.Value == result.NewInstanceId);
    }

    [Fact]
    public async Task One_that_came_back_before_the_confirmation_is_left_alone()
    {
        await using var world = await Recoveries.StartAsync();
        world.Sandbox.StopZone("eu-west-1a");
        var machine = world.Machine();
        var plan = await machine.PlanApexRecoveryAsync(world.InSilence(), CancellationToken.None);
        world.Sandbox.StartZone("eu-west-1a");
        var result = await machine.RestoreApexAsync(plan, world.Ways(), CancellationToken.None);
        Assert.Equal(ApexRecoveryOutcome.Refused, result.Outcome);
        Assert.Contains("answers again", result.Reason);
        Assert.Single(await world.InstancesAsync());
    }

    [Fact]
    public async Task Where_there_is_no_capacity_the_next_subnet_is_taken()
    {
        await using var world = await Recoveries.StartAsync(static settings => settings with
        {
            SecurityGroup = "sg-web",
            Subnets = ["subnet-0" + new string('a', 16), "subnet-0" + new string('b', 16), "subnet-0" + new string('c', 16)],
        });
        world.Sandbox.StopZone("eu-west-1a");
        var machine = world.Machine();
        var plan = await machine.PlanApexRecoveryAsync(world.InSilence(), CancellationToken.None);
        Assert.Equal(["eu-west-1b", "eu-west-1c"], plan.Places.Select(static place => place.AvailabilityZone));
        world.Sandbox.StopZone("eu-west-1b");
        var result = await machine.RestoreApexAsync(plan, world.Ways(), CancellationToken.None);
        Assert.Equal((ApexRecoveryOutcome.Restored, "eu-west-1c"), (result.Outcome, result.AvailabilityZone));
        Assert.Contains(result.Warnings, static warning => warning.Contains("eu-west-1b", StringComparison.Ordinal));

        world.Sandbox.StopZone("eu-west-1c");
        var none = await machine.PlanApexRecoveryAsync(world.InSilence(), CancellationToken.None);
        Assert.Equal(GateOutcome.Refused, none.Gate(ApexRecoveryGateName.ZoneHealthy).Outcome);
    }

    [Fact]
    public async Task A_capacity_that_is_nowhere_launches_nothing()
    {
        await using var world = await Recoveries.StartAsync();
        world.Sandbox.StopZone("eu-west-1a");
        var machine = world.Machine();
        var plan = await machine.PlanApexRecoveryAsync(world.InSilence(), CancellationToken.None);
        world.Sandbox.StopZone("eu-west-1b");
        world.Sandbox.StopZone("eu-west-1c");
        var before = world.Calls("RunInstances");
        var result = await machine.RestoreApexAsync(plan, world.Ways(), CancellationToken.None);
        Assert.Equal((ApexRecoveryOutcome.Failed, ErrorIds.InsufficientCapacity, false), (result.Outcome, result.ErrorId, result.Resumable));
        Assert.Equal(before + plan.Places.Count, world.Calls("RunInstances"));
        Assert.Single(await world.InstancesAsync());
    }

    [Fact]
    public async Task One_that_never_serves_is_left_running_named_and_given_no_address()
    {
        await using var world = await Recoveries.StartAsync(shape: static timings => timings with { InstanceBoot = TimeSpan.FromHours(1) });
        var old = await world.HolderAsync();
        world.Sandbox.StopZone("eu-west-1a");
        var machine = world.Machine();
        var options = world.Ways() with { ServeTimeout = TimeSpan.FromMilliseconds(200) };
        var result = await world.RestoreAsync(options, machine);
        Assert.Equal((ApexRecoveryOutcome.NotMoved, ErrorIds.RedirectorNotServing, false, true), (result.Outcome, result.ErrorId, result.Moved, result.Resumable));
        Assert.Contains(result.NewInstanceId!, result.Reason);
        Assert.Contains("terminate-instances", result.Reason);
        Assert.Equal(old, await world.HolderAsync());

        var second = await machine.PlanApexRecoveryAsync(world.InSilence(), CancellationToken.None);
        Assert.Equal(GateOutcome.Refused, second.Gate(ApexRecoveryGateName.NothingOpen).Outcome);
        Assert.Contains(result.NewInstanceId!, second.Gate(ApexRecoveryGateName.NothingOpen).Reason);
        Assert.Equal(ApexRecoveryOutcome.NotMoved, (await machine.ResumeApexRecoveryAsync(result.OperationId, options, CancellationToken.None)).Outcome);
        Assert.Equal(2, (await world.InstancesAsync()).Count);

        await world.Launcher.TerminateAsync(result.NewInstanceId!, CancellationToken.None);
        Assert.Equal(GateOutcome.Passed, (await machine.PlanApexRecoveryAsync(world.InSilence(), CancellationToken.None)).Gate(ApexRecoveryGateName.NothingOpen).Outcome);
    }

    [Fact]
    public async Task Wrong_redirects_on_the_new_instance_keep_the_address_where_it_is()
    {
        // The sandbox's redirector answers 301.
        await using var world = await Recoveries.StartAsync(apex: static apex => apex with { Redirect = apex.Redirect with { Status = 308 } });
        var old = await world.HolderAsync();
        world.Sandbox.StopZone("eu-west-1a");
        var result = await world.RestoreAsync(world.Ways());
        Assert.Equal((ApexRecoveryOutcome.NotMoved, ErrorIds.RedirectsNotProven, 0), (result.Outcome, result.ErrorId, result.RedirectsProven));
        Assert.Contains("3 of 3", result.Reason);
        Assert.Equal(old, await world.HolderAsync());
    }

    [Fact]
    public async Task Who_moved_the_address_meanwhile_wins()
    {
        await using var world = await Recoveries.StartAsync(shape: static timings => timings with { InstanceBoot = TimeSpan.FromSeconds(2) });
        var other = await world.RunningAsync("c");
        world.Sandbox.StopZone("eu-west-1a");
        var machine = world.Machine();
        var plan = await machine.PlanApexRecoveryAsync(world.InSilence(), CancellationToken.None);
        var restoring = machine.RestoreApexAsync(plan, world.Ways(), CancellationToken.None);
        while ((await world.InstancesAsync()).Count < 3)
        {
            await Task.Delay(20);
        }

        var busy = await Assert.ThrowsAsync<HostingException>(() => world.Machine().RestoreApexAsync(plan, world.Ways(), CancellationToken.None));
        Assert.Equal(ErrorIds.ElasticIpBusy, busy.ErrorId);
        await world.EC2.AssociateAddressAsync(new AssociateAddressRequest { AllocationId = plan.AllocationId, InstanceId = other });
        var result = await restoring;
        Assert.Equal((ApexRecoveryOutcome.Conflict, ErrorIds.ElasticIpConflict, false), (result.Outcome, result.ErrorId, result.Moved));
        Assert.Equal(other, await world.HolderAsync());

        var late = await machine.RestoreApexAsync(plan, world.Ways(), CancellationToken.None);
        Assert.Equal((ApexRecoveryOutcome.Conflict, (string?)null), (late.Outcome, late.NewInstanceId));
        Assert.Equal(3, (await world.InstancesAsync()).Count);
    }
}
