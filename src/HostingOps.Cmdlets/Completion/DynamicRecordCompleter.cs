using HostingOps.Engine;

namespace HostingOps.Cmdlets.Completion;

/// <summary>Completes the names of the inventory's dynamic records.</summary>
public sealed class DynamicRecordCompleter : InventoryCompleter
{
    private protected override IEnumerable<(string Name, string Hint)> NamesIn(HostingWorkspace workspace, CompletionLine line) =>
        workspace.Inventory.DynamicDns.Select(static record => (record.Record, string.Join(", ", record.Sources)));
}
