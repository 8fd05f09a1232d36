namespace HostingOps.Engine.Apex.Instances;

/// <summary>One instance to launch.</summary>
internal sealed record InstanceLaunch
{
    /// <summary>
    /// What makes a repeated launch harmless: up to 64 ASCII characters, written down before the call. It belongs to these
    /// very parameters: another subnet or other user data needs a token of its own.
    /// </summary>
    public required string ClientToken { get; init; }

    /// <summary>The image.</summary>
    public required string ImageId { get; init; }

    /// <summary>The type, for example <c>t3.micro</c>.</summary>
    public required string InstanceType { get; init; }

    /// <summary>The subnet, which decides the availability zone, or null for the default VPC's choice.</summary>
    public string? SubnetId { get; init; }

    /// <summary>The zone, whose default subnet is taken, or null. With a subnet it says nothing more.</summary>
    public string? AvailabilityZone { get; init; }

    /// <summary>Security groups by id (<c>sg-…</c>) or, in the default VPC, by name.</summary>
    public IReadOnlyList<string> SecurityGroups { get; init; } = [];

    /// <summary>The key pair, or null.</summary>
    public string? KeyName { get; init; }

    /// <summary>The instance profile's name or ARN, or null.</summary>
    public string? InstanceProfile { get; init; }

    /// <summary>What cloud-init runs at first boot, or null. At most <see cref="InstanceLauncher.LargestUserData"/> bytes.</summary>
    public ReadOnlyMemory<byte>? UserData { get; init; }

    /// <summary>Tags for the instance and its volume.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();
}
