using HostingOps.Engine.State;

namespace HostingOps.Engine.Failover;

/// <summary>
/// The operation that an undo takes back, when it was cut off and never ended: an operator may take it back instead of
/// resuming it, and nobody must resume it afterwards.
/// </summary>
internal sealed class UnfinishedOriginal(FailoverJournal journal)
{
    /// <summary>The sites on which the operation has not ended: one reading for all of them. None when there is no operation.</summary>
    public IReadOnlySet<string> OpenSites(string? operationId) => operationId is null
        ? new HashSet<string>()
        : journal.History(new HistoryFilter { OperationId = operationId, ResumableOnly = true, First = int.MaxValue })
            .Where(entry => entry.OperationId == operationId)
            .Select(static entry => entry.SiteName)
            .ToHashSet(StringComparer.Ordinal);

    /// <summary>Ends it as switched: the undo that has been begun takes it from here.</summary>
    public void EndAsTakenBack(string operationId, IEnumerable<string> siteNames, string undoId) => End(
        operationId, siteNames, FailoverOutcome.SwitchedWithWarnings, $"Cut off after the records were switched; operation {undoId} takes it back.");

    /// <summary>Ends it as not switched: there is nothing to take back. Hooks that ran are in the journal and stay as they are.</summary>
    public void EndAsGivenUp(string operationId, IEnumerable<string> siteNames, string by) => End(
        operationId, siteNames, FailoverOutcome.Failed, $"Cut off before the records were switched, and given up by {by}.");

    private void End(string operationId, IEnumerable<string> siteNames, FailoverOutcome outcome, string reason)
    {
        var endings = siteNames.Select(name => new JournalEnding(name, outcome, reason, ErrorIds.Interrupted)).ToArray();
        if (endings.Length > 0)
        {
            journal.FinishMany(operationId, endings);
        }
    }
}
