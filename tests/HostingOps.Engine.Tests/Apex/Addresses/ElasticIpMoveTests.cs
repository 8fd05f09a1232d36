using Amazon.EC2.Model;
using HostingOps.Engine.Apex.Addresses;
using HostingOps.Sandbox.Api;

namespace HostingOps.Engine.Tests.Apex.Addresses;

public sealed class ElasticIpMoveTests
{
    [Fact]
    public async Task An_address_is_read_with_all_that_hangs_on_it()
    {
        await using var world = await ApexWorld.StartAsync();
        var address = await world.Machine().ElasticIps.GetAsync(null, CancellationToken.None);
        Assert.Equal((ApexWorld.Elastic, "running", "eu-west-1a", "eu-west-1", "eu-west-1"),
            (address.PublicIp, address.InstanceState, address.AvailabilityZone, address.NetworkBorderGroup, address.Region));
        Assert.True(address.IsAssociated);
        Assert.StartsWith("eni-", address.NetworkInterfaceId);
        Assert.Equal("apex-redirector", address.Tags["Name"]);
        Assert.Equal(address, (await world.Machine().ElasticIps.GetAsync(address.AllocationId, CancellationToken.None)) with { Tags = address.Tags });
        Assert.Equal(ErrorIds.ElasticIpNotFound, (await Assert.ThrowsAsync<HostingException>(
            () => world.Machine().ElasticIps.GetAsync("203.0.113.77", CancellationToken.None))).ErrorId);
    }

    [Fact]
    public async Task It_moves_out_of_a_dead_zone_is_proven_by_identity_and_has_its_way_back()
    {
        await using var world = await ApexWorld.StartAsync();
        var (old, fresh) = (await world.HolderAsync(), await world.RunningAsync());
        world.Sandbox.StopZone("eu-west-1a");
        var addresses = world.Machine().ElasticIps;
        var plan = await addresses.PlanMoveAsync(null, fresh, true, CancellationToken.None);
        Assert.True(plan.Allowed, string.Join("; ", plan.Gates));
        Assert.Equal((old, "eu-west-1a", "eu-west-1b"), (plan.From.InstanceId, plan.FromAvailabilityZone, plan.AvailabilityZone));
        Assert.Equal(0, world.Calls("AssociateAddress") - 1);

        var result = await addresses.MoveAsync(plan, world.Options(), CancellationToken.None);
        Assert.Equal((ElasticIpMoveOutcome.Moved, ElasticIpProof.Identity, true), (result.Outcome, result.Proof, result.Changed));
        Assert.Equal((old, plan.From.AssociationId), (result.PreviousInstanceId, result.PreviousAssociationId));
        Assert.NotEqual(result.PreviousAssociationId, result.AssociationId);
        Assert.Equal(fresh, await world.HolderAsync());
        Assert.StartsWith($"Move-ElasticIp -PublicIp {ApexWorld.Elastic} -InstanceId {old}", result.Undo!.Command);

        world.Sandbox.StartZone("eu-west-1a");
        var back = await addresses.MoveAsync(
            await addresses.PlanMoveAsync(result.Undo.PublicIp, result.Undo.InstanceId, true, CancellationToken.None), world.Options(), CancellationToken.None);
        Assert.Equal((ElasticIpMoveOutcome.Moved, ElasticIpProof.Identity), (back.Outcome, back.Proof));
        Assert.Equal(old, await world.HolderAsync());
    }

    [Fact]
    public async Task Where_it_already_is_nothing_changes_and_the_result_says_so()
    {
        await using var world = await ApexWorld.StartAsync();
        var addresses = world.Machine().ElasticIps;
        var plan = await addresses.PlanMoveAsync(null, (await world.HolderAsync())!, true, CancellationToken.None);
        Assert.True(plan.ChangesNothing);
        var result = await addresses.MoveAsync(plan, world.Options(), CancellationToken.None);
        Assert.Equal((ElasticIpMoveOutcome.AlreadyThere, false, 0), (result.Outcome, result.Changed, world.Calls("AssociateAddress")));
        Assert.Null(result.OperationId);
        Assert.Contains("already", result.Reason);
    }

    [Fact]
    public async Task Each_condition_refuses_with_its_reason_and_nothing_is_sent()
    {
        await using var world = await ApexWorld.StartAsync(timings => timings with { InstanceTransition = TimeSpan.FromMilliseconds(800) });
        var pending = (await world.Launcher.LaunchAsync(world.Launch(), CancellationToken.None)).InstanceId!;
        await RefusedAsync(world, pending, ElasticIpGateName.InstanceRunning, "pending");

        var two = (await world.EC2.RunInstancesAsync(new RunInstancesRequest("ami-0a000000000000003", 1, 1)
        {
            InstanceType = "t3.micro",
            NetworkInterfaces = [new() { DeviceIndex = 0 }, new() { DeviceIndex = 1 }],
        })).Reservation!.Instances![0].InstanceId!;
        await world.Launcher.WaitUntilRunningAsync(two, TimeSpan.FromSeconds(60), CancellationToken.None);
        await RefusedAsync(world, two, ElasticIpGateName.OneInterface, "2 network interfaces (eni-");

        var fresh = await world.RunningAsync();
        await RefusedAsync(world, fresh, ElasticIpGateName.Reassociation, "-AllowReassociation is off", allow: false);
        world.Sandbox.Faults.FailNext("AssociateAddress", SandboxApiFault.AccessDenied);
        await RefusedAsync(world, fresh, ElasticIpGateName.Permitted, "ec2:AssociateAddress");
        Assert.Equal("eu-west-1a", (await world.Machine().ElasticIps.GetAsync(null, CancellationToken.None)).AvailabilityZone);
    }

    [Fact]
    public async Task An_address_that_the_instance_would_lose_and_one_of_another_group_are_refused()
    {
        await using var world = await ApexWorld.StartAsync();
        var fresh = await world.RunningAsync();
        var other = await AllocateAsync(world);
        await world.EC2.AssociateAddressAsync(new AssociateAddressRequest { AllocationId = other, InstanceId = fresh });
        await Task.Delay(100);
        await RefusedAsync(world, fresh, ElasticIpGateName.NoOtherAddress, "which it would lose");

        var local = await AllocateAsync(world, ("NetworkBorderGroup", "eu-west-1-lon-1"));
        await RefusedAsync(world, fresh, ElasticIpGateName.SameBorderGroup, "eu-west-1-lon-1", address: local);
    }

    [Fact]
    public async Task A_move_by_somebody_else_after_the_plan_is_a_conflict_and_stays()
    {
        await using var world = await ApexWorld.StartAsync();
        var (ours, theirs) = (await world.RunningAsync(), await world.RunningAsync("c"));
        var addresses = world.Machine().ElasticIps;
        var plan = await addresses.PlanMoveAsync(null, ours, true, CancellationToken.None);
        await world.EC2.AssociateAddressAsync(new AssociateAddressRequest(theirs, ApexWorld.Elastic));
        await Task.Delay(100);
        var writes = world.Calls("AssociateAddress");

        var result = await addresses.MoveAsync(plan, world.Options(), CancellationToken.None);
        Assert.Equal((ElasticIpMoveOutcome.Conflict, ErrorIds.ElasticIpConflict, false), (result.Outcome, result.ErrorId, result.Changed));
        Assert.Contains(theirs, result.Reason);
        Assert.Equal((writes, theirs), (world.Calls("AssociateAddress"), await world.HolderAsync()));
    }

    [Fact]
    public async Task An_address_planned_as_free_is_never_taken_from_somebody_even_when_the_listing_lags()
    {
        var slow = await ApexWorld.StartAsync(timings => timings with { AddressVisible = TimeSpan.FromSeconds(3) });
        await using var _ = slow;
        var (ours, theirs) = (await slow.RunningAsync(), await slow.RunningAsync("c"));
        var addresses = slow.Machine().ElasticIps;
        var seen = await addresses.GetAsync(null, CancellationToken.None);
        await slow.EC2.DisassociateAddressAsync(new DisassociateAddressRequest { AssociationId = seen.AssociationId });
        ElasticIpMovePlan plan;
        do
        {
            await Task.Delay(100);
            plan = await addresses.PlanMoveAsync(null, ours, true, CancellationToken.None);
        }
        while (plan.From.Exists);
        await slow.EC2.AssociateAddressAsync(new AssociateAddressRequest(theirs, ApexWorld.Elastic));

        var result = await addresses.MoveAsync(plan, slow.Options(), CancellationToken.None);
        Assert.Equal((ElasticIpMoveOutcome.Conflict, ErrorIds.ElasticIpConflict), (result.Outcome, result.ErrorId));
        Assert.Contains("did not overwrite", result.Reason);
    }

    [Fact]
    public async Task A_move_that_somebody_else_moves_on_is_not_proven()
    {
        await using var world = await ApexWorld.StartAsync();
        var (ours, theirs) = (await world.RunningAsync(), await world.RunningAsync("c"));
        var former = await world.Machine().ElasticIps.GetAsync(null, CancellationToken.None);
        await world.EC2.AssociateAddressAsync(new AssociateAddressRequest(theirs, ApexWorld.Elastic));
        var prover = new ElasticIpProver(new ElasticIpReader(world.EC2, "eu-west-1", null), SilentReporter.Instance, TimeProvider.System);
        var proof = await prover.ProveAsync(former.AllocationId, ApexWorld.Elastic, ours, former.AssociationId, world.Options(), CancellationToken.None);
        Assert.Equal((ElasticIpProof.None, true, true), (proof.Proof, proof.MovedOn, proof.Failed));
        Assert.Contains(theirs, proof.Seen);
    }

    internal static async Task<string> AllocateAsync(ApexWorld world, params (string Name, string Value)[] parameters)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var request = new HttpRequestMessage(HttpMethod.Post, world.Sandbox.EndpointUrl + "/");
        request.Headers.TryAddWithoutValidation("X-Amz-Date", "20260301T120000Z");
        request.Headers.TryAddWithoutValidation(
            "Authorization",
            $"AWS4-HMAC-SHA256 Credential=x/20260301/eu-west-1/ec2/aws4_request, SignedHeaders=host;x-amz-date, Signature={new string('0', 64)}");
        request.Content = new FormUrlEncodedContent(
            [new("Action", "AllocateAddress"), new("Version", "2016-11-15"), .. parameters.Select(static pair => KeyValuePair.Create(pair.Name, pair.Value))]);
        using var response = await client.SendAsync(request);
        var body = System.Xml.Linq.XElement.Parse(await response.Content.ReadAsStringAsync());
        return body.Elements().Single(static element => element.Name.LocalName == "allocationId").Value;
    }

    private static async Task RefusedAsync(
        ApexWorld world, string instanceId, ElasticIpGateName name, string reason, bool allow = true, string? address = null)
    {
        var addresses = world.Machine().ElasticIps;
        var plan = await addresses.PlanMoveAsync(address, instanceId, allow, CancellationToken.None);
        var gate = plan.Gates.Single(gate => gate.Name == name);
        Assert.Equal(GateOutcome.Refused, gate.Outcome);
        Assert.Contains(reason, gate.Reason);
        var writes = world.Calls("AssociateAddress");
        var result = await addresses.MoveAsync(plan, world.Options(), CancellationToken.None);
        Assert.Equal((ElasticIpMoveOutcome.Refused, ErrorIds.ElasticIpMoveRefused, false), (result.Outcome, result.ErrorId, result.Changed));
        Assert.Contains(reason, result.Reason);
        Assert.Equal(writes, world.Calls("AssociateAddress"));
    }
}
