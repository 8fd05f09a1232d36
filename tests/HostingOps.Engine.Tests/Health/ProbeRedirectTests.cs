using System.Globalization;
using System.Net;
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
            : request.Host == "www.acme.example" ? LoopbackServer.Redirect("http://www.acmelaw.example/final")
            : LoopbackServer.Ok());

        var health = await ProbeAsync(server);

        Assert.Equal(SiteStatus.Healthy, health.Status);
        Assert.Equal(2, health.Redirects);
        Assert.Equal("http://www.acmelaw.example/final", health.Url);
        Assert.Equal(["www.acme.example/", "www.acme.example/de/?a=b", "www.acmelaw.example/final"], server.Requests.Select(request => request.Host + request.Target));
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
            LoopbackServer.Redirect(request.Host == "www.acme.example" ? "http://www.acmelaw.example/" : "http://www.acme.example/"));

        var health = await ProbeAsync(server);

        Assert.Equal(SiteStatus.Down, health.Status);
        Assert.Contains("in a circle", health.Reason, StringComparison.Ordinal);
        Assert.Equal(1, health.Redirects);
        Assert.Equal(["HEAD", "HEAD", "GET", "GET"], server.Requests.Select(request => request.Method));
    }

    [Fact]
    public async Task A_host_that_leads_to_the_bare_domain_is_degraded_and_never_asked_for_it()
    {
        await using var server = LoopbackServer.Answering(request =>
            request.Host == "www.acme.example" ? LoopbackServer.Redirect("http://acme.example/") : LoopbackServer.Ok());

        var health = await ProbeAsync(server);

        Assert.Equal(SiteStatus.Degraded, health.Status);
        Assert.Contains("bare domain, http://acme.example/", health.Reason, StringComparison.Ordinal);
        Assert.Equal(301, health.StatusCode);
        Assert.All(server.Requests, request => Assert.Equal("www.acme.example", request.Host));
    }

    [Fact]
    public async Task The_public_name_is_followed_to_the_bare_domain_where_visitors_really_go()
    {
        await using var server = LoopbackServer.Answering(request =>
            request.Host.StartsWith("www.", StringComparison.Ordinal)
                ? LoopbackServer.Redirect("http://" + request.Host["www.".Length..] + "/")
                : LoopbackServer.Ok());
        var names = new FixedResolver(_ => [IPAddress.Loopback]);
        using var visitor = new SiteProber(TimeProvider.System, names);

        var health = await visitor.ProbeAsync(
            HealthSamples.Site(HealthSamples.Http with { Port = server.Port }), null, HealthTarget.Public, CancellationToken.None);

        // The server sends the port along in Host.
        Assert.Equal((SiteStatus.Healthy, 1), (health.Status, health.Redirects));
        Assert.Equal(["www.acme.example", "acme.example"], names.Asked);
    }

    [Fact]
    public async Task A_cookie_that_opens_the_same_address_makes_no_circle()
    {
        await using var server = LoopbackServer.Answering(request =>
            request.Headers.TryGetValue("Cookie", out var cookie) && cookie.Contains("seen=1", StringComparison.Ordinal)
                ? LoopbackServer.Ok()
                : "HTTP/1.1 302 Found\r\nSet-Cookie: seen=1; Path=/\r\nLocation: /\r\nContent-Length: 0\r\n\r\n");

        var first = await ProbeAsync(server);
        var second = await ProbeAsync(server);

        Assert.Equal((SiteStatus.Healthy, 1), (first.Status, first.Redirects));

        // Nothing is remembered from one probe to the next.
        Assert.Equal((SiteStatus.Healthy, 1), (second.Status, second.Redirects));
    }

    [Fact]
    public async Task A_circle_that_sets_the_same_cookie_every_time_is_down()
    {
        await using var server = LoopbackServer.Answering(_ =>
            "HTTP/1.1 302 Found\r\nSet-Cookie: seen=1; Path=/\r\nLocation: /\r\nContent-Length: 0\r\n\r\n");

        var health = await ProbeAsync(server);

        Assert.Equal(SiteStatus.Down, health.Status);
        Assert.Contains("in a circle", health.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("seen", health.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cookies_go_to_nobody_but_whom_they_are_for()
    {
        await using var server = LoopbackServer.Answering(request => request.Host == "www.acme.example"
            ? "HTTP/1.1 302 Found\r\nSet-Cookie: mine=1\r\nSet-Cookie: theirs=1; Domain=example\r\nSet-Cookie: ;;=\r\n"
                + "Location: http://www.acmelaw.example/\r\nContent-Length: 0\r\n\r\n"
            : LoopbackServer.Ok());

        var health = await ProbeAsync(server);

        Assert.Equal(SiteStatus.Healthy, health.Status);
        Assert.DoesNotContain("Cookie", server.Requests.Last().Headers.Keys);
    }

    [Fact]
    public async Task More_redirects_than_the_check_allows_is_degraded_for_a_browser_has_more_patience()
    {
        await using var server = LoopbackServer.Answering(request => LoopbackServer.Redirect(request.Target + "x"));

        var health = await ProbeAsync(server, HealthSamples.Http with { MaxRedirects = 3 });

        Assert.Equal(SiteStatus.Degraded, health.Status);
        Assert.Equal(3, health.Redirects);
        Assert.Contains("after 3 redirects", health.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_check_that_expects_a_redirect_and_follows_none_is_healthy_even_in_a_circle()
    {
        await using var server = LoopbackServer.Answering(_ => LoopbackServer.Redirect("/"));

        var health = await ProbeAsync(server, HealthSamples.Http with { MaxRedirects = 0, ExpectStatus = [new StatusRange(301, 301)] });

        Assert.Equal(SiteStatus.Healthy, health.Status);
    }

    [Fact]
    public async Task A_Location_of_any_length_makes_a_reason_that_can_be_read()
    {
        await using var server = LoopbackServer.Answering(_ => LoopbackServer.Redirect("http://user:pass@elsewhere.example/" + new string('a', 20_000)));

        var health = await ProbeAsync(server);

        Assert.Equal(SiteStatus.Degraded, health.Status);
        Assert.True(health.Reason.Length < 500, health.Reason.Length.ToString(CultureInfo.InvariantCulture));
        Assert.DoesNotContain("pass", health.Reason, StringComparison.Ordinal);
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
