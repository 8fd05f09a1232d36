using System.Xml.Linq;
using HostingOps.Sandbox.Api;

namespace HostingOps.Sandbox.Ec2;

/// <summary>The actions on Elastic IPs.</summary>
internal sealed class AddressActions(Ec2Store store)
{
    private static readonly string[] KnownFilters =
        ["allocation-id", "association-id", "domain", "instance-id", "network-interface-id", "private-ip-address", "public-ip"];

    /// <summary>DescribeAddresses.</summary>
    public IEnumerable<object?> Describe(Ec2Parameters parameters, string region)
    {
        var (allocationIds, publicIps) = (parameters.List("AllocationId"), parameters.List("PublicIp"));
        var wanted = allocationIds.Select(ByAllocation).Concat(publicIps.Select(ByPublicIp)).ToList();
        var items = Ec2Filters.Apply(
            allocationIds.Count + publicIps.Count > 0 ? wanted.Distinct() : store.Addresses, parameters.Filters(), Field, KnownFilters);
        return [Ec2Xml.Set("addressesSet", items.Select(address => Write(address, region)).ToList())];
    }

    /// <summary>AllocateAddress.</summary>
    public IEnumerable<object?> Allocate(Ec2Parameters parameters, string region)
    {
        var address = store.Allocate(parameters["Address"], parameters.TagsFor("elastic-ip"));
        return
        [
            new XElement("publicIp", address.PublicIp),
            new XElement("allocationId", address.AllocationId),
            new XElement("publicIpv4Pool", "amazon"),
            new XElement("networkBorderGroup", region),
            new XElement("domain", "vpc"),
        ];
    }

    /// <summary>AssociateAddress: moves an address that is associated elsewhere unless AllowReassociation is false.</summary>
    public IEnumerable<object?> Associate(Ec2Parameters parameters)
    {
        var address = Find(parameters);
        var instance = FindInstance(parameters);
        var state = instance.State(store.Now);
        if (state != InstanceState.Running)
        {
            throw new ApiException(
                400, "InvalidInstanceID", $"The {Ec2Xml.Name(state)} instance '{instance.Id}' is not in a valid state for this operation.");
        }

        if (address.Instance is not null && address.Instance != instance && parameters.Flag("AllowReassociation") == false)
        {
            throw new ApiException(
                400, "Resource.AlreadyAssociated", $"resource {address.AllocationId} is already associated with associate-id {address.AssociationId}");
        }

        store.Associate(address, instance);
        return [new XElement("return", true), new XElement("associationId", address.AssociationId)];
    }

    /// <summary>DisassociateAddress.</summary>
    public IEnumerable<object?> Disassociate(Ec2Parameters parameters)
    {
        var associationId = parameters["AssociationId"];
        var address = associationId is null
            ? ByPublicIp(parameters.Required("PublicIp"))
            : store.Addresses.Find(candidate => candidate.AssociationId == associationId)
                ?? throw new ApiException(400, "InvalidAssociationID.NotFound", $"The association ID '{associationId}' does not exist");
        Ec2Store.Disassociate(address);
        return [new XElement("return", true)];
    }

    private static string? Field(ElasticAddress address, string filter) => filter switch
    {
        "allocation-id" => address.AllocationId,
        "association-id" => address.AssociationId,
        "domain" => "vpc",
        "instance-id" => address.Instance?.Id,
        "network-interface-id" => address.Instance?.NetworkInterfaceId,
        "private-ip-address" => address.Instance?.PrivateIp,
        "public-ip" => address.PublicIp,
        _ => address.Tags.GetValueOrDefault(filter["tag:".Length..]),
    };

    private static XElement Write(ElasticAddress address, string region) => new(
        "item",
        new XElement("publicIp", address.PublicIp),
        new XElement("allocationId", address.AllocationId),
        new XElement("domain", "vpc"),
        address.Instance is null
            ? null
            : new object[]
            {
                new XElement("instanceId", address.Instance.Id),
                new XElement("associationId", address.AssociationId),
                new XElement("networkInterfaceId", address.Instance.NetworkInterfaceId),
                new XElement("networkInterfaceOwnerId", InstanceActions.OwnerId),
                new XElement("privateIpAddress", address.Instance.PrivateIp),
            },
        new XElement("publicIpv4Pool", "amazon"),
        new XElement("networkBorderGroup", region),
        Ec2Xml.Tags(address.Tags));

    private ElasticAddress Find(Ec2Parameters parameters) => parameters["AllocationId"] is { } id
        ? ByAllocation(id)
        : ByPublicIp(parameters["PublicIp"]
            ?? throw new ApiException(400, "MissingParameter", "Either public IP or allocation id must be specified"));

    private Instance FindInstance(Ec2Parameters parameters)
    {
        if (parameters["InstanceId"] is { } instanceId)
        {
            return store.Instance(instanceId);
        }

        var interfaceId = parameters["NetworkInterfaceId"]
            ?? throw new ApiException(400, "MissingParameter", "Either instance ID or network interface id must be specified");
        return store.Instances.Find(instance => instance.NetworkInterfaceId == interfaceId)
            ?? throw new ApiException(
                400, "InvalidNetworkInterfaceID.NotFound", $"The networkInterface ID '{interfaceId}' does not exist");
    }

    private ElasticAddress ByAllocation(string id) => store.Addresses.Find(address => address.AllocationId == id)
        ?? throw new ApiException(400, "InvalidAllocationID.NotFound", $"The allocation ID '{id}' does not exist");

    private ElasticAddress ByPublicIp(string publicIp) => store.Addresses.Find(address => address.PublicIp == publicIp)
        ?? throw new ApiException(400, "InvalidAddress.NotFound", $"Address '{publicIp}' not found.");
}
