using HostingOps.Engine;
using HostingOps.Engine.Failover;

namespace HostingOps.Cmdlets.Completion;

/// <summary>Completes the ids of the newest operations in the journal.</summary>
public sealed class OperationIdCompleter : InventoryCompleter
{
    private const int Newest = 100;

    private protected override IEnumerable<(string Name, string Hint)> NamesIn(HostingWorkspace workspace, CompletionLine line) =>
        workspace.GetHistory(new HistoryFilter { First = Newest, ResumableOnly = line.IsOf("Resume-SiteFailover") })
            .GroupBy(entry => entry.OperationId)
            .Select(operation => (operation.Key, Hint(operation.First(), [.. operation.Select(entry => entry.SiteName)])));

    private static string Hint(FailoverHistoryEntry entry, string[] sites) => FormattableString.Invariant(
        $"{entry.StartedAt.UtcDateTime:yyyy-MM-dd HH:mm}Z, {entry.Kind} of {string.Join(", ", sites)}: {entry.Outcome}");
}
