using HostingOps.Engine.Dns;
using HostingOps.Engine.Dns.Audit;

namespace HostingOps.Engine;

/// <content>What the outside sees of the sites' names.</content>
public sealed partial class HostingWorkspace
{
    /// <summary>Audits the DNS of sites from outside; results come as they are made, in no order, one for each site. Reads only.</summary>
    /// <param name="sites">The sites.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Ends the auditing.</param>
    /// <exception cref="HostingException">InvalidArgument. Servers that do not answer are findings.</exception>
    public IAsyncEnumerable<SiteDnsAudit> AuditDnsAsync(IReadOnlyList<HostedSite> sites, SiteDnsAuditOptions options, CancellationToken cancellationToken) =>
        new SiteDnsAuditor(
            Inventory,
            new DnsClient(this.options.Time, reporter: reporter),
            System.Net.Dns.GetHostAddressesAsync,
            this.options.Random,
            reporter,
            this.options.Time).AuditAsync(sites, options, cancellationToken);
}
