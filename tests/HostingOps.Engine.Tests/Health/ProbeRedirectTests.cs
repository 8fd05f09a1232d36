using HostingOps.Engine.Health;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.Health;

/// <summary>Redirects as servers really send them.</summary>
public sealed class ProbeRedirectTests : IDisposable
{
    private readonly SiteProber prober = new(TimeProvider.System);

    public void Dispose() => prober.Dispose();

    private Task<SiteHealth> ProbeAsync(LoopbackServer server, HealthCheckPolicy? check = null) =>
        prober.ProbeAsync(HealthSamples.Site(check), HealthSamples.Host("do-1", server.Port), HealthTarget.Primary, CancellationToken.None);

    [Fact]
    public async Task A_redirect_within_the_site_stays_on_the_pinned_address()
    {
        await using var server = LoopbackServer.Answering(request =>
            request.Target == "/" ? LoopbackServer.Redirect("/de/?a=b#top", "302 Found")
            : request.Host == "www.acme.example" ? LoopbackServer.Redirect("http://acmelaw.example/final")
            : LoopbackServer.Ok());

        var health = await ProbeAsync(server);

        Assert.Equal(SiteStatus.Healthy, health.Status);
        Assert.Equal(2, health.Redirects);
        Assert.Equal("http://acmelaw.example/final", health.Url);
        Assert.Equal(["www.acme.example/", "www.acme.example/de/?a=b", "acmelaw.example/final"], server.Requests.Select(request => request.Host + request.Target));
        Assert.Equal($"127.0.0.1:{server.Port}", health.AddressProbed);
    }

    [Fact]
    public async Task The_way_up_to_https_connects_to_the_host_s_https_port_with_the_site_s_name()
    {
        using var certificates = new TestCertificates();
        using var folder = new TemporaryFolder();
        await using var secure = LoopbackServer.Answering(_ => LoopbackServer.Ok(), certificates.For("www.acme.example"));
        await using var plain = LoopbackServer.Answering(_ => LoopbackServer.Redirect("https://www.acme.example/"));
        var host = HealthSamples.Host("do-1") with
        {
            ConnectTo = new Dictionary<int, string> { [80] = $"127.0.0.1:{plain.Port}", [443] = $"localhost:{secure.Port}" },
        };

        var health = await prober.ProbeAsync(
            HealthSamples.Site(HealthSamples.Http with { CaFile = folder.Write("root.pem", certificates.RootPem) }), host, HealthTarget.Primary, CancellationToken.None);

        // The check begins in http, but its caFile holds wherever it leads.
        Assert.Equal("Answers 200.", health.Reason);
        Assert.Equal(SiteStatus.Healthy, health.Status);
        Assert.Equal("www.acme.example", Assert.Single(secure.ServerNames));
        Assert.NotNull(health.Timings.Resolve);
    }

    [Fact]
    public async Task Round_in_a_circle_is_down()
    {
        await using var server = LoopbackServer.Answering(request =>
            LoopbackServer.Redirect(request.Host == "www.acme.example" ? "http://acme.example/" : "http://www.acme.example/"));

        var health = await ProbeAsync(server);

        Assert.Equal(SiteStatus.Down, health.Status);
        Assert.Contains("in a circle", health.Reason, StringComparison.Ordinal);
        Assert.Equal(1, health.Redirects);
        Assert.Equal(["HEAD", "HEAD", "GET", "GET"], server.Requests.Select(request => request.Method));
    }

    [Fact]
    public async Task More_redirects_than_the_check_allows_is_down()
    {
        await using var server = LoopbackServer.Answering(request => LoopbackServer.Redirect(request.Target + "x"));

        var health = await ProbeAsync(server, HealthSamples.Http with { MaxRedirects = 3 });

        Assert.Equal(SiteStatus.Down, health.Status);
        Assert.Equal(3, health.Redirects);
        Assert.Contains("after 3 redirects", health.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task As_many_redirects_as_the_check_allows_are_followed()
    {
        await using var server = LoopbackServer.Answering(request =>
            request.Target.Length < 4 ? LoopbackServer.Redirect(request.Target + "x", "307 Temporary Redirect") : LoopbackServer.Ok());

        var health = await ProbeAsync(server, HealthSamples.Http with { MaxRedirects = 3 });

        Assert.Equal(SiteStatus.Healthy, health.Status);
        Assert.Equal(3, health.Redirects);
    }

    [Fact]
    public async Task Off_the_site_s_own_names_is_degraded_and_the_stranger_is_never_asked()
    {
        await using var stranger = LoopbackServer.Answering(_ => LoopbackServer.Ok());
        await using var server = LoopbackServer.Answering(_ => LoopbackServer.Redirect($"http://127.0.0.1:{stranger.Port}/parked"));

        var health = await ProbeAsync(server);

        Assert.Equal(SiteStatus.Degraded, health.Status);
        Assert.Contains("off the site's own names", health.Reason, StringComparison.Ordinal);
        Assert.Equal(301, health.StatusCode);
        Assert.Equal(0, stranger.Connections);
    }

    [Fact]
    public async Task From_https_down_to_http_is_degraded_and_not_followed()
    {
        using var certificates = new TestCertificates();
        using var folder = new TemporaryFolder();
        await using var server = LoopbackServer.Answering(_ => LoopbackServer.Redirect("http://www.acme.example/"), certificates.For("www.acme.example"));
        var check = new HealthCheckPolicy { Timeout = HealthSamples.Patience, CaFile = folder.Write("root.pem", certificates.RootPem) };

        var health = await prober.ProbeAsync(
            HealthSamples.Site(check), HealthSamples.Host("do-1", server.Port, at: 443), HealthTarget.Primary, CancellationToken.None);

        Assert.Equal(SiteStatus.Degraded, health.Status);
        Assert.Contains("from https down to http", health.Reason, StringComparison.Ordinal);
        Assert.Equal("https://www.acme.example/", health.Url);
    }

    [Fact]
    public async Task A_redirect_to_nowhere_is_degraded()
    {
        await using var server = LoopbackServer.Answering(_ => LoopbackServer.Status("302 Found"));

        var health = await ProbeAsync(server);

        Assert.Equal(SiteStatus.Degraded, health.Status);
        Assert.Contains("without saying where to go", health.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirect_that_only_HEAD_gets_does_not_count()
    {
        await using var server = LoopbackServer.Answering(request =>
            request.IsHead ? LoopbackServer.Redirect("http://login.elsewhere.example/") : LoopbackServer.Ok());

        var health = await ProbeAsync(server);

        Assert.Equal(SiteStatus.Healthy, health.Status);
        Assert.Equal("GET", health.Method);
    }

    [Fact]
    public async Task An_expected_redirect_elsewhere_is_healthy()
    {
        await using var server = LoopbackServer.Answering(_ => LoopbackServer.Redirect("https://shop.elsewhere.example/"));

        var health = await ProbeAsync(server, HealthSamples.Http with { ExpectStatus = [new StatusRange(301, 301)] });

        Assert.Equal(SiteStatus.Healthy, health.Status);
    }
}
