using HostingOps.Engine;

namespace HostingOps.Cmdlets.Completion;

/// <summary>Completes host names: those of the sites named on the line, else all.</summary>
public sealed class HostNameCompleter : InventoryCompleter
{
    private protected override IEnumerable<(string Name, string Hint)> NamesIn(HostingWorkspace workspace, CompletionLine line)
    {
        var named = line.Texts("Name").ToHashSet(StringComparer.OrdinalIgnoreCase);
        var ofSites = workspace.Inventory.Sites.Where(site => named.Contains(site.Name))
            .SelectMany(site => new[] { site.Primary, site.Secondary }).DistinctBy(host => host.Name).ToList();
        return (ofSites.Count > 0 ? ofSites : workspace.Inventory.Hosts.Values)
            .Select(host => (host.Name, $"{host.Provider}: {host.Cname ?? host.Address ?? host.AddressV6}"));
    }
}
