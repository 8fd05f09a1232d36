using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using HostingOps.Engine.Health;
using HostingOps.Engine.Mirror.Parsing;

namespace HostingOps.Engine.Mirror.Crawling;

/// <summary>
/// How a crawl speaks HTTP: kept connections, HTTP/2 where it is offered, content codings undone, no redirects, proxy or cookies. The
/// site's own names lead to its primary host, whatever DNS says; every other name is looked up once, checked and connected to as checked.
/// </summary>
internal sealed class CrawlTransport : IDisposable
{
    private readonly HostedSite site;
    private readonly MirrorSettings settings;
    private readonly SiteNames names;
    private readonly bool isHttps;
    private readonly IAddressResolver resolver;
    private readonly X509Certificate2Collection? roots;
    private readonly TimeProvider clock;
    private readonly CrawlIdentity identity;
    private readonly HttpMessageInvoker own;
    private readonly HttpMessageInvoker others;
    private AddressGuard guard = new(originIsPrivate: false);
    private long wireBytes;
    private int requests;

    /// <summary>Opens nothing yet.</summary>
    public CrawlTransport(HostedSite site, IAddressResolver resolver, X509Certificate2Collection? roots, TimeProvider clock)
    {
        this.site = site;
        this.resolver = resolver;
        this.roots = roots;
        this.clock = clock;
        settings = site.Mirror ?? MirrorSettings.Default;
        names = new SiteNames(site);
        isHttps = SiteAddress.Origin(site).StartsWith("https:", StringComparison.Ordinal);
        identity = new CrawlIdentity(settings);
        own = new HttpMessageInvoker(NewHandler(ConnectOwnAsync, OwnTls()));
        others = new HttpMessageInvoker(NewHandler(ConnectOtherAsync, new SslClientAuthenticationOptions()));
    }

    /// <summary>Bytes sent and received, TLS and headers included.</summary>
    public long WireBytes => Interlocked.Read(ref wireBytes);

    /// <summary>Requests sent.</summary>
    public int Requests => Volatile.Read(ref requests);

    /// <summary>Asks, and returns once the answer's head is there.</summary>
    /// <param name="address">The absolute URL, sent as it is.</param>
    /// <param name="isOwn">Whether it is the site's own: only then the inventory's headers go with it.</param>
    /// <param name="previous">What an earlier answer may be compared by, or null.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<HttpResponseMessage> GetAsync(string address, bool isOwn, MirrorEntry? previous, CancellationToken cancellationToken)
    {
        var url = new Uri(address, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        if (isOwn != names.Contains(url.IdnHost))
        {
            throw new CrawlRefusedException($"{url.IdnHost} is {(isOwn ? "not " : "")}a name of the site");
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, url) { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionOrLower };
        request.Headers.TryAddWithoutValidation("User-Agent", identity.UserAgent);
        request.Headers.TryAddWithoutValidation("Accept", "*/*");
        if (previous?.ETag is { } tag)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", tag);
        }

        if (previous?.LastModified is { } modified)
        {
            request.Headers.TryAddWithoutValidation("If-Modified-Since", modified);
        }

        // A site whose pages are asked for by https is never given its secrets in the clear, wherever a redirect of it leads.
        if (isOwn && (url.Scheme == Uri.UriSchemeHttps || !isHttps))
        {
            foreach (var (name, value) in settings.Headers)
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }

        Interlocked.Increment(ref requests);
        return await (isOwn ? own : others).SendAsync(request, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        own.Dispose();
        others.Dispose();
    }

    private SocketsHttpHandler NewHandler(Func<SocketsHttpConnectionContext, CancellationToken, ValueTask<Stream>> connect, SslClientAuthenticationOptions tls) => new()
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Brotli | DecompressionMethods.Deflate,
        ActivityHeadersPropagator = null,
        MaxConnectionsPerServer = settings.Connections,
        MaxResponseHeadersLength = 64,
        ConnectTimeout = settings.Timeout,
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
        ResponseHeaderEncodingSelector = static (name, _) => name == "Location" ? Encoding.UTF8 : null,
        ConnectCallback = connect,
        SslOptions = tls,
    };

    private SslClientAuthenticationOptions OwnTls() => new()
    {
        CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        CertificateChainPolicy = CertificateInspection.ChainPolicy(roots, clock.GetUtcNow()),

        // Thrown here, a problem stays with its own connection: several fail at once, and each for its own reason.
        RemoteCertificateValidationCallback = (sender, certificate, chain, errors) => site.Check.Certificate != CertificatePolicy.Enforce
            || (CertificateInspection.Inspect(certificate, chain, errors, ((SslStream)sender).TargetHostName, clock.GetUtcNow()).Problem is { } problem ? throw new CrawlRefusedException(problem) : true),
    };

    private async ValueTask<Stream> ConnectOwnAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var (name, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var endpoints = new List<IPEndPoint>();
        foreach (var route in ProbeRoute.For(site.Primary, port, resolver))
        {
            endpoints.AddRange(await route.FindAsync(name, port, cancellationToken).ConfigureAwait(false));
        }

        if (endpoints.TrueForAll(static endpoint => AddressGuard.IsPrivate(endpoint.Address)))
        {
            guard = new AddressGuard(originIsPrivate: true);
        }

        return await ConnectAsync(endpoints, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<Stream> ConnectOtherAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var (name, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var addresses = IPAddress.TryParse(name, out var literal) ? [literal] : await resolver.ResolveAsync(name, cancellationToken).ConfigureAwait(false);
        foreach (var address in addresses)
        {
            if (guard.Refuse(address) is { } refusal)
            {
                throw new CrawlRefusedException($"{name} leads to {address}, {refusal}, and a public site's assets are not there");
            }
        }

        return await ConnectAsync([.. addresses.Select(address => new IPEndPoint(address, port))], cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<Stream> ConnectAsync(List<IPEndPoint> endpoints, CancellationToken cancellationToken)
    {
        for (var i = 0; ; i++)
        {
            var socket = new Socket(endpoints[i].AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(endpoints[i], cancellationToken).ConfigureAwait(false);
                return new WireStream(new NetworkStream(socket, ownsSocket: true), bytes => Interlocked.Add(ref wireBytes, bytes));
            }
            catch (SocketException) when (i < endpoints.Count - 1)
            {
                socket.Dispose();
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
    }
}
