using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Security;
using HostingOps.Sandbox.Http;

namespace HostingOps.Sandbox.Sites;

/// <summary>A host of the inventory: one HTTP and one HTTPS port on loopback that serve all its sites by name.</summary>
internal sealed class SandboxHost : IAsyncDisposable
{
    private readonly SiteHost host;
    private readonly SiteDirectory directory;
    private readonly HashSet<string> siteNames;
    private readonly SiteFaults faults;
    private readonly SandboxAuthority authority;
    private readonly TimeProvider timeProvider;
    private readonly ConcurrentDictionary<(string Name, SandboxFault Kind), Lazy<SslStreamCertificateContext>> certificates = new();
    private readonly HttpRoom http;
    private readonly HttpRoom https;
    private volatile bool isOn;

    /// <summary>Reserves the ports.</summary>
    public SandboxHost(SiteHost host, IReadOnlyList<HostedSite> sites, SiteFaults faults, SandboxAuthority authority, TimeProvider timeProvider)
    {
        this.host = host;
        this.faults = faults;
        this.authority = authority;
        this.timeProvider = timeProvider;
        directory = new SiteDirectory(sites);
        siteNames = sites.Select(site => site.Name).ToHashSet(StringComparer.Ordinal);
        var pages = new SitePages(host, directory, faults, timeProvider);
        http = new HttpRoom(pages.AnswerAsync, null, new HttpLimits(), timeProvider);
        https = new HttpRoom(pages.AnswerAsync, ChooseCertificateAsync, new HttpLimits(), timeProvider);
        ConnectTo = Ports(sites);
    }

    /// <summary>The host's name in the inventory.</summary>
    public string Name => host.Name;

    /// <summary>The host as the inventory has it.</summary>
    public SiteHost Public => host;

    /// <summary>Whether it serves.</summary>
    public bool IsOn => isOn;

    /// <summary>Where a connection to each public port goes.</summary>
    public IReadOnlyDictionary<int, string> ConnectTo { get; }

    /// <summary>Whether the site is one of this host's.</summary>
    public bool Serves(string siteName) => siteNames.Contains(siteName);

    /// <summary>The site of that name on this host, or null.</summary>
    public HostedSite? Find(string? hostName) => directory.Find(hostName);

    /// <summary>Switches it on.</summary>
    public void Start()
    {
        http.Start();
        https.Start();
        isOn = true;
    }

    /// <summary>Switches it off: connections are refused, open ones are reset.</summary>
    public void Stop()
    {
        isOn = false;
        http.Stop();
        https.Stop();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        isOn = false;
        await http.DisposeAsync().ConfigureAwait(false);
        await https.DisposeAsync().ConfigureAwait(false);
        foreach (var certificate in certificates.Values.Where(certificate => certificate.IsValueCreated))
        {
            certificate.Value.TargetCertificate.Dispose();
        }
    }

    private Dictionary<int, string> Ports(IReadOnlyList<HostedSite> sites)
    {
        var ports = new Dictionary<int, string> { [80] = At(http), [443] = At(https) };
        foreach (var check in sites.Select(site => site.Check).Where(check => check.Port is not null))
        {
            ports.TryAdd(check.Port!.Value, At(check.Scheme == "http" ? http : https));
        }

        return ports;
    }

    private static string At(HttpRoom room) => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{room.Port}");

    private async ValueTask<SslServerAuthenticationOptions> ChooseCertificateAsync(
        SslStream stream, SslClientHelloInfo hello, object? state, CancellationToken cancellationToken)
    {
        var site = directory.FindByServerName(hello.ServerName);
        var fault = site is null ? SandboxFault.None : faults[site.Name, host.Name];
        if (fault == SandboxFault.Silent)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, timeProvider, cancellationToken).ConfigureAwait(false);
        }

        if (fault == SandboxFault.Reset)
        {
            throw new IOException("The site resets its connections.");
        }

        var kind = fault is SandboxFault.ExpiredCertificate or SandboxFault.WrongCertificate ? fault : SandboxFault.None;
        var context = certificates.GetOrAdd(
            (site?.Name ?? "", kind),
            static (key, scope) => new Lazy<SslStreamCertificateContext>(() => scope.Host.Issue(scope.Site, key.Kind)),
            (Host: this, Site: site));
        return new SslServerAuthenticationOptions { ServerCertificateContext = context.Value, ClientCertificateRequired = false };
    }

    private SslStreamCertificateContext Issue(HostedSite? site, SandboxFault kind) => authority.Issue(
        site is null || kind == SandboxFault.WrongCertificate ? [$"{host.Name}.hostingops-sandbox.test".ToLowerInvariant()] : SiteDirectory.NamesOf(site),
        kind == SandboxFault.ExpiredCertificate);
}
