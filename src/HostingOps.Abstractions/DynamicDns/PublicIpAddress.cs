namespace HostingOps;

/// <summary>This machine's public address of one family, as far as several sources agree on it.</summary>
public sealed record PublicIpAddress
{
    /// <summary>IPv4 or IPv6.</summary>
    public required PublicAddressFamily AddressFamily { get; init; }

    /// <summary>The address that is believed, or null. Unknown never acts.</summary>
    public string? Address { get; init; }

    /// <summary>The voices that an address needs.</summary>
    public required int Quorum { get; init; }

    /// <summary>The operators whose sources agree on it, each with one voice.</summary>
    public IReadOnlyList<string> AgreedBy { get; init; } = [];

    /// <summary>The operators whose sources name another address.</summary>
    public IReadOnlyList<string> OutvotedBy { get; init; } = [];

    /// <summary>What each source said.</summary>
    public IReadOnlyList<AddressAnswer> Answers { get; init; } = [];

    /// <summary>One sentence: who agrees, or why nothing is believed.</summary>
    public required string Reason { get; init; }

    /// <summary>The inventory's uplink with that address, or null.</summary>
    public string? Uplink { get; init; }

    /// <summary>When the sources were asked.</summary>
    public required DateTimeOffset CheckedAt { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Address ?? $"no {AddressFamily} address";
}
