using System.Globalization;
using HostingOps.Sandbox.Api;

namespace HostingOps.Sandbox.Ec2;

/// <summary>The instances and Elastic IPs, in memory. Every member is used under <see cref="Gate"/>.</summary>
internal sealed class Ec2Store(SandboxTimings timings, TimeProvider timeProvider, SandboxIds ids)
{
    // Each has two ports of its own on loopback; who launches more instances at once gets them without a public address.
    private const int OwnAddresses = 24;

    private int lastPrivate;
    private int lastElastic = 200;

    /// <summary>The lock of everything in the store.</summary>
    public object Gate { get; } = new();

    /// <summary>All instances, in the order of their launch.</summary>
    public List<Instance> Instances { get; } = [];

    /// <summary>All Elastic IPs.</summary>
    public List<ElasticAddress> Addresses { get; } = [];

    /// <summary>Launches by client token.</summary>
    public Dictionary<string, (string Fingerprint, IReadOnlyList<Instance> Launched)> Launches { get; } = new(StringComparer.Ordinal);

    /// <summary>Names of the availability zones that have failed.</summary>
    public HashSet<string> FailedZones { get; } = new(StringComparer.Ordinal);

    /// <summary>Zones by subnet. Every region that is asked in has a default subnet per zone besides.</summary>
    public Dictionary<string, string> Subnets { get; } = new(StringComparer.Ordinal);

    /// <summary>The account's key pairs.</summary>
    public HashSet<string> KeyPairs { get; } = new(StringComparer.Ordinal);

    /// <summary>The account's security groups, by name or id.</summary>
    public HashSet<string> SecurityGroups { get; } = new(StringComparer.Ordinal) { "default" };

    /// <summary>Told of every launch.</summary>
    public Action<Instance>? Launched { get; set; }

    /// <summary>Told of every instance that is terminated.</summary>
    public Action<Instance>? Ended { get; set; }

    /// <summary>Told of every new Elastic IP.</summary>
    public Action<string>? Allocated { get; set; }

    /// <summary>Asked for what an instance has written to its console; null when it has not booted.</summary>
    public Func<Instance, string?>? Console { get; set; }

    /// <summary>Told when connections may lead elsewhere from now on.</summary>
    public Action? RoutesChanged { get; set; }

    /// <summary>Now (UTC).</summary>
    public DateTimeOffset Now => timeProvider.GetUtcNow();

    /// <summary>The next id with that prefix.</summary>
    public string NewId(string prefix) => ids.Ec2(prefix);

    /// <summary>The names of a region's zones.</summary>
    public static IReadOnlyList<string> ZonesOf(string region) => [region + "a", region + "b", region + "c"];

    /// <summary>The default subnet of a zone.</summary>
    public static string DefaultSubnet(string zone) => "subnet-0" + new string(zone[^1], 16);

    /// <summary>The zone of a subnet, or null when there is no such subnet.</summary>
    public string? ZoneOf(string subnetId, string region) =>
        Subnets.GetValueOrDefault(subnetId) ?? ZonesOf(region).FirstOrDefault(zone => DefaultSubnet(zone) == subnetId);

    /// <summary>Launches an instance in a zone.</summary>
    public Instance Launch(LaunchDemand demand, string availabilityZone)
    {
        var launched = demand.IsOld ? Now.AddDays(-40) : Now;
        var instance = new Instance
        {
            Id = NewId("i"),
            ReservationId = demand.ReservationId,
            Interfaces = Enumerable.Range(0, demand.Interfaces).Select(_ => (NewId("eni"), PrivateAddress(++lastPrivate))).ToList(),
            ImageId = demand.ImageId,
            Type = demand.Type,
            KeyName = demand.KeyName,
            SecurityGroups = demand.SecurityGroups.Count > 0 ? demand.SecurityGroups : ["default"],
            AvailabilityZone = availabilityZone,
            SubnetId = demand.SubnetId,
            OwnPublicIp = demand.Interfaces == 1 ? FreeOwnAddress() : null,
            UserData = demand.UserData,
            ClientToken = demand.ClientToken,
            LaunchedAt = launched,
            RunningAt = launched + timings.InstanceTransition,
            VisibleAt = launched + timings.InstanceVisible,
            Tags = new Dictionary<string, string>(demand.Tags, StringComparer.Ordinal),
        };
        Instances.Add(instance);
        Launched?.Invoke(instance);
        return instance;
    }

    /// <summary>Allocates an Elastic IP.</summary>
    /// <param name="publicIp">The address, or null for any.</param>
    /// <param name="localGroup">Its local network border group, or null for the region's.</param>
    /// <param name="tags">Its tags.</param>
    public ElasticAddress Allocate(string? publicIp, string? localGroup, IEnumerable<KeyValuePair<string, string>> tags)
    {
        var address = new ElasticAddress
        {
            PublicIp = publicIp ?? PublicAddress(++lastElastic),
            AllocationId = NewId("eipalloc"),
            LocalBorderGroup = localGroup,
            Tags = new Dictionary<string, string>(tags, StringComparer.Ordinal),
        };
        Addresses.Add(address);
        Allocated?.Invoke(address.PublicIp);
        return address;
    }

    /// <summary>Puts an Elastic IP on an interface, from wherever it was, in place of the one that the interface had.</summary>
    public void Associate(ElasticAddress address, Instance instance, (string Id, string PrivateIp) networkInterface)
    {
        if (address.Interface?.Id == networkInterface.Id)
        {
            return;
        }

        foreach (var former in Addresses.Where(other => other.Interface?.Id == networkInterface.Id).ToList())
        {
            Set(former, null, null);
        }

        Set(address, instance, networkInterface);
    }

    /// <summary>Takes an Elastic IP off its instance.</summary>
    public void Disassociate(ElasticAddress address) => Set(address, null, null);

    /// <summary>What listings show of an address: for a moment after a change, what was before it.</summary>
    public (string? AssociationId, Instance? Instance, (string Id, string PrivateIp)? Interface) Listed(ElasticAddress address) =>
        Now < address.ChangedAt + timings.AddressVisible ? address.Former : (address.AssociationId, address.Instance, address.Interface);

    /// <summary>The instance that a public address leads to, or null.</summary>
    public Instance? Holder(string publicIp) => Addresses.Find(address => address.PublicIp == publicIp) is { } elastic
        ? elastic.Instance
        : Instances.FindLast(instance => instance.OwnPublicIp == publicIp && !Addresses.Exists(address => address.Instance == instance));

    /// <summary>Begins an instance's termination.</summary>
    public void Terminate(Instance instance)
    {
        if (instance.TerminatedAt is not null)
        {
            return;
        }

        instance.TerminatedAt = Now + timings.InstanceTransition;
        foreach (var address in Addresses.Where(address => address.Instance == instance).ToList())
        {
            Set(address, null, null);
            address.ChangedAt = DateTimeOffset.MinValue;
        }

        Ended?.Invoke(instance);
        RoutesChanged?.Invoke();
    }

    /// <summary>Fails a zone, or brings it back.</summary>
    public void SetZone(string zoneName, bool failed)
    {
        if (failed ? FailedZones.Add(zoneName) : FailedZones.Remove(zoneName))
        {
            RoutesChanged?.Invoke();
        }
    }

    /// <summary>An instance's state now. In a failed zone nothing gets further: not a launch, and not a termination.</summary>
    public InstanceState State(Instance instance)
    {
        var state = instance.State(Now);
        return state == InstanceState.Terminated && FailedZones.Contains(instance.AvailabilityZone) ? InstanceState.ShuttingDown : state;
    }

    /// <summary>The instance, once its id is known to all of EC2.</summary>
    /// <exception cref="ApiException">InvalidInstanceID.Malformed, InvalidInstanceID.NotFound.</exception>
    public Instance Instance(string instanceId)
    {
        if (!instanceId.StartsWith("i-", StringComparison.Ordinal) || !instanceId[2..].All(char.IsAsciiHexDigitLower) || instanceId.Length is not (10 or 19))
        {
            throw new ApiException(400, "InvalidInstanceID.Malformed", $"Invalid id: \"{instanceId}\"");
        }

        return Instances.Find(instance => instance.Id == instanceId && instance.VisibleAt <= Now)
            ?? throw new ApiException(400, "InvalidInstanceID.NotFound", $"The instance ID '{instanceId}' does not exist");
    }

    private void Set(ElasticAddress address, Instance? instance, (string Id, string PrivateIp)? networkInterface)
    {
        address.Former = (address.AssociationId, address.Instance, address.Interface);
        address.ChangedAt = Now;
        address.Instance = instance;
        address.Interface = networkInterface;
        address.AssociationId = instance is null ? null : NewId("eipassoc");
        RoutesChanged?.Invoke();
    }

    /// <summary>The addresses that the next launches get, as far as nobody terminates anything before.</summary>
    public IEnumerable<string> NextOwnAddresses(int count) => Enumerable.Range(1, OwnAddresses).Select(PublicAddress)
        .Where(address => !Instances.Exists(instance => instance.OwnPublicIp == address && instance.TerminatedAt is null)).Take(count);

    private string? FreeOwnAddress() => NextOwnAddresses(1).FirstOrDefault();

    private static string PrivateAddress(int number) =>
        string.Create(CultureInfo.InvariantCulture, $"172.31.{number / 250}.{(number % 250) + 1}");

    // Addresses of the benchmark network (RFC 2544, 198.18.0.0/15), so that nothing real is ever named.
    private static string PublicAddress(int number) =>
        string.Create(CultureInfo.InvariantCulture, $"198.18.{number / 250}.{(number % 250) + 1}");
}
