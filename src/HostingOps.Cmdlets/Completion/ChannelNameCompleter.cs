using HostingOps.Engine;

namespace HostingOps.Cmdlets.Completion;

/// <summary>Completes the names of the inventory's notification channels.</summary>
public sealed class ChannelNameCompleter : InventoryCompleter
{
    private protected override IEnumerable<(string Name, string Hint)> NamesIn(HostingWorkspace workspace, CompletionLine line) =>
        workspace.Inventory.Notifications.Count == 0 ? [] : workspace.SelectChannels(null).Select(static channel => (channel.Name, channel.Channel.ToString()));
}
