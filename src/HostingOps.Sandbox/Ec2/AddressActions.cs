using System.Xml.Linq;
using HostingOps.Sandbox.Api;

namespace HostingOps.Sandbox.Ec2;

/// <summary>The actions on Elastic IPs.</summary>
internal sealed class AddressActions(Ec2Store store)
{
    private static readonly string[] KnownFilters =
        ["allocation-id", "association-id", "domain", "instance-id", "network-border-group", "network-interface-id", "private-ip-address", "public-ip"];

    /// <summary>DescribeAddresses.</summary>
    public IEnumerable<object?> Describe(Ec2Parameters parameters, string region)
    {
        var (allocationIds, publicIps) = (parameters.List("AllocationId"), parameters.List("PublicIp"));
        var wanted = allocationIds.Select(ByAllocation).Concat(publicIps.Select(ByPublicIp)).ToList();
        var items = Ec2Filters.Apply(
            allocationIds.Count + publicIps.Count > 0 ? wanted.Distinct() : store.Addresses, parameters.Filters(), (address, filter) => Field(address, filter, region), KnownFilters);
        return [Ec2Xml.Set("addressesSet", items.Select(address => Write(address, region)).ToList())];
    }

    /// <summary>AllocateAddress.</summary>
    public IEnumerable<object?> Allocate(Ec2Parameters parameters, string region)
    {
        var group = parameters["NetworkBorderGroup"] ?? region;
        if (group != region && !group.StartsWith(region + "-", StringComparison.Ordinal))
        {
            throw new ApiException(400, "InvalidParameterValue", $"The network border group '{group}' does not exist in {region}");
        }

        var address = store.Allocate(parameters["Address"], group == region ? null : group, parameters.TagsFor("elastic-ip"));
        return
        [
            new XElement("publicIp", address.PublicIp),
            new XElement("allocationId", address.AllocationId),
            new XElement("publicIpv4Pool", "amazon"),
            new XElement("networkBorderGroup", group),
            new XElement("domain", "vpc"),
        ];
    }

    /// <summary>AssociateAddress: moves an address that is associated elsewhere unless AllowReassociation is false.</summary>
    public IEnumerable<object?> Associate(Ec2Parameters parameters, string region)
    {
        var (address, instance, networkInterface) = CheckAssociation(parameters, region);
        store.Associate(address, instance, networkInterface);
        return [new XElement("return", true), new XElement("associationId", address.AssociationId)];
    }

    /// <summary>Checks an association without making it.</summary>
    /// <exception cref="ApiException">Resource.AlreadyAssociated and others.</exception>
    public (ElasticAddress Address, Instance Instance, (string Id, string PrivateIp) Interface) CheckAssociation(Ec2Parameters parameters, string region)
    {
        var address = Find(parameters);
        var (instance, networkInterface) = FindInterface(parameters);
        var state = store.State(instance);
        if (state != InstanceState.Running)
        {
            throw new ApiException(
                400, "InvalidInstanceID", $"The {Ec2Xml.Name(state)} instance '{instance.Id}' is not in a valid state for this operation.");
        }

        if (address.LocalBorderGroup is { } local)
        {
            throw new ApiException(
                400,
                "InvalidParameterValue",
                $"The address with allocation id {address.AllocationId} is of network border group {local}, the instance of {region}");
        }

        if (parameters["PrivateIpAddress"] is { } privateIp && privateIp != networkInterface.PrivateIp)
        {
            throw new ApiException(
                400, "InvalidParameterValue", $"The private IP address {privateIp} is not assigned to network interface {networkInterface.Id}");
        }

        if (address.Interface is { } present && present.Id != networkInterface.Id && parameters.Flag("AllowReassociation") == false)
        {
            throw new ApiException(
                400, "Resource.AlreadyAssociated", $"resource {address.AllocationId} is already associated with associate-id {address.AssociationId}");
        }

        return (address, instance, networkInterface);
    }

    /// <summary>DisassociateAddress.</summary>
    public IEnumerable<object?> Disassociate(Ec2Parameters parameters)
    {
        store.Disassociate(CheckDisassociation(parameters));
        return [new XElement("return", true)];
    }

    /// <summary>The address that a call would disassociate.</summary>
    /// <exception cref="ApiException">InvalidAssociationID.NotFound and others.</exception>
    public ElasticAddress CheckDisassociation(Ec2Parameters parameters)
    {
        var associationId = parameters["AssociationId"];
        return associationId is null
            ? ByPublicIp(parameters.Required("PublicIp"))
            : store.Addresses.Find(candidate => candidate.AssociationId == associationId)
                ?? throw new ApiException(400, "InvalidAssociationID.NotFound", $"The association ID '{associationId}' does not exist");
    }

    private string? Field(ElasticAddress address, string filter, string region) => filter switch
    {
        "allocation-id" => address.AllocationId,
        "association-id" => store.Listed(address).AssociationId,
        "domain" => "vpc",
        "instance-id" => store.Listed(address).Instance?.Id,
        "network-interface-id" => store.Listed(address).Interface?.Id,
        "network-border-group" => address.LocalBorderGroup ?? region,
        "private-ip-address" => store.Listed(address).Interface?.PrivateIp,
        "public-ip" => address.PublicIp,
        _ => address.Tags.GetValueOrDefault(filter["tag:".Length..]),
    };

    private XElement Write(ElasticAddress address, string region)
    {
        var (associationId, instance, networkInterface) = store.Listed(address);
        return new XElement(
            "item",
            new XElement("publicIp", address.PublicIp),
            new XElement("allocationId", address.AllocationId),
            new XElement("domain", "vpc"),
            instance is null
                ? null
                : new object[]
                {
                    new XElement("instanceId", instance.Id),
                    new XElement("associationId", associationId),
                    new XElement("networkInterfaceId", networkInterface?.Id),
                    new XElement("networkInterfaceOwnerId", InstanceActions.OwnerId),
                    new XElement("privateIpAddress", networkInterface?.PrivateIp),
                },
            new XElement("publicIpv4Pool", "amazon"),
            new XElement("networkBorderGroup", address.LocalBorderGroup ?? region),
            Ec2Xml.Tags(address.Tags));
    }

    private ElasticAddress Find(Ec2Parameters parameters) => parameters["AllocationId"] is { } id
        ? ByAllocation(id)
        : ByPublicIp(parameters["PublicIp"]
            ?? throw new ApiException(400, "MissingParameter", "Either public IP or allocation id must be specified"));

    private (Instance Instance, (string Id, string PrivateIp) Interface) FindInterface(Ec2Parameters parameters)
    {
        if (parameters["InstanceId"] is { } instanceId)
        {
            if (parameters["NetworkInterfaceId"] is not null)
            {
                throw new ApiException(400, "InvalidParameterCombination", "You may specify either an instance ID or a network interface ID, but not both");
            }

            var named = store.Instance(instanceId);
            return named.Interfaces.Count == 1 ? (named, named.Interfaces[0]) : throw new ApiException(
                400,
                "InvalidInstanceID",
                $"There are multiple interfaces attached to instance '{instanceId}'. Please specify an interface ID for the operation instead.");
        }

        var interfaceId = parameters["NetworkInterfaceId"]
            ?? throw new ApiException(400, "MissingParameter", "Either instance ID or network interface id must be specified");
        var owner = store.Instances.Find(instance => instance.Interfaces.Any(one => one.Id == interfaceId))
            ?? throw new ApiException(
                400, "InvalidNetworkInterfaceID.NotFound", $"The networkInterface ID '{interfaceId}' does not exist");
        return (owner, owner.Interfaces.First(one => one.Id == interfaceId));
    }

    private ElasticAddress ByAllocation(string id) => store.Addresses.Find(address => address.AllocationId == id)
        ?? throw new ApiException(400, "InvalidAllocationID.NotFound", $"The allocation ID '{id}' does not exist");

    private ElasticAddress ByPublicIp(string publicIp) => store.Addresses.Find(address => address.PublicIp == publicIp)
        ?? throw new ApiException(400, "InvalidAddress.NotFound", $"Address '{publicIp}' not found.");
}
