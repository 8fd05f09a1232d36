using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using HostingOps.Engine.Mirror.Crawling;
using HostingOps.Engine.Tests.Health;

namespace HostingOps.Engine.Tests.Mirror.Crawling;

/// <summary>Sites behind TLS: crawled at their primary host by their own name, and only with a certificate that a check would take.</summary>
public sealed class CrawlTlsTests : IDisposable
{
    private readonly TestCertificates certificates = new();
    private readonly FixedResolver resolver = new(static _ => [IPAddress.Loopback]);
    private readonly MemoryMirrorRun run = new();

    public void Dispose() => certificates.Dispose();

    [SkippableFact]
    public async Task A_site_that_answers_by_TLS_alone_is_crawled_over_HTTP_2_at_its_primary_host_whatever_DNS_says()
    {
        const int pages = 120;
        using var server = new TlsSite();
        server.Page("index.html", string.Concat(Enumerable.Range(1, pages).Select(static page => $"<a href=\"https://www.acme.example/{page}.html\">{page}</a>\n")));
        foreach (var page in Enumerable.Range(1, pages))
        {
            server.Page($"{page}.html", $"<p>Page {page}</p>");
        }

        await server.StartAsync(certificates);

        Assert.Null(await CrawlAsync(server.Host, new HealthCheckPolicy { Scheme = "http" }, Roots));

        Assert.Empty(resolver.Asked);
        Assert.Equal(pages + 1, run.Urls(MirrorEntryKind.Page).Length);
        Assert.Empty(run.Urls(MirrorEntryKind.Failed));
        Assert.Equal("<a href=\"/1.html\">1</a>", run.Text("/").Split('\n')[0]);
        Assert.Contains("HTTP/2.0 www.acme.example /120.html", server.Asked);
        Assert.All(server.Asked, static line => Assert.StartsWith("HTTP/2.0 www.acme.example ", line, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("expired", "expired on")]
    [InlineData("early", "not valid before")]
    [InlineData("wrong name", "is for other.example, not for www.acme.example")]
    [InlineData("self-signed", "self-signed and not trusted")]
    [InlineData("unknown root", "Test root")]
    public async Task A_certificate_that_a_check_refuses_ends_the_crawl_before_anything_was_asked(string kind, string problem)
    {
        await using var server = LoopbackServer.Answering(static _ => LoopbackServer.Ok(), Certificate(kind));

        var ended = await CrawlAsync(HealthSamples.Host("do-1", server.Port, at: 443), new HealthCheckPolicy(), kind == "unknown root" ? null : Roots);

        Assert.Contains("robots.txt of www.acme.example cannot be read: ", ended, StringComparison.Ordinal);
        Assert.Contains(problem, ended, StringComparison.Ordinal);
        Assert.Equal("www.acme.example", Assert.Single(server.ServerNames));
        Assert.Empty(server.Requests);
        Assert.Empty(run.Urls(MirrorEntryKind.Page));
    }

    [Fact]
    public async Task A_bad_certificate_that_is_only_to_be_reported_is_taken_from_the_site_and_never_from_an_asset_host()
    {
        await using var assets = LoopbackServer.Answering(static _ => LoopbackServer.Ok(), certificates.For("cdn.example.net", selfSigned: true));
        await using var server = LoopbackServer.Answering(
            request => request.Target == "/robots.txt" ? LoopbackServer.Status("404 Not Found") : LoopbackServer.Ok($"<img src=\"https://cdn.example.net:{assets.Port}/a.png\">", "Content-Type: text/html\r\n"),
            Certificate("self-signed"));
        var cdn = string.Create(CultureInfo.InvariantCulture, $"cdn.example.net:{assets.Port}");

        Assert.Null(await CrawlAsync(HealthSamples.Host("do-1", server.Port, at: 443), new HealthCheckPolicy { Certificate = CertificatePolicy.Report }, Roots, cdn));

        Assert.Contains("/", run.Urls(MirrorEntryKind.Page));
        var picture = run[$"/.mirror/{cdn}/a.png"];
        Assert.Equal(MirrorEntryKind.Failed, picture.Kind);
        Assert.Contains("no TLS", picture.Reason, StringComparison.Ordinal);
        Assert.Empty(assets.Requests);
    }

    [Fact]
    public async Task A_problem_of_one_connection_is_not_told_of_another()
    {
        await using var server = LoopbackServer.Answering(static _ => LoopbackServer.Ok(), Certificate("expired"));
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var host = new SiteHost
        {
            Name = "do-1",
            Provider = "one",
            Address = "127.0.0.1",
            ConnectTo = new Dictionary<int, string> { [443] = $"127.0.0.1:{server.Port}", [8443] = other.LocalEndpoint.ToString()! },
        };
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        using var transport = new CrawlTransport(TestSites.Acme() with { Primary = host }, resolver, Roots, TimeProvider.System);

        Assert.Contains("expired on", await ReasonAsync("https://www.acme.example/"), StringComparison.Ordinal);
        var plain = ReasonAsync("https://www.acme.example:8443/");
        using (var visitor = await other.AcceptTcpClientAsync(limit.Token))
        {
            await visitor.GetStream().WriteAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray(), limit.Token);
            Assert.DoesNotContain("expired", await plain, StringComparison.Ordinal);
        }

        async Task<string> ReasonAsync(string address)
        {
            var error = await Assert.ThrowsAnyAsync<Exception>(() => transport.GetAsync(address, isOwn: true, null, limit.Token));
            Assert.True(CrawlFailure.IsOfRequest(error), error.ToString());
            return CrawlFailure.Explain(error, TimeSpan.FromSeconds(1)).Reason;
        }
    }

    [Fact]
    public async Task A_redirect_that_leaves_TLS_does_not_take_the_secrets_along()
    {
        await using var plain = LoopbackServer.Answering(static _ => LoopbackServer.Ok("a"));
        await using var server = LoopbackServer.Answering(
            static request => request.Target switch
            {
                "/" => LoopbackServer.Ok("<a href=/a>a</a>", "Content-Type: text/html\r\n"),
                "/a" => LoopbackServer.Redirect("http://www.acme.example/a"),
                _ => LoopbackServer.Status("404 Not Found"),
            },
            certificates.For("www.acme.example"));
        var host = new SiteHost
        {
            Name = "do-1",
            Provider = "one",
            Address = "127.0.0.1",
            ConnectTo = new Dictionary<int, string> { [443] = $"127.0.0.1:{server.Port}", [80] = $"127.0.0.1:{plain.Port}" },
        };

        Assert.Null(await CrawlAsync(host, new HealthCheckPolicy(), Roots, new Dictionary<string, string> { ["Authorization"] = "Bearer secret" }));

        Assert.Contains(plain.Requests, static request => request.Target == "/a");
        Assert.All(plain.Requests, static request => Assert.DoesNotContain("Authorization", request.Headers.Keys));
        Assert.All(server.Requests, static request => Assert.Equal("Bearer secret", request.Headers["Authorization"]));
    }

    private X509Certificate2Collection Roots
    {
        get
        {
            var roots = new X509Certificate2Collection();
            roots.ImportFromPem(certificates.RootPem);
            return roots;
        }
    }

    private X509Certificate2 Certificate(string kind) => kind switch
    {
        "expired" => certificates.For("www.acme.example", DateTimeOffset.UtcNow.AddDays(-90), DateTimeOffset.UtcNow.AddDays(-2)),
        "early" => certificates.For("www.acme.example", DateTimeOffset.UtcNow.AddDays(2)),
        "wrong name" => certificates.For("other.example"),
        "self-signed" => certificates.For("www.acme.example", selfSigned: true),
        _ => certificates.For("www.acme.example"),
    };

    private Task<string?> CrawlAsync(SiteHost host, HealthCheckPolicy check, X509Certificate2Collection? roots, params string[] assetHosts) =>
        CrawlAsync(host, check, roots, new Dictionary<string, string>(), assetHosts);

    private async Task<string?> CrawlAsync(
        SiteHost host, HealthCheckPolicy check, X509Certificate2Collection? roots, IReadOnlyDictionary<string, string> headers, params string[] assetHosts)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var site = TestSites.Acme() with { Primary = host, Check = check, Mirror = new MirrorSettings { RequestsPerSecond = null, AssetHosts = assetHosts, Headers = headers } };
        using var transport = new CrawlTransport(site, resolver, roots, TimeProvider.System);
        return await new MirrorCrawl(site, run, transport, new RecordingReporter(), TimeProvider.System).RunAsync(limit.Token);
    }
}
