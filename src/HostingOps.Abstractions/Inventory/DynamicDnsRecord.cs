namespace HostingOps;

/// <summary>A record that follows this machine's public address.</summary>
public sealed record DynamicDnsRecord
{
    /// <summary>Full name of the record, without trailing dot.</summary>
    public required string Record { get; init; }

    /// <summary>
    /// Where the address is asked for: <c>https://…</c>, <c>dns:name/type/class@server</c>, <c>interface:eth0</c>, or
    /// <c>command:["program","argument"]</c>.
    /// </summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>The address families that are followed. Default IPv4.</summary>
    public IReadOnlyList<PublicAddressFamily> Families { get; init; } = new[] { PublicAddressFamily.IPv4 };

    /// <summary>How many independent sources must agree. Default 2.</summary>
    public int Quorum { get; init; } = 2;

    /// <summary>For one source's answer. Default 5 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Observations in a row that must agree before a new address is written. Default 3.</summary>
    public int SettleCount { get; init; } = 3;

    /// <summary>The time that these observations must span. Default 2 min.</summary>
    public TimeSpan SettleTime { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The least time between two writes. Default 5 min.</summary>
    public TimeSpan Floor { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The record's TTL in seconds. Default 60.</summary>
    public int Ttl { get; init; } = 60;

    /// <summary>Whether http:// sources are asked, whose answers anybody on the way can write. Default false.</summary>
    public bool AllowHttp { get; init; }

    /// <summary>PEM file with roots to trust besides the machine's, for a router with a certificate of its own; relative to the inventory, or null.</summary>
    public string? CaFile { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Record;
}
