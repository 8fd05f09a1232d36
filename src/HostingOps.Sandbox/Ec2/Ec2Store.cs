using System.Globalization;
using HostingOps.Sandbox.Api;

namespace HostingOps.Sandbox.Ec2;

/// <summary>The instances and Elastic IPs, in memory. Every member is used under <see cref="Gate"/>.</summary>
internal sealed class Ec2Store(SandboxTimings timings, TimeProvider timeProvider, SandboxIds ids)
{
    private int lastAddress;

    /// <summary>The lock of everything in the store.</summary>
    public object Gate { get; } = new();

    /// <summary>All instances, in the order of their launch.</summary>
    public List<Instance> Instances { get; } = [];

    /// <summary>All Elastic IPs.</summary>
    public List<ElasticAddress> Addresses { get; } = [];

    /// <summary>Launches by client token.</summary>
    public Dictionary<string, (string Fingerprint, IReadOnlyList<Instance> Launched)> Launches { get; } = new(StringComparer.Ordinal);

    /// <summary>Now (UTC).</summary>
    public DateTimeOffset Now => timeProvider.GetUtcNow();

    /// <summary>The next id with that prefix.</summary>
    public string NewId(string prefix) => ids.Ec2(prefix);

    /// <summary>Launches an instance.</summary>
    public Instance Launch(
        string reservationId, string imageId, string type, string availabilityZone, string? keyName, IReadOnlyList<string> securityGroups,
        string? clientToken, IEnumerable<KeyValuePair<string, string>> tags)
    {
        var number = ++lastAddress;
        var instance = new Instance
        {
            Id = NewId("i"),
            ReservationId = reservationId,
            NetworkInterfaceId = NewId("eni"),
            ImageId = imageId,
            Type = type,
            KeyName = keyName,
            SecurityGroups = securityGroups,
            AvailabilityZone = availabilityZone,
            PrivateIp = string.Create(CultureInfo.InvariantCulture, $"172.31.{number / 250}.{number % 250 + 1}"),
            OwnPublicIp = Public(number),
            ClientToken = clientToken,
            LaunchedAt = Now,
            RunningAt = Now + timings.InstanceTransition,
            VisibleAt = Now + timings.InstanceVisible,
            Tags = new Dictionary<string, string>(tags, StringComparer.Ordinal),
        };
        Instances.Add(instance);
        return instance;
    }

    /// <summary>Allocates an Elastic IP.</summary>
    /// <param name="publicIp">The address, or null for any.</param>
    /// <param name="tags">Its tags.</param>
    public ElasticAddress Allocate(string? publicIp, IEnumerable<KeyValuePair<string, string>> tags)
    {
        var address = new ElasticAddress
        {
            PublicIp = publicIp ?? Public(++lastAddress),
            AllocationId = NewId("eipalloc"),
            Tags = new Dictionary<string, string>(tags, StringComparer.Ordinal),
        };
        Addresses.Add(address);
        return address;
    }

    /// <summary>Puts an Elastic IP on an instance, from wherever it was, in place of the one the instance had.</summary>
    public void Associate(ElasticAddress address, Instance instance)
    {
        if (address.Instance == instance)
        {
            return;
        }

        foreach (var former in Addresses.Where(other => other.Instance == instance))
        {
            Disassociate(former);
        }

        address.Instance = instance;
        address.AssociationId = NewId("eipassoc");
    }

    /// <summary>Takes an Elastic IP off its instance.</summary>
    public static void Disassociate(ElasticAddress address)
    {
        address.Instance = null;
        address.AssociationId = null;
    }

    /// <summary>Begins an instance's termination.</summary>
    public void Terminate(Instance instance)
    {
        instance.TerminatedAt ??= Now + timings.InstanceTransition;
        foreach (var address in Addresses.Where(address => address.Instance == instance))
        {
            Disassociate(address);
        }
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

    // Addresses of the benchmark network (RFC 2544, 198.18.0.0/15), so that nothing real is ever named.
    private static string Public(int number) =>
        string.Create(CultureInfo.InvariantCulture, $"198.18.{number / 250}.{number % 250 + 1}");
}
