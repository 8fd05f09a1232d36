using HostingOps.Sandbox.Api;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.Apex.Recovery;

/// <summary>What refuses a recovery.</summary>
public sealed class ApexRecoveryGateTests
{
    [Theory]
    [InlineData("RunInstances", ApexRecoveryGateName.LaunchPermitted)]
    [InlineData("AssociateAddress", ApexRecoveryGateName.MovePermitted)]
    [InlineData("TerminateInstances", ApexRecoveryGateName.TerminatePermitted)]
    public async Task A_permission_that_is_missing(string action, ApexRecoveryGateName gate)
    {
        await using var world = await Recoveries.StartAsync();
        world.Sandbox.Faults.FailNext(action, SandboxApiFault.AccessDenied);
        await RefusedAsync(world, gate, GateOutcome.Refused, "ec2:" + action, planned: true);
    }

    [Fact]
    public async Task Settings_images_zones_and_paths_that_do_not_do()
    {
        await using var world = await Recoveries.StartAsync();
        await RefusedAsync(world, ApexRecoveryGateName.ImageFound, GateOutcome.Refused, "ami-0123", change: static apex => With(apex, static one => one with { Image = "ami-0123" }));
        await RefusedAsync(world, ApexRecoveryGateName.ZoneHealthy, GateOutcome.Refused, "subnet-0dead is not there", change: static apex => With(apex, static one => one with { Subnets = ["subnet-0dead"] }));
        await RefusedAsync(world, ApexRecoveryGateName.SettingsComplete, GateOutcome.Refused, "sg-...", change: static apex => With(apex, static one => one with { Subnets = ["subnet-0dead"] }));
        await RefusedAsync(world, ApexRecoveryGateName.SettingsComplete, GateOutcome.Refused, "/srv/x.conf", change: static apex => apex with { ConfigPath = "/srv/x.conf" });
        await RefusedAsync(world, ApexRecoveryGateName.LaunchPermitted, GateOutcome.Refused, "nobody", change: static apex => With(apex, static one => one with { KeyName = "nobody" }));
        await RefusedAsync(world, ApexRecoveryGateName.ZoneHealthy, GateOutcome.Refused, "mars", planned: true, zone: "mars-1a");
        Assert.Single(await world.InstancesAsync());
    }

    [Fact]
    public async Task What_the_inventory_leaves_out_is_taken_from_the_former_redirector()
    {
        await using var world = await ApexWorld.StartAsync();
        var plan = await world.Machine().PlanApexRecoveryAsync(world.Ways(planned: true), CancellationToken.None);
        Assert.True(plan.Allowed, string.Join("\n", plan.Gates));
        Assert.Equal(("t3.micro", "default"), (plan.InstanceType, Assert.Single(plan.SecurityGroups)));
        Assert.Contains(plan.OldInstanceId!, plan.Gate(ApexRecoveryGateName.SettingsComplete).Reason);
        Assert.Equal(ApexRecoveryOutcome.Restored, (await world.Machine().RestoreApexAsync(plan, world.Ways(planned: true), CancellationToken.None)).Outcome);
    }

    [Fact]
    public async Task A_machine_that_sees_nothing_at_all_believes_itself_not()
    {
        await using var world = await Recoveries.StartAsync();
        world.Sandbox.StopZone("eu-west-1a");
        var blind = world.Machine(static inventory => inventory with { Policy = inventory.Policy with { ObserverChecks = ["http://127.0.0.1:9/"] } });
        var plan = await blind.PlanApexRecoveryAsync(world.InSilence(), CancellationToken.None);
        Assert.Equal(GateOutcome.Refused, plan.Gate(ApexRecoveryGateName.ObserverSane).Outcome);
        Assert.False(plan.Allowed);
    }

    [Fact]
    public async Task A_rehearsal_without_routes_never_asks_the_real_address()
    {
        await using var world = await Recoveries.StartAsync();
        var lost = world.Machine(static inventory => inventory with { Apex = inventory.Apex! with { ConnectTo = new Dictionary<string, string>() } });
        var plan = await lost.PlanApexRecoveryAsync(world.Ways(), CancellationToken.None);
        Assert.Equal(GateOutcome.Unknown, plan.Gate(ApexRecoveryGateName.RedirectorDown).Outcome);
        Assert.Contains("-ConnectTo", plan.Gate(ApexRecoveryGateName.RedirectorDown).Reason);
    }

    [Fact]
    public async Task A_configuration_that_is_too_large_for_user_data_and_cannot_be_published()
    {
        await using var world = await Recoveries.StartAsync();
        var plan = await world.Machine(static inventory => inventory.With(3000)).PlanApexRecoveryAsync(world.Ways(planned: true), CancellationToken.None);
        Assert.Equal((ApexConfigDelivery.Ssh, GateOutcome.Refused), (plan.Delivery, plan.Gate(ApexRecoveryGateName.ConfigurationTravels).Outcome));
        Assert.Contains("over 16 KiB", plan.Gate(ApexRecoveryGateName.ConfigurationTravels).Reason);
        Assert.Contains("no instance has ssh, by which it could be published after the boot; a sandbox has it where nginx, sshd and ssh-keygen are installed", plan.Gate(ApexRecoveryGateName.ConfigurationTravels).Reason);
        Assert.InRange(plan.UserDataSize, 1, 2048);
    }

    [SkippableTheory]
    [InlineData("ssh", false, "apex.instance.keyName is missing")]
    [InlineData("no-such-ssh", true, "no ssh on PATH")]
    [InlineData("ssh", true, "ec2:GetConsoleOutput")]
    [InlineData("ssh", true, "'/nonexistent/ops.pem'")]
    public async Task What_is_missing_to_publish_a_large_configuration_is_named(string program, bool hasKey, string reason)
    {
        Skip.If(hasKey && program == "ssh" && RealPart.Find("ssh") is null, "'ssh' is not on PATH.");
        await using var world = await Recoveries.StartAsync(settings => settings with { KeyName = hasKey ? "ops" : null });
        world.Sandbox.Faults.FailNext("GetConsoleOutput", SandboxApiFault.AccessDenied);
        var options = world.Ways(planned: true) with
        {
            SshProgram = program,
            IdentityFile = reason.Contains("ops.pem", StringComparison.Ordinal) ? "/nonexistent/ops.pem" : null,
            ConnectTo = new Dictionary<string, string>(world.Sandbox.ConnectTo) { ["198.18.0.9:22"] = "127.0.0.1:9" },
        };
        var machine = world.Machine(static inventory => inventory.With(3000));
        var plan = await machine.PlanApexRecoveryAsync(options, CancellationToken.None);
        Assert.Equal(GateOutcome.Refused, plan.Gate(ApexRecoveryGateName.ConfigurationTravels).Outcome);
        Assert.Contains(reason, plan.Gate(ApexRecoveryGateName.ConfigurationTravels).Reason);
        Assert.Equal(ApexRecoveryOutcome.Refused, (await machine.RestoreApexAsync(plan, options, CancellationToken.None)).Outcome);
        Assert.Single(await world.InstancesAsync());
    }

    [Fact]
    public async Task A_configuration_that_cannot_be_made()
    {
        await using var world = await Recoveries.StartAsync();
        var machine = world.Machine(static inventory => inventory with { Sites = [.. inventory.Sites, inventory.Sites[0] with { Name = "twin" }] });
        var plan = await machine.PlanApexRecoveryAsync(world.Ways(planned: true), CancellationToken.None);
        Assert.Equal(GateOutcome.Refused, plan.Gate(ApexRecoveryGateName.ConfigurationValid).Outcome);
        Assert.Contains("twin", plan.Gate(ApexRecoveryGateName.ConfigurationValid).Reason);
        Assert.False(plan.Allowed);
        Assert.Equal(ApexRecoveryOutcome.Refused, (await machine.RestoreApexAsync(plan, world.Ways(planned: true), CancellationToken.None)).Outcome);
        Assert.Single(await world.InstancesAsync());
    }

    private static ApexSettings With(ApexSettings apex, Func<ApexInstanceSettings, ApexInstanceSettings> change) => apex with { Instance = change(apex.Instance) };

    private static async Task RefusedAsync(
        ApexWorld world, ApexRecoveryGateName gate, GateOutcome outcome, string reason, bool planned = true, Func<ApexSettings, ApexSettings>? change = null, string? zone = null)
    {
        var machine = world.Machine(inventory => inventory with { Apex = change?.Invoke(inventory.Apex!) ?? inventory.Apex });
        var options = world.Ways(planned, terminateOld: true) with { AvailabilityZone = zone };
        var plan = await machine.PlanApexRecoveryAsync(options, CancellationToken.None);
        Assert.True(plan.Gate(gate).Outcome == outcome, string.Join("\n", plan.Gates));
        Assert.Contains(reason, plan.Gate(gate).Reason);
        Assert.False(plan.Allowed);
        Assert.Equal(ApexRecoveryOutcome.Refused, (await machine.RestoreApexAsync(plan, options, CancellationToken.None)).Outcome);
    }
}
