using System.Collections;
using System.Management.Automation;
using System.Net;
using HostingOps.Cmdlets.Completion;
using HostingOps.Cmdlets.Pipeline;
using HostingOps.Engine.Apex.Checks;
using HostingOps.Engine.Dns;

namespace HostingOps.Cmdlets.Commands.Apex;

/// <summary>Tests how the redirector answers for each bare domain, and whether the public DNS leads to it.</summary>
[Cmdlet(VerbsDiagnostic.Test, "ApexRedirect")]
[OutputType(typeof(ApexRedirectTest))]
public sealed class TestApexRedirectCommand : HostingInventoryCmdlet
{
    private readonly SiteRequests requests = new();
    private readonly Hashtable routes = [];

    /// <summary>Names of sites, with wildcards; all sites when not given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("SiteName", "Site")]
    [SiteNameTransformation]
    [ArgumentCompleter(typeof(SiteNameCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <summary>The address to ask; the inventory's Elastic IP when not given.</summary>
    [Parameter]
    [ValidateNotNull]
    public IPAddress? Address { get; set; }

    /// <summary>How the names are asked for.</summary>
    [Parameter]
    [ValidateSet("http", "https")]
    public string[] Scheme { get; set; } = ["http", "https"];

    /// <summary>Don't ask the public DNS.</summary>
    [Parameter]
    public SwitchParameter SkipDns { get; set; }

    /// <summary>The resolvers to ask, by address; this machine's own when not given.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? NameServer { get; set; }

    /// <summary>Tests under way at once, 1 to 1024.</summary>
    [Parameter]
    [ValidateRange(1, 1024)]
    public int ThrottleLimit { get; set; } = 32;

    /// <summary>Seconds for one request or question.</summary>
    [Parameter]
    [ValidateRange(1, 300)]
    public int TimeoutSec { get; set; } = 10;

    /// <summary>Where connections to public addresses go instead, by address:port, as a sandbox has it.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNull]
    public IDictionary? ConnectTo { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        requests.Add(InventoryPath, Name);
        foreach (DictionaryEntry route in ConnectTo ?? new Hashtable())
        {
            routes[route.Key] = route.Value;
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var options = Options();
        RunOnEach(requests.All, request => request.InventoryPath, async (request, workspace, work) =>
        {
            var sites = await request.SelectAsync(workspace, work).ConfigureAwait(false);
            if (sites.Count == 0 && request.Names is not null)
            {
                return;
            }

            await foreach (var test in workspace.TestApexRedirectsAsync(sites, options, work.Token).ConfigureAwait(false))
            {
                await work.WriteAsync(test).ConfigureAwait(false);
            }
        });
    }

    private ApexRedirectTestOptions Options()
    {
        try
        {
            return new ApexRedirectTestOptions
            {
                Address = Address?.ToString(),
                ConnectTo = ConnectToRoutes.Read(routes),
                Http = Scheme.Contains("http", StringComparer.OrdinalIgnoreCase),
                Https = Scheme.Contains("https", StringComparer.OrdinalIgnoreCase),
                CheckDns = !SkipDns,
                NameServers = (NameServer ?? []).Select(AuthoritativeServers.ParseEndpoint).ToList(),
                ThrottleLimit = ThrottleLimit,
                Timeout = TimeSpan.FromSeconds(TimeoutSec),
            };
        }
        catch (HostingException error)
        {
            ThrowTerminatingError(ErrorRecords.From(error));
            throw;
        }
    }
}
