using Amazon.EC2;
using Amazon.EC2.Model;
using HostingOps.Engine.Apex.Instances;
using HostingOps.Engine.Aws;

namespace HostingOps.Engine.Apex.Addresses;

/// <summary>Plans the move of an Elastic IP by reading only, and by a dry run.</summary>
internal sealed class ElasticIpMovePlanner(IAmazonEC2 ec2, ElasticIpReader addresses, TimeProvider time)
{
    private static readonly TimeSpan NewIdPatience = TimeSpan.FromSeconds(20);

    /// <summary>Looks at the address and the instance, and answers every condition.</summary>
    /// <param name="publicIpOrAllocationId">The address, or its id.</param>
    /// <param name="instanceId">The instance that shall have it.</param>
    /// <param name="allowReassociation">Whether the address may be taken from what has it.</param>
    /// <param name="region">The region asked.</param>
    /// <param name="endpointUrl">The endpoint, or null for AWS.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    /// <exception cref="HostingException">ElasticIpNotFound, InstanceNotFound, or an AWS error.</exception>
    public async Task<ElasticIpMovePlan> PlanAsync(
        string publicIpOrAllocationId, string instanceId, bool allowReassociation, string region, string? endpointUrl, CancellationToken cancellationToken)
    {
        var address = await addresses.GetAsync(publicIpOrAllocationId, cancellationToken).ConfigureAwait(false);
        var instance = await new InstanceReader(ec2, time).GetAsync(instanceId, NewIdPatience, cancellationToken).ConfigureAwait(false);
        var plan = new ElasticIpMovePlan
        {
            PublicIp = address.PublicIp,
            AllocationId = address.AllocationId,
            From = address.Association,
            FromAvailabilityZone = address.AvailabilityZone,
            InstanceId = instanceId,
            NetworkInterfaceId = instance.NetworkInterfaces is [{ } only] ? only.NetworkInterfaceId : null,
            AvailabilityZone = instance.Placement?.AvailabilityZone,
            AllowReassociation = allowReassociation,
            Region = region,
            EndpointUrl = endpointUrl,
            PlannedAt = time.GetUtcNow(),
            InventoryPath = address.InventoryPath,
        };
        return plan.ChangesNothing ? plan : plan with
        {
            Gates =
            [
                Running(instance),
                OneInterface(instance),
                await SameBorderGroupAsync(address, plan.AvailabilityZone, cancellationToken).ConfigureAwait(false),
                Reassociation(address, allowReassociation),
                await NoOtherAddressAsync(address, instanceId, cancellationToken).ConfigureAwait(false),
                await PermittedAsync(plan, cancellationToken).ConfigureAwait(false),
            ],
        };
    }

    /// <summary>The call that a plan makes. Only what the plan has seen associated may be taken: a free address is asked for as a free one.</summary>
    public static AssociateAddressRequest Request(ElasticIpMovePlan plan) => new()
    {
        AllocationId = plan.AllocationId,
        InstanceId = plan.InstanceId,
        AllowReassociation = plan.AllowReassociation && plan.From.Exists,
    };

    private static ElasticIpGate Running(Instance instance)
    {
        var state = instance.State?.Name?.Value;
        return Gate(ElasticIpGateName.InstanceRunning, state == "running", $"{instance.InstanceId} is {state ?? "in no known state"}.");
    }

    private static ElasticIpGate OneInterface(Instance instance)
    {
        var interfaces = (instance.NetworkInterfaces ?? []).Select(static one => one.NetworkInterfaceId).ToList();
        return interfaces.Count == 1
            ? Gate(ElasticIpGateName.OneInterface, true, $"{instance.InstanceId} has one network interface, {interfaces[0]}.")
            : Gate(
                ElasticIpGateName.OneInterface,
                false,
                interfaces.Count == 0
                    ? $"{instance.InstanceId} has no network interface."
                    : FormattableString.Invariant($"{instance.InstanceId} has {interfaces.Count} network interfaces ({string.Join(", ", interfaces)}); with its id alone EC2 takes only an instance with one."));
    }

    private async Task<ElasticIpGate> SameBorderGroupAsync(ElasticIp address, string? zoneName, CancellationToken cancellationToken)
    {
        if (zoneName is null || address.NetworkBorderGroup is null)
        {
            return new(ElasticIpGateName.SameBorderGroup, GateOutcome.Unknown, "EC2 does not say which network border group the address, or which zone the instance is in.");
        }

        var answer = await EC2Call.AsAsync(
            "ec2:DescribeAvailabilityZones",
            zoneName,
            () => ec2.DescribeAvailabilityZonesAsync(
                new DescribeAvailabilityZonesRequest { ZoneNames = [zoneName] }, cancellationToken)).ConfigureAwait(false);

        // An endpoint that is not AWS may leave the group out; in AWS a zone without one belongs to its region.
        var zone = answer.AvailabilityZones?.Find(candidate => candidate.ZoneName == zoneName);
        var group = zone?.NetworkBorderGroup ?? zone?.RegionName;
        return Gate(
            ElasticIpGateName.SameBorderGroup,
            group == address.NetworkBorderGroup,
            group == address.NetworkBorderGroup
                ? $"Both are in network border group {group}."
                : $"The address is of network border group {address.NetworkBorderGroup}, {zoneName} of {group ?? "none known"}.");
    }

    private static ElasticIpGate Reassociation(ElasticIp address, bool allowed) => Gate(
        ElasticIpGateName.Reassociation,
        allowed || !address.IsAssociated,
        !address.IsAssociated ? "The address is free."
            : allowed ? $"The address is taken from {address.Association}{(address.InstanceState is { } state ? $" ({state}, {address.AvailabilityZone})" : "")}."
            : $"{address.Association} has the address, and -AllowReassociation is off.");

    private async Task<ElasticIpGate> NoOtherAddressAsync(ElasticIp address, string instanceId, CancellationToken cancellationToken)
    {
        // Listings lag: this very address may have arrived there since it was read.
        var others = (await addresses.OfInstanceAsync(instanceId, cancellationToken).ConfigureAwait(false))
            .Where(other => other.AllocationId != address.AllocationId).ToList();
        return Gate(
            ElasticIpGateName.NoOtherAddress,
            others.Count == 0,
            others.Count == 0
                ? $"{instanceId} has no Elastic IP yet."
                : $"{instanceId} has Elastic IP {others[0].PublicIp}, which it would lose by this; disassociate that first if it is not needed.");
    }

    private async Task<ElasticIpGate> PermittedAsync(ElasticIpMovePlan plan, CancellationToken cancellationToken)
    {
        var request = Request(plan);
        request.DryRun = true;
        var refusal = await EC2Call.RefusalOfAsync(
            "ec2:AssociateAddress", plan.PublicIp, () => ec2.AssociateAddressAsync(request, cancellationToken)).ConfigureAwait(false);
        return Gate(ElasticIpGateName.Permitted, refusal is null, refusal?.Message ?? "EC2 would do it (DryRun).");
    }

    private static ElasticIpGate Gate(ElasticIpGateName name, bool passed, string reason) =>
        new(name, passed ? GateOutcome.Passed : GateOutcome.Refused, reason);
}
