using System.Management.Automation;
using HostingOps.Cmdlets.Completion;
using HostingOps.Cmdlets.Pipeline;
using HostingOps.Engine.Dns.Audit;

namespace HostingOps.Cmdlets.Commands.Dns;

/// <summary>Audits what the outside sees of sites' DNS.</summary>
[Cmdlet(VerbsDiagnostic.Test, "SiteDns")]
[OutputType(typeof(SiteDnsAudit), typeof(SiteDnsMessage))]
public sealed class TestSiteDnsCommand : HostingInventoryCmdlet
{
    private readonly SiteRequests requests = new();

    /// <summary>Names of sites, with wildcards; all sites when not given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("SiteName", "Site")]
    [SiteNameTransformation]
    [ArgumentCompleter(typeof(SiteNameCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <summary>The public resolvers to ask; the inventory's when not given, none with an empty list.</summary>
    [Parameter]
    [AllowEmptyCollection]
    [ValidateNotNull]
    public string[]? Resolver { get; set; }

    /// <summary>The certificate authorities, as CAA records name them; the inventory's when not given.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? CertificateAuthority { get; set; }

    /// <summary>Give messages for the clients instead of the audits.</summary>
    [Parameter]
    public SwitchParameter AsMessage { get; set; }

    /// <summary>Sites under way at once, 1 to 1024.</summary>
    [Parameter]
    [ValidateRange(1, 1024)]
    public int ThrottleLimit { get; set; } = 32;

    /// <summary>Seconds for one question.</summary>
    [Parameter]
    [ValidateRange(1, 300)]
    public int TimeoutSec { get; set; } = 5;

    /// <inheritdoc/>
    protected override void ProcessRecord() => requests.Add(InventoryPath, Name);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var options = new SiteDnsAuditOptions
        {
            Resolvers = Resolver,
            CertificateAuthorities = CertificateAuthority,
            ThrottleLimit = ThrottleLimit,
            Timeout = TimeSpan.FromSeconds(TimeoutSec),
        };
        RunOnEach(requests.All, request => request.InventoryPath, async (request, workspace, work) =>
        {
            var sites = await request.SelectAsync(workspace, work).ConfigureAwait(false);
            if (sites.Count == 0 && request.Names is not null)
            {
                return;
            }

            await foreach (var audit in workspace.AuditDnsAsync(sites, options, work.Token).ConfigureAwait(false))
            {
                if (!AsMessage)
                {
                    await work.WriteAsync(audit).ConfigureAwait(false);
                }
                else if (SiteDnsMessages.For(audit) is { } message)
                {
                    await work.WriteAsync(message).ConfigureAwait(false);
                }
            }
        });
    }
}
