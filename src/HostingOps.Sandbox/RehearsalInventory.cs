using System.Net;

namespace HostingOps.Sandbox;

/// <summary>Turns an inventory into the one that is used in the sandbox: same sites, same names, other endpoints.</summary>
internal static class RehearsalInventory
{
    /// <summary>The inventory with every endpoint on loopback.</summary>
    /// <param name="inventory">The inventory to rehearse.</param>
    /// <param name="endpoints">Where the sandbox is.</param>
    /// <param name="keepHooksAndNotifications">Whether what reaches out of the sandbox stays.</param>
    public static HostingInventory From(HostingInventory inventory, SandboxEndpoints endpoints, bool keepHooksAndNotifications)
    {
        var hosts = inventory.Hosts.ToDictionary(
            host => host.Key, host => host.Value with { ConnectTo = endpoints.ConnectTo[host.Key] }, StringComparer.Ordinal);
        return inventory with
        {
            Path = endpoints.InventoryPath,
            Aws = inventory.Aws with { Profile = null, EndpointUrl = endpoints.AwsUrl },

            // The sandbox has one zone of that name, under an id of its own.
            ZoneId = null,
            NameServers = [endpoints.NameServer],
            DnsAudit = inventory.DnsAudit with { Resolvers = [], Roots = [endpoints.NameServer], Port = IPEndPoint.Parse(endpoints.NameServer).Port },
            VerifyDns = true,
            Hosts = hosts,
            Sites = inventory.Sites.Select(site => site with
            {
                Primary = hosts[site.Primary.Name],
                Secondary = hosts[site.Secondary.Name],
                Check = site.Check with { CaFile = endpoints.CaFile },
                Hooks = keepHooksAndNotifications ? site.Hooks : new SiteHooks(),
                InventoryPath = endpoints.InventoryPath,
            }).ToList(),
            Policy = inventory.Policy.ObserverChecks.Count == 0
                ? inventory.Policy
                : inventory.Policy with { ObserverChecks = [endpoints.ObserverUrl] },
            Apex = inventory.Apex is { } apex ? Rehearsed(apex, endpoints) : null,

            // Real witnesses see the real hosts, and would speak against every rehearsed failover.
            Witnesses = keepHooksAndNotifications ? inventory.Witnesses : null,
            Notifications = keepHooksAndNotifications ? inventory.Notifications : [],
        };
    }

    // The account's own images are not in the sandbox, and the real redirector is not to be reached. What logs in to an instance
    // finds its nginx and systemctl, and must call no other program of this machine.
    private static ApexSettings Rehearsed(ApexSettings apex, SandboxEndpoints endpoints)
    {
        var rehearsed = apex with
        {
            Ssh = null,
            ConnectTo = endpoints.ApexConnectTo,
            Instance = apex.Instance.Image.StartsWith("ami-", StringComparison.Ordinal)
                ? apex.Instance with { Image = ApexInstanceSettings.Default.Image, User = apex.Instance.LoginUser }
                : apex.Instance,
        };
        return endpoints.SshUser is not { } sshUser
            ? rehearsed
            : rehearsed with { Test = ["nginx", "-t"], Reload = ["systemctl", "reload", "nginx"], Instance = rehearsed.Instance with { User = sshUser } };
    }
}
