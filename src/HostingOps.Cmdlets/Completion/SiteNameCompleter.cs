using HostingOps.Engine;

namespace HostingOps.Cmdlets.Completion;

/// <summary>Completes site names.</summary>
public sealed class SiteNameCompleter : InventoryCompleter
{
    private protected override IEnumerable<(string Name, string Hint)> NamesIn(HostingWorkspace workspace, CompletionLine line) =>
        workspace.Inventory.Sites.Select(site => (site.Name, $"{site.Domain}: {site.Primary.Name}, then {site.Secondary.Name}"));
}
