using HostingOps.Engine;

namespace HostingOps.Cmdlets.Completion;

/// <summary>Completes the ids of recoveries of the redirector that have not ended.</summary>
public sealed class ApexOperationIdCompleter : InventoryCompleter
{
    private protected override IEnumerable<(string Name, string Hint)> NamesIn(HostingWorkspace workspace, CompletionLine line) =>
        workspace.UnfinishedApexRecoveries();
}
