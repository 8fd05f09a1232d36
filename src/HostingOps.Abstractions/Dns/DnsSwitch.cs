namespace HostingOps;

/// <summary>One site's change of records: a compare-and-swap from what was seen to what is wanted.</summary>
public sealed record DnsSwitch
{
    /// <summary>The site.</summary>
    public required string SiteName { get; init; }

    /// <summary>The record's full name.</summary>
    public required string Record { get; init; }

    /// <summary>The record sets that must be there, exactly, for the change to happen. Empty: there must be none.</summary>
    public required IReadOnlyList<DnsRecordSet> Before { get; init; }

    /// <summary>The record sets afterwards. Empty: none.</summary>
    public required IReadOnlyList<DnsRecordSet> After { get; init; }

    /// <summary>
    /// The operation that the zone's marker named when <see cref="Before"/> was read, or null: a marker that still names
    /// it did not cause a conflict.
    /// </summary>
    public string? MarkerSeen { get; init; }

    /// <summary>Whether there is nothing to do.</summary>
    public bool IsEmpty => Before.Count == After.Count && Before.All(After.Contains);

    /// <inheritdoc/>
    public override string ToString() => $"{Record}: {Join(Before)} -> {Join(After)}";

    private static string Join(IReadOnlyList<DnsRecordSet> records) => records.Count == 0 ? "none" : string.Join(" + ", records);
}
