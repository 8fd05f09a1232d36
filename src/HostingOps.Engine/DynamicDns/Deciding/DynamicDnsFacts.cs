namespace HostingOps.Engine.DynamicDns.Deciding;

/// <summary>All that the decision on one record and one address family rests on.</summary>
internal sealed record DynamicDnsFacts
{
    /// <summary>What the inventory says.</summary>
    public required DynamicDnsRecord Settings { get; init; }

    /// <summary>What the sources say.</summary>
    public required PublicIpAddress Observed { get; init; }

    /// <summary>The observations in a row, this one included; null when nothing is believed.</summary>
    public Settling? Settling { get; init; }

    /// <summary>Every record set of the name.</summary>
    public IReadOnlyList<DnsRecordSet> Stored { get; init; } = [];

    /// <summary>The inventory's id, or null.</summary>
    public string? Owner { get; init; }

    /// <summary>The record sets that say whose the record is; empty when it is nobody's.</summary>
    public IReadOnlyList<DnsRecordSet> Claim { get; init; } = [];

    /// <summary>The address that this machine last wrote or found in order; null in the first run.</summary>
    public string? Known { get; init; }

    /// <summary>When this machine last wrote, or may have.</summary>
    public DateTimeOffset? LastWrite { get; init; }

    /// <summary>The uplink with the observed address, or null.</summary>
    public UplinkSettings? Uplink { get; init; }

    /// <summary>Conditions that may be passed although they refuse.</summary>
    public IReadOnlyList<DynamicDnsGateName> Overrides { get; init; } = [];

    /// <summary>The time.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>A or AAAA.</summary>
    public string Type => Observed.AddressFamily == PublicAddressFamily.IPv4 ? "A" : "AAAA";

    /// <summary>The record set of that type, or null.</summary>
    public DnsRecordSet? Present => Stored.FirstOrDefault(set => set.Type == Type);

    /// <summary>Whether the record is as wanted already.</summary>
    public bool ChangesNothing => Observed.Address is { } address && Present is { IsSimple: true, Values: [var only] } set && Same(only, address) && set.Ttl == Settings.Ttl;

    /// <summary>Whether two spellings are one address (RFC 5952).</summary>
    public static bool Same(string left, string right) =>
        System.Net.IPAddress.TryParse(left, out var one) && System.Net.IPAddress.TryParse(right, out var other) && one.Equals(other);
}
