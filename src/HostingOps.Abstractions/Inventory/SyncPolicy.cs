namespace HostingOps;

/// <summary>How much of the zone one sync may update or delete. What it creates is not counted.</summary>
public sealed record SyncPolicy
{
    /// <summary>Existing record sets that one sync may update or delete, at most. Default 50.</summary>
    public int MaxChanges { get; init; } = 50;

    /// <summary>The same as a share of the zone's record sets, in percent. Default 30. Looked at only in a zone with 10 or more.</summary>
    public int MaxPercent { get; init; } = 30;

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{MaxChanges} record sets or {MaxPercent}%");
}
