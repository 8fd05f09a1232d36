using HostingOps.Engine;

namespace HostingOps.Cmdlets.Completion;

/// <summary>Completes host names.</summary>
public sealed class HostNameCompleter : InventoryCompleter
{
    private protected override IEnumerable<(string Name, string Hint)> NamesIn(HostingWorkspace workspace) =>
        workspace.Inventory.Hosts.Values.Select(host => (host.Name, $"{host.Provider}: {host.Cname ?? host.Address ?? host.AddressV6}"));
}
