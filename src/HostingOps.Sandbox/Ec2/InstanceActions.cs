using System.Xml.Linq;
using HostingOps.Sandbox.Api;

namespace HostingOps.Sandbox.Ec2;

/// <summary>The actions on instances and their tags.</summary>
internal sealed class InstanceActions(Ec2Store store, InstanceLauncher launcher, SandboxTimings timings)
{
    /// <summary>The account that owns everything.</summary>
    public const string OwnerId = "123456789012";

    private static readonly string[] KnownFilters =
    [
        "availability-zone", "client-token", "image-id", "instance-id", "instance-state-name", "instance-type", "ip-address", "key-name",
        "private-ip-address", "reservation-id", "subnet-id",
    ];

    /// <summary>RunInstances.</summary>
    public IEnumerable<object?> Run(Ec2Parameters parameters, string region)
    {
        var launched = launcher.Launch(parameters, region);
        return
        [
            new XElement("reservationId", launched[0].ReservationId),
            new XElement("ownerId", OwnerId),
            new XElement("groupSet"),
            Ec2Xml.Set("instancesSet", launched.Select(Write).ToList()),
        ];
    }

    /// <summary>DescribeInstances.</summary>
    public IEnumerable<object?> Describe(Ec2Parameters parameters)
    {
        var (page, next) = Ec2Pages.Cut(Select(parameters).ToList(), parameters, least: 5, "InstanceId");
        var reservations = page.GroupBy(instance => instance.ReservationId).Select(reservation => new XElement(
            "item",
            new XElement("reservationId", reservation.Key),
            new XElement("ownerId", OwnerId),
            new XElement("groupSet"),
            Ec2Xml.Set("instancesSet", reservation.Select(Write).ToList())));
        return [Ec2Xml.Set("reservationSet", reservations.ToList()), next is null ? null : new XElement("nextToken", next)];
    }

    /// <summary>DescribeInstanceStatus: running instances only, unless IncludeAllInstances.</summary>
    public IEnumerable<object?> DescribeStatus(Ec2Parameters parameters)
    {
        var all = parameters.Flag("IncludeAllInstances") ?? false;
        var (page, next) = Ec2Pages.Cut(
            Select(parameters).Where(instance => all || store.State(instance) == InstanceState.Running).ToList(), parameters, least: 5, "InstanceId");
        var items = page.Select(instance => new XElement(
                "item",
                new XElement("instanceId", instance.Id),
                new XElement("availabilityZone", instance.AvailabilityZone),
                Ec2Xml.State("instanceState", store.State(instance)),
                Reachability("systemStatus", instance),
                Reachability("instanceStatus", instance)));
        return [Ec2Xml.Set("instanceStatusSet", items.ToList()), next is null ? null : new XElement("nextToken", next)];
    }

    /// <summary>TerminateInstances.</summary>
    public IEnumerable<object?> Terminate(Ec2Parameters parameters)
    {
        var changes = CheckTermination(parameters).ConvertAll(instance =>
        {
            var before = store.State(instance);
            store.Terminate(instance);
            return new XElement(
                "item",
                new XElement("instanceId", instance.Id),
                Ec2Xml.State("currentState", store.State(instance)),
                Ec2Xml.State("previousState", before));
        });
        return [Ec2Xml.Set("instancesSet", changes)];
    }

    /// <summary>The instances that a call would terminate: all of them, or none when one does not exist.</summary>
    /// <exception cref="ApiException">MissingParameter, InvalidInstanceID.NotFound.</exception>
    public List<Instance> CheckTermination(Ec2Parameters parameters)
    {
        var wanted = parameters.List("InstanceId");
        return wanted.Count == 0
            ? throw new ApiException(400, "MissingParameter", "The request must contain the parameter InstanceId")
            : wanted.Select(store.Instance).ToList();
    }

    /// <summary>CreateTags: on all the resources, or on none when one does not exist.</summary>
    public IEnumerable<object?> CreateTags(Ec2Parameters parameters)
    {
        var (targets, tags) = CheckTags(parameters);
        foreach (var target in targets)
        {
            tags.ForEach(tag => target[tag.Key] = tag.Value);
        }

        return [new XElement("return", true)];
    }

    /// <summary>What a call would tag, and with what.</summary>
    /// <exception cref="ApiException">MissingParameter, InvalidInstanceID.NotFound and so on.</exception>
    public (List<Dictionary<string, string>> Targets, List<KeyValuePair<string, string>> Tags) CheckTags(Ec2Parameters parameters)
    {
        var targets = parameters.List("ResourceId").Select(TagsOf).ToList();
        var tags = parameters.Tags("Tag").ToList();
        if (targets.Count == 0 || tags.Count == 0)
        {
            throw new ApiException(400, "MissingParameter", "The request must contain the parameters ResourceId and Tag");
        }

        return (targets, tags);
    }

    private Dictionary<string, string> TagsOf(string resourceId)
    {
        if (resourceId.StartsWith("eipalloc-", StringComparison.Ordinal))
        {
            return store.Addresses.Find(address => address.AllocationId == resourceId)?.Tags
                ?? throw new ApiException(400, "InvalidAllocationID.NotFound", $"The allocation ID '{resourceId}' does not exist");
        }

        return resourceId.StartsWith("i-", StringComparison.Ordinal)
            ? store.Instance(resourceId).Tags
            : throw new ApiException(400, "InvalidID", $"The ID '{resourceId}' is not valid");
    }

    private IEnumerable<Instance> Select(Ec2Parameters parameters)
    {
        var wanted = parameters.List("InstanceId");
        var instances = wanted.Count > 0
            ? wanted.Select(store.Instance).Distinct()
            : store.Instances.Where(instance => instance.VisibleAt <= store.Now);
        return Ec2Filters.Apply(instances, parameters.Filters(), Field, KnownFilters);
    }

    private string? Field(Instance instance, string filter) => filter switch
    {
        "availability-zone" => instance.AvailabilityZone,
        "client-token" => instance.ClientToken,
        "image-id" => instance.ImageId,
        "instance-id" => instance.Id,
        "instance-state-name" => Ec2Xml.Name(store.State(instance)),
        "instance-type" => instance.Type,
        "ip-address" => PublicIp(instance),
        "key-name" => instance.KeyName,
        "private-ip-address" => instance.PrivateIp,
        "reservation-id" => instance.ReservationId,
        "subnet-id" => instance.SubnetId,
        _ => instance.Tags.GetValueOrDefault(filter["tag:".Length..]),
    };

    private string? PublicIp(Instance instance) =>
        store.Addresses.Find(address => address.Instance == instance)?.PublicIp
        ?? (store.State(instance) == InstanceState.Running ? instance.OwnPublicIp : null);

    private XElement Write(Instance instance)
    {
        var publicIp = PublicIp(instance);
        return new XElement(
            "item",
            new XElement("instanceId", instance.Id),
            new XElement("imageId", instance.ImageId),
            Ec2Xml.State("instanceState", store.State(instance)),
            new XElement("instanceType", instance.Type),
            instance.KeyName is null ? null : new XElement("keyName", instance.KeyName),
            new XElement("launchTime", Ec2Xml.Time(instance.LaunchedAt)),
            new XElement("placement", new XElement("availabilityZone", instance.AvailabilityZone), new XElement("tenancy", "default")),
            new XElement("subnetId", instance.SubnetId),
            new XElement("vpcId", "vpc-00000000000000001"),
            new XElement("architecture", CatalogActions.Image(instance.ImageId)?.Architecture ?? "x86_64"),
            new XElement("privateIpAddress", instance.PrivateIp),
            publicIp is null ? null : new XElement("ipAddress", publicIp),
            Ec2Xml.Set("groupSet", instance.SecurityGroups.Select(group => new XElement(
                "item", new XElement("groupId", group), new XElement("groupName", group)))),
            Ec2Xml.Set("networkInterfaceSet", instance.Interfaces.Select((one, index) => new XElement(
                "item",
                new XElement("networkInterfaceId", one.Id),
                new XElement("subnetId", instance.SubnetId),
                new XElement("privateIpAddress", one.PrivateIp),
                new XElement("status", "in-use"),
                new XElement("attachment", new XElement("deviceIndex", index), new XElement("status", "attached"))))),
            instance.ClientToken is null ? null : new XElement("clientToken", instance.ClientToken),
            Ec2Xml.Tags(instance.Tags));
    }

    private XElement Reachability(string element, Instance instance)
    {
        var (status, check) = store.State(instance) != InstanceState.Running ? ("not-applicable", null)
            : store.FailedZones.Contains(instance.AvailabilityZone) ? ("impaired", "failed")
            : store.Now < instance.RunningAt + timings.InstanceBoot ? ("initializing", "initializing")
            : ("ok", "passed");
        return new XElement(
            element,
            new XElement("status", status),
            check is null ? null : Ec2Xml.Set("details", [new XElement("item", new XElement("name", "reachability"), new XElement("status", check))]));
    }
}
