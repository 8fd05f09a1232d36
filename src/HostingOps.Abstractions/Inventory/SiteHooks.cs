namespace HostingOps;

/// <summary>Programs run around a switch, in this order: fence, promote, (the switch), after.</summary>
public sealed record SiteHooks
{
    /// <summary>Keeps the old host from serving or writing. On a failover its failure is a warning, for that host is dead; on a planned switch it stops the switch.</summary>
    public IReadOnlyList<Hook> Fence { get; init; } = [];

    /// <summary>Makes the standby ready to be live. Its failure stops the switch.</summary>
    public IReadOnlyList<Hook> Promote { get; init; } = [];

    /// <summary>Runs once the switch is verified. Its failure is a warning.</summary>
    public IReadOnlyList<Hook> After { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Fence.Count} fence, {Promote.Count} promote, {After.Count} after");
}
