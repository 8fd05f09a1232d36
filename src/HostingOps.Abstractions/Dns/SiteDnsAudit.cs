namespace HostingOps;

/// <summary>What the outside sees of one site's names, and what is wrong with it.</summary>
public sealed record SiteDnsAudit
{
    /// <summary>The site. Binds to -Name in a pipeline.</summary>
    public required string SiteName { get; init; }

    /// <summary>The bare domain.</summary>
    public required string Domain { get; init; }

    /// <summary>Our record, which the client's www should be a CNAME to.</summary>
    public required string Record { get; init; }

    /// <summary>The worst of <see cref="Findings"/>; Passed without any.</summary>
    public required SiteDnsStatus Status { get; init; }

    /// <summary>What was found, the worst first.</summary>
    public IReadOnlyList<SiteDnsFinding> Findings { get; init; } = [];

    /// <summary>The names from the client's www to the last one that CNAME records lead to, without trailing dots.</summary>
    public IReadOnlyList<string> Chain { get; init; } = [];

    /// <summary>The addresses at the end of the chain.</summary>
    public IReadOnlyList<string> Addresses { get; init; } = [];

    /// <summary>The highest TTL of our record in seconds, as its name servers say it; null when there is none.</summary>
    public long? RecordTtl { get; init; }

    /// <summary>The highest TTL in the chain in seconds; null when www does not lead over our record.</summary>
    public long? LongestTtl { get; init; }

    /// <summary>
    /// How long a switch takes to reach resolvers that keep each record by its own TTL (RFC 1035 §3.2.1): our record's TTL.
    /// Null when www does not lead over our record, so that no switch reaches its visitors.
    /// </summary>
    public TimeSpan? SwitchTime => LongestTtl is null || RecordTtl is not { } ttl ? null : TimeSpan.FromSeconds(ttl);

    /// <summary>
    /// How long a switch takes to reach everyone, those too who keep a whole answer by one TTL: the longest TTL of the chain.
    /// Null when no switch reaches the visitors of www.
    /// </summary>
    public TimeSpan? WorstCaseSwitchTime => LongestTtl is { } ttl ? TimeSpan.FromSeconds(ttl) : null;

    /// <summary>When it was audited (UTC).</summary>
    public required DateTimeOffset CheckedAt { get; init; }

    /// <summary>The inventory file. Binds to -InventoryPath in a pipeline.</summary>
    public string? InventoryPath { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{SiteName}: {Status}";
}
