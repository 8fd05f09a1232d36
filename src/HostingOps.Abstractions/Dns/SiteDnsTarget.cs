namespace HostingOps;

/// <summary>Which host a site's record points to, as Route 53 says it.</summary>
public sealed record SiteDnsTarget
{
    /// <summary>The site. Binds to -Name in a pipeline.</summary>
    public required string SiteName { get; init; }

    /// <summary>The record's full name, without trailing dot.</summary>
    public required string Record { get; init; }

    /// <summary>The hosted zone's name.</summary>
    public required string Zone { get; init; }

    /// <summary>The hosted zone's id, without <c>/hostedzone/</c>.</summary>
    public required string ZoneId { get; init; }

    /// <summary>How the record relates to the inventory.</summary>
    public required DnsTargetState State { get; init; }

    /// <summary>Name of the host that the record points to, or null when it points to neither.</summary>
    public string? ActiveHost { get; init; }

    /// <summary>Name of the site's other host, or null when the active one is not known.</summary>
    public string? StandbyHost { get; init; }

    /// <summary>The address record sets of the name (A, AAAA, CNAME) as stored.</summary>
    public IReadOnlyList<DnsRecordSet> RecordSets { get; init; } = [];

    /// <summary>The highest TTL of the record sets in seconds: how long resolvers may keep the old answer.</summary>
    public long? Ttl { get; init; }

    /// <summary>One sentence when the state is not a plain primary or secondary, else null.</summary>
    public string? Reason { get; init; }

    /// <summary>The inventory file. Binds to -InventoryPath in a pipeline.</summary>
    public string? InventoryPath { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{SiteName}: {State}{(ActiveHost is null ? "" : $" ({ActiveHost})")}";
}
