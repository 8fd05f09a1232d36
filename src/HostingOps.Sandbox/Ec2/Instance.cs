namespace HostingOps.Sandbox.Ec2;

/// <summary>An instance. Guarded by the store's lock.</summary>
internal sealed class Instance
{
    /// <summary>Its id, <c>i-…</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Its reservation, <c>r-…</c>.</summary>
    public required string ReservationId { get; init; }

    /// <summary>Its network interfaces, <c>eni-…</c>, the primary first, with the private address of each.</summary>
    public required IReadOnlyList<(string Id, string PrivateIp)> Interfaces { get; init; }

    /// <summary>The image.</summary>
    public required string ImageId { get; init; }

    /// <summary>The type, for example <c>t3.micro</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The key pair, or null.</summary>
    public string? KeyName { get; init; }

    /// <summary>The security groups by name or id.</summary>
    public IReadOnlyList<string> SecurityGroups { get; init; } = [];

    /// <summary>The availability zone.</summary>
    public required string AvailabilityZone { get; init; }

    /// <summary>The subnet.</summary>
    public required string SubnetId { get; init; }

    /// <summary>The public address it has without an Elastic IP, or null when there was none left.</summary>
    public string? OwnPublicIp { get; init; }

    /// <summary>The user data, decoded; empty when there is none.</summary>
    public ReadOnlyMemory<byte> UserData { get; init; }

    /// <summary>The primary network interface.</summary>
    public string NetworkInterfaceId => Interfaces[0].Id;

    /// <summary>The primary private address.</summary>
    public string PrivateIp => Interfaces[0].PrivateIp;

    /// <summary>The client token, or null.</summary>
    public string? ClientToken { get; init; }

    /// <summary>When it was launched (UTC).</summary>
    public required DateTimeOffset LaunchedAt { get; init; }

    /// <summary>When it runs (UTC).</summary>
    public required DateTimeOffset RunningAt { get; init; }

    /// <summary>When calls find its id (UTC).</summary>
    public required DateTimeOffset VisibleAt { get; init; }

    /// <summary>When its termination is complete (UTC), or null when nobody asked for it.</summary>
    public DateTimeOffset? TerminatedAt { get; set; }

    /// <summary>Its tags.</summary>
    public Dictionary<string, string> Tags { get; init; } = new(StringComparer.Ordinal);

    /// <summary>The state at a moment.</summary>
    public InstanceState State(DateTimeOffset now) =>
        TerminatedAt is { } terminated ? now >= terminated ? InstanceState.Terminated : InstanceState.ShuttingDown
        : now >= RunningAt ? InstanceState.Running : InstanceState.Pending;
}
