namespace HostingOps.Sandbox.Route53;

/// <summary>The order of ListResourceRecordSets: reversed labels, then type, then set identifier. Equal keys are the same record set.</summary>
internal sealed class RecordSetOrder : IComparer<RecordSet>
{
    /// <summary>The one instance.</summary>
    public static RecordSetOrder Instance { get; } = new();

    /// <inheritdoc/>
    public int Compare(RecordSet? x, RecordSet? y)
    {
        var byName = string.CompareOrdinal(x?.Name.SortKey, y?.Name.SortKey);
        var byType = byName != 0 ? byName : string.CompareOrdinal(x?.Type, y?.Type);
        return byType != 0 ? byType : string.CompareOrdinal(x?.SetIdentifier, y?.SetIdentifier);
    }
}
