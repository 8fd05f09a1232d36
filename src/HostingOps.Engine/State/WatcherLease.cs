namespace HostingOps.Engine.State;

/// <summary>
/// The right to be the one watcher of a state database: an <see cref="OperationLock"/> on something that is no site. A holder that
/// is gone from this machine loses it at once, one on another machine when it has run out.
/// </summary>
internal static class WatcherLease
{
    /// <summary>How long it holds unless renewed; it is renewed three times as often.</summary>
    public static readonly TimeSpan Duration = TimeSpan.FromSeconds(30);

    // No zone has an empty name, so no site's lock is ever meant.
    private const string NoZone = "";
    private const string Watcher = "watcher";

    /// <summary>Takes it.</summary>
    /// <exception cref="HostingException">WatcherBusy: another watcher has it. StateUnavailable, StateCorrupt.</exception>
    public static SiteLease Take(OperationLock locks, string runId, string databasePath)
    {
        ArgumentNullException.ThrowIfNull(locks);
        var lease = locks.TryAcquire(NoZone, Watcher, runId, OperatorIdentity.Current(), Duration, out var heldBy);
        return lease ?? throw new HostingException(
            ErrorIds.WatcherBusy,
            HostingErrorCategory.Conflict,
            databasePath,
            FormattableString.Invariant(
                $"Another watcher works with the state database '{databasePath}': {heldBy!.Holder}, process {heldBy.ProcessId}, since {heldBy.AcquiredAt:u}."),
            FormattableString.Invariant(
                $"Leave the work to it, or stop it first. If its machine is gone, its right ends at {heldBy.ExpiresAt:u}. A second watcher on one machine needs a state database of its own (${StateLocation.Variable})."));
    }

    /// <summary>Who has it now, or null.</summary>
    public static LockHolder? Holder(OperationLock locks) => locks.Holders(NoZone).FirstOrDefault(static holder => holder.SiteName == Watcher);

    /// <summary>The error of a watcher that has lost it.</summary>
    public static HostingException Lost(string databasePath, LockHolder? heldBy) => new(
        ErrorIds.WatcherBusy,
        HostingErrorCategory.Conflict,
        databasePath,
        heldBy is null
            ? FormattableString.Invariant($"The state database '{databasePath}' could not be written for {Duration.TotalSeconds:0} s, so another watcher may have begun; this one has ended.")
            : FormattableString.Invariant($"Another watcher has taken over the state database '{databasePath}': {heldBy.Holder}, process {heldBy.ProcessId}, since {heldBy.AcquiredAt:u}; this one has ended."),
        "Make sure that one watcher runs for each state database, and that its disk can be written.");
}
