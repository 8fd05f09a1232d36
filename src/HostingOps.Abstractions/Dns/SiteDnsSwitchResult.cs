namespace HostingOps;

/// <summary>What Set-SiteDnsTarget did to one site.</summary>
public sealed record SiteDnsSwitchResult
{
    /// <summary>The site. Binds to -Name in a pipeline.</summary>
    public required string SiteName { get; init; }

    /// <summary>The record's full name.</summary>
    public required string Record { get; init; }

    /// <summary>The host that the record points to now.</summary>
    public required string HostName { get; init; }

    /// <summary>Whether anything was written.</summary>
    public required bool Changed { get; init; }

    /// <summary>The record sets before.</summary>
    public IReadOnlyList<DnsRecordSet> Before { get; init; } = [];

    /// <summary>The record sets after.</summary>
    public IReadOnlyList<DnsRecordSet> After { get; init; } = [];

    /// <summary>Route 53's change id, or null when nothing was written.</summary>
    public string? ChangeId { get; init; }

    /// <summary>The operation in the journal, with which Undo-SiteFailover takes it back; null when nothing was written.</summary>
    public string? OperationId { get; init; }

    /// <summary>Whether every authoritative server answers with the new records; null when they were not asked.</summary>
    public bool? Verified { get; init; }

    /// <summary>The inventory file. Binds to -InventoryPath in a pipeline.</summary>
    public string? InventoryPath { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{SiteName} -> {HostName}, {(Changed ? "changed" : "unchanged")}";
}
