using HostingOps.Engine.State;

namespace HostingOps.Engine.Failover;

/// <summary>
/// The operation that an undo takes back, when it was cut off and never ended: an operator may take it back instead of
/// resuming it, and nobody must resume it afterwards.
/// </summary>
internal sealed class UnfinishedOriginal(FailoverJournal journal)
{
    /// <summary>Whether the operation that the plan takes back has not ended on its site.</summary>
    public bool IsOpen(SiteFailoverPlan plan) => plan.UndoOf is { } id
        && journal.FindOperation(id)?.Sites.FirstOrDefault(site => site.SiteName == plan.SiteName) is { Resumable: true };

    /// <summary>Ends it as switched: the undo that has been begun takes it from here.</summary>
    public void EndAsTakenBack(SiteFailoverPlan plan, string undoId) => journal.Finish(
        plan.UndoOf!,
        plan.SiteName,
        FailoverOutcome.SwitchedWithWarnings,
        $"Cut off after the records were switched; operation {undoId} takes it back.",
        ErrorIds.Interrupted,
        null);

    /// <summary>Ends it as not switched: there is nothing to take back. Hooks that ran are in the journal and stay as they are.</summary>
    public void EndAsGivenUp(SiteFailoverPlan plan, string by) => journal.Finish(
        plan.UndoOf!,
        plan.SiteName,
        FailoverOutcome.Failed,
        $"Cut off before the records were switched, and given up by {by}.",
        ErrorIds.Interrupted,
        null);
}
