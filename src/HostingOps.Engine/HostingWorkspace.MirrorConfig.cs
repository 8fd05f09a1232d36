using HostingOps.Engine.Mirror.Serving;
using HostingOps.Engine.WebServers;

namespace HostingOps.Engine;

/// <content>The configuration of the web servers that serve mirrors.</content>
public sealed partial class HostingWorkspace
{
    /// <summary>A configuration for each secondary host of sites with a mirror, judged by the real server when this machine has it.</summary>
    /// <param name="sites">The sites, or null for all; those without a mirror are left out.</param>
    /// <param name="hostName">The only host, or null for all.</param>
    /// <param name="format">The server.</param>
    /// <param name="mapHash">Whether nginx's sizes of maps are set; otherwise something before it in the same block does.</param>
    /// <param name="test">Whether the server is asked.</param>
    /// <param name="cancellationToken">Ends the test.</param>
    /// <exception cref="HostingException">MirrorConfigInvalid, HostNotFound. That the server refuses it is a result, not an exception.</exception>
    public async Task<IReadOnlyList<SiteMirrorConfig>> CreateMirrorConfigsAsync(
        IReadOnlyList<HostedSite>? sites, string? hostName, WebServerFormat format, bool mapHash, bool test, CancellationToken cancellationToken)
    {
        var host = hostName is null ? null : Inventory.Sites
            .SelectMany(static site => new[] { site.Primary.Name, site.Secondary.Name })
            .FirstOrDefault(name => string.Equals(name, hostName, StringComparison.OrdinalIgnoreCase)) ?? hostName;
        List<SiteMirrorConfig> configs = [];
        foreach (var table in MirrorConfigTable.Create(sites ?? Inventory.Sites, host))
        {
            var (text, checksum) = MirrorConfigs.Write(format, table, mapHash: mapHash);
            configs.Add(new SiteMirrorConfig
            {
                HostName = table.HostName,
                Format = format,
                Text = text,
                Checksum = checksum,
                SiteNames = table.Sites.Select(static site => site.Name).ToList(),
                Names = table.Sites.SelectMany(static site => site.Names).Order(StringComparer.Ordinal).ToList(),
                IsHttps = table.IsHttps,
                InventoryPath = Inventory.Path,
                Test = test
                    ? await new ServerConfigTester(options.Time).TestAsync(
                        format, "hostingops-mirrors.conf", listeners => MirrorConfigs.Write(format, table, listeners).Text, cancellationToken).ConfigureAwait(false)
                    : new ServerConfigTest { Outcome = ServerConfigTestOutcome.Skipped, Reason = "It was not asked for." },
            });
        }

        return configs;
    }
}
