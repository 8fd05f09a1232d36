namespace HostingOps.Sandbox.Ec2;

/// <summary>What one instance is launched with, checked.</summary>
internal sealed record LaunchDemand
{
    /// <summary>The reservation.</summary>
    public required string ReservationId { get; init; }

    /// <summary>The image.</summary>
    public required string ImageId { get; init; }

    /// <summary>The type.</summary>
    public required string Type { get; init; }

    /// <summary>The subnet, which decides the zone.</summary>
    public required string SubnetId { get; init; }

    /// <summary>The key pair, or null.</summary>
    public string? KeyName { get; init; }

    /// <summary>Security groups.</summary>
    public IReadOnlyList<string> SecurityGroups { get; init; } = [];

    /// <summary>Network interfaces, one or more.</summary>
    public int Interfaces { get; init; } = 1;

    /// <summary>The client token, or null.</summary>
    public string? ClientToken { get; init; }

    /// <summary>The user data, decoded.</summary>
    public ReadOnlyMemory<byte> UserData { get; init; }

    /// <summary>Tags.</summary>
    public IEnumerable<KeyValuePair<string, string>> Tags { get; init; } = [];

    /// <summary>Whether it has been running for long, as what is there at the start of a rehearsal.</summary>
    public bool IsOld { get; init; }
}
