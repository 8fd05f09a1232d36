namespace HostingOps;

/// <summary>
/// The replacement of the bare domains' redirector, made by reading and dry runs only: what was seen, what would be launched
/// and moved, and every condition with its answer.
/// </summary>
public sealed record ApexRecoveryPlan
{
    /// <summary>The Elastic IP.</summary>
    public required string PublicIp { get; init; }

    /// <summary>Its id.</summary>
    public required string AllocationId { get; init; }

    /// <summary>What it was associated with. The address is moved only while this still holds, or when it has become free.</summary>
    public required ElasticIpAssociation From { get; init; }

    /// <summary>The former redirector, or null when no instance has the address.</summary>
    public string? OldInstanceId => From.InstanceId;

    /// <summary>That instance's state as EC2 names it, or null.</summary>
    public string? OldInstanceState { get; init; }

    /// <summary>That instance's availability zone, or null.</summary>
    public string? OldAvailabilityZone { get; init; }

    /// <summary>Whether a redirector that still answers is replaced.</summary>
    public bool Planned { get; init; }

    /// <summary>Whether the former redirector is terminated at the end.</summary>
    public bool TerminateOld { get; init; }

    /// <summary>Where the instance can be launched, best place first: the next is taken when EC2 has no capacity.</summary>
    public IReadOnlyList<ApexLaunchPlace> Places { get; init; } = [];

    /// <summary>The availability zone that comes first, or null when there is none.</summary>
    public string? AvailabilityZone => Places.Count > 0 ? Places[0].AvailabilityZone : null;

    /// <summary>The subnet that comes first, or null for the zone's default one.</summary>
    public string? SubnetId => Places.Count > 0 ? Places[0].SubnetId : null;

    /// <summary>The image, or null when none was found.</summary>
    public string? ImageId { get; init; }

    /// <summary>The image's name, or null.</summary>
    public string? ImageName { get; init; }

    /// <summary>The instance type, or null when it is not known.</summary>
    public string? InstanceType { get; init; }

    /// <summary>The key pair, or null for none.</summary>
    public string? KeyName { get; init; }

    /// <summary>The security groups, by id or name.</summary>
    public IReadOnlyList<string> SecurityGroups { get; init; } = [];

    /// <summary>The instance profile, or null for none.</summary>
    public string? InstanceProfile { get; init; }

    /// <summary>The tags that the instance gets besides those of the operation.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>Bytes of user data.</summary>
    public int UserDataSize { get; init; }

    /// <summary>How the configuration reaches the instance.</summary>
    public ApexConfigDelivery Delivery { get; init; }

    /// <summary>The configuration's checksum, or null when none could be made.</summary>
    public string? ConfigChecksum { get; init; }

    /// <summary>How many names are redirected, each of which is tested.</summary>
    public int RedirectCount { get; init; }

    /// <summary>Whether the redirects are tested over https too.</summary>
    public bool TestsHttps { get; init; }

    /// <summary>Why the redirects are not tested over https, or null when they are.</summary>
    public string? WithoutHttps { get; init; }

    /// <summary>Every condition with its answer.</summary>
    public IReadOnlyList<ApexRecoveryGate> Gates { get; init; } = [];

    /// <summary>What will be done, one sentence each.</summary>
    public IReadOnlyList<string> Steps { get; init; } = [];

    /// <summary>What does not refuse the recovery and should be known.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The region.</summary>
    public required string Region { get; init; }

    /// <summary>The AWS-compatible endpoint, or null for AWS.</summary>
    public string? EndpointUrl { get; init; }

    /// <summary>When the plan was made (UTC).</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The inventory file.</summary>
    public string? InventoryPath { get; init; }

    /// <summary>Whether every condition passed.</summary>
    public bool Allowed => Gates.All(static gate => gate.Outcome == GateOutcome.Passed);

    /// <inheritdoc/>
    public override string ToString() => $"{PublicIp}: {From} -> a new instance in {AvailabilityZone ?? "no zone"}{(Allowed ? "" : " (refused)")}";
}
