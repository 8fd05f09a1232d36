namespace HostingOps.Engine.Watch.Automatic;

/// <summary>What the outcomes of operations mean to a watcher.</summary>
internal static class MoveOutcomes
{
    /// <summary>Whether the site was moved.</summary>
    public static bool IsMoved(FailoverResult result) => result.Outcome is FailoverOutcome.Succeeded or FailoverOutcome.SwitchedWithWarnings;
}
