using HostingOps.Engine.Apex.Checks;
using HostingOps.Engine.Apex.Publishing;
using HostingOps.Engine.Apex.Redirects;
using HostingOps.Engine.Aws;
using HostingOps.Engine.WebServers;

namespace HostingOps.Engine;

/// <content>The bare domains' redirector.</content>
public sealed partial class HostingWorkspace
{
    private bool IsRehearsal => Uri.TryCreate(Inventory.Aws.EndpointUrl, UriKind.Absolute, out var endpoint) && AwsEnvironment.IsLoopback(endpoint);

    private ApexRedirectSettings ApexRedirect => Inventory.Apex?.Redirect ?? ApexRedirectSettings.Default;

    /// <summary>Which names the apex redirector answers for, and where it sends each.</summary>
    /// <exception cref="HostingException">ApexRedirectInvalid.</exception>
    public ApexRedirectTable GetApexRedirects(IReadOnlyList<HostedSite>? sites = null) =>
        ApexRedirectTable.Create(sites ?? Inventory.Sites, ApexRedirect.WwwAliases);

    /// <summary>The redirector's configuration for all sites, or those given, judged by the real server when this machine has it.</summary>
    /// <param name="sites">The sites, or null for all.</param>
    /// <param name="format">The server.</param>
    /// <param name="test">Whether the server is asked.</param>
    /// <param name="cancellationToken">Ends the test.</param>
    /// <exception cref="HostingException">ApexRedirectInvalid. That the server refuses it is a result, not an exception.</exception>
    public async Task<ApexRedirectConfig> CreateApexRedirectConfigAsync(
        IReadOnlyList<HostedSite>? sites, WebServerFormat format, bool test, CancellationToken cancellationToken)
    {
        var table = GetApexRedirects(sites);
        var (text, checksum) = RedirectConfigs.Write(format, table, ApexRedirect);
        return new ApexRedirectConfig
        {
            Format = format,
            Text = text,
            Checksum = checksum,
            Redirects = table.Redirects,
            SiteCount = table.SiteCount,
            InventoryPath = Inventory.Path,
            Test = test
                ? await new ServerConfigTester(options.Time).TestAsync(format, table, ApexRedirect, cancellationToken).ConfigureAwait(false)
                : new ServerConfigTest { Outcome = ServerConfigTestOutcome.Skipped, Reason = "It was not asked for." },
        };
    }

    /// <summary>
    /// Tests how the redirector answers for each bare domain and alias, pinned to one address; results come as they are made, in
    /// no order, one for each name and scheme.
    /// </summary>
    /// <param name="sites">The sites, or null for all.</param>
    /// <param name="options">Which address, and how.</param>
    /// <param name="cancellationToken">Ends the testing.</param>
    /// <exception cref="HostingException">ApexNotConfigured, ApexRedirectInvalid, InvalidArgument.</exception>
    public IAsyncEnumerable<ApexRedirectTest> TestApexRedirectsAsync(
        IReadOnlyList<HostedSite>? sites, ApexRedirectTestOptions options, CancellationToken cancellationToken) =>
        new ApexRedirectTester(Inventory, IsRehearsal, reporter, this.options.Time).TestAsync(
            sites ?? Inventory.Sites, GetApexRedirects(sites), options, cancellationToken);

    /// <summary>Plans a publish of the redirector's configuration for all sites, by reading only.</summary>
    /// <exception cref="HostingException">ApexNotConfigured, ApexRedirectInvalid, InvalidArgument, ApexPublishFailed, SshConnectionFailed, SshHostKeyRejected.</exception>
    public Task<ApexPublishPlan> PlanPublishAsync(ApexPublishOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new ApexPublishPlanner(Inventory, this.options.Time).PlanAsync(GetApexRedirects(), options, cancellationToken);
    }

    /// <summary>Carries a publish out. What went wrong after the beginning is in the result.</summary>
    /// <exception cref="HostingException">SshConnectionFailed, SshHostKeyRejected, ApexPublishFailed: nothing was changed.</exception>
    public Task<ApexPublishResult> PublishAsync(ApexPublishPlan plan, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return new ApexPublisher(Inventory, reporter, options.Time).PublishAsync(plan, cancellationToken);
    }
}
