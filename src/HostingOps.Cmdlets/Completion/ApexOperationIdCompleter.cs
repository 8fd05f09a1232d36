using HostingOps.Engine;
using HostingOps.Engine.State;

namespace HostingOps.Cmdlets.Completion;

/// <summary>Completes the ids of operations on the apex; for Restore-ApexRedirector, of those that it can go on with.</summary>
public sealed class ApexOperationIdCompleter : InventoryCompleter
{
    private const int Newest = 100;

    private protected override IEnumerable<(string Name, string Hint)> NamesIn(HostingWorkspace workspace, CompletionLine line) =>
        workspace.GetApexHistory(new ApexHistoryFilter { First = Newest, ResumableOnly = line.IsOf("Restore-ApexRedirector") })
            .Select(static entry => (entry.OperationId, FormattableString.Invariant(
                $"{entry.StartedAt.UtcDateTime:yyyy-MM-dd HH:mm}Z, {entry.Kind} of {entry.PublicIp} by {entry.By}: {entry.Outcome}")));
}
