using Amazon.EC2;
using Amazon.EC2.Model;
using HostingOps.Engine.Aws;

namespace HostingOps.Engine.Apex.Addresses;

/// <summary>Reads Elastic IPs and what they are associated with.</summary>
internal sealed class ElasticIpReader(IAmazonEC2 ec2, string region, string? inventoryPath)
{
    /// <summary>The address with its instance.</summary>
    /// <param name="publicIpOrAllocationId">An address, or an id <c>eipalloc-…</c>.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    /// <exception cref="HostingException">ElasticIpNotFound, or an AWS error.</exception>
    public async Task<ElasticIp> GetAsync(string publicIpOrAllocationId, CancellationToken cancellationToken)
    {
        var address = await ReadAsync(publicIpOrAllocationId, cancellationToken).ConfigureAwait(false);
        if (address.InstanceId is not { } instanceId)
        {
            return address;
        }

        var answer = await EC2Call.AsAsync(
            "ec2:DescribeInstances",
            instanceId,
            () => ec2.DescribeInstancesAsync(
                new DescribeInstancesRequest { Filters = [new Filter("instance-id", [instanceId])] }, cancellationToken)).ConfigureAwait(false);
        var instance = answer.Reservations?.SelectMany(static reservation => reservation.Instances ?? []).FirstOrDefault();
        return address with { InstanceState = instance?.State?.Name?.Value, AvailabilityZone = instance?.Placement?.AvailabilityZone };
    }

    /// <summary>The address as it is now, without a look at the instance: one call, for the moments before and after a write.</summary>
    /// <exception cref="HostingException">ElasticIpNotFound, or an AWS error.</exception>
    public async Task<ElasticIp> ReadAsync(string publicIpOrAllocationId, CancellationToken cancellationToken)
    {
        var request = publicIpOrAllocationId.StartsWith("eipalloc-", StringComparison.Ordinal)
            ? new DescribeAddressesRequest { AllocationIds = [publicIpOrAllocationId] }
            : new DescribeAddressesRequest { PublicIps = [publicIpOrAllocationId] };
        var answer = await EC2Call.AsAsync(
            "ec2:DescribeAddresses", publicIpOrAllocationId, () => ec2.DescribeAddressesAsync(request, cancellationToken)).ConfigureAwait(false);
        return answer.Addresses is [{ PublicIp: not null, AllocationId: not null } address] ? From(address) : throw new HostingException(
            ErrorIds.ElasticIpNotFound,
            HostingErrorCategory.ObjectNotFound,
            publicIpOrAllocationId,
            $"The account has no Elastic IP {publicIpOrAllocationId} in {region}.",
            "Check the address, the AWS profile and the region.");
    }

    /// <summary>The Elastic IPs of an instance.</summary>
    /// <exception cref="HostingException">An AWS error.</exception>
    public async Task<IReadOnlyList<ElasticIp>> OfInstanceAsync(string instanceId, CancellationToken cancellationToken)
    {
        var answer = await EC2Call.AsAsync(
            "ec2:DescribeAddresses",
            instanceId,
            () => ec2.DescribeAddressesAsync(
                new DescribeAddressesRequest { Filters = [new Filter("instance-id", [instanceId])] }, cancellationToken)).ConfigureAwait(false);
        return (answer.Addresses ?? []).Where(static address => address is { PublicIp: not null, AllocationId: not null }).Select(From).ToList();
    }

    private ElasticIp From(Address address) => new()
    {
        PublicIp = address.PublicIp!,
        AllocationId = address.AllocationId!,
        AssociationId = NullIfEmpty(address.AssociationId),
        InstanceId = NullIfEmpty(address.InstanceId),
        NetworkInterfaceId = NullIfEmpty(address.NetworkInterfaceId),
        PrivateIpAddress = NullIfEmpty(address.PrivateIpAddress),
        NetworkBorderGroup = NullIfEmpty(address.NetworkBorderGroup),
        Tags = (address.Tags ?? []).Where(static tag => tag.Key is not null)
            .ToDictionary(static tag => tag.Key!, static tag => tag.Value ?? "", StringComparer.Ordinal),
        Region = region,
        InventoryPath = inventoryPath,
    };

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
