namespace HostingOps;

/// <summary>
/// A change of record sets of a hosted zone that is made wholly or not at all: a compare-and-swap from what was seen to what
/// is wanted. It holds only the sets that differ, of one name, or of the few names that must change together.
/// </summary>
public sealed record DnsRecordChange
{
    /// <summary>The record's full name, without trailing dot; the first one when several change together.</summary>
    public required string Record { get; init; }

    /// <summary>The site that the record is of, or null.</summary>
    public string? SiteName { get; init; }

    /// <summary>The record sets that must be there, exactly, for the change to happen. Empty: there must be none.</summary>
    public required IReadOnlyList<DnsRecordSet> Before { get; init; }

    /// <summary>The record sets afterwards. Empty: none.</summary>
    public required IReadOnlyList<DnsRecordSet> After { get; init; }

    /// <summary>Why, in one sentence.</summary>
    public required string Reason { get; init; }

    /// <summary>Create, Update or Delete.</summary>
    public DnsChangeAction Action =>
        Before.Count == 0 ? DnsChangeAction.Create : After.Count == 0 ? DnsChangeAction.Delete : DnsChangeAction.Update;

    /// <inheritdoc/>
    public override string ToString() => $"{Action} {Record}: {Join(Before)} -> {Join(After)}";

    private static string Join(IReadOnlyList<DnsRecordSet> sets) => sets.Count == 0 ? "none" : string.Join(" + ", sets);
}
