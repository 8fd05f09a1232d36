using System.Net;
using System.Net.Sockets;
using HostingOps.Engine.Health;

namespace HostingOps.Engine.Tests.Health;

/// <summary>Where probes connect: pinned, overridden, by name, over both families; and what it means when they can't.</summary>
public sealed class ProbeRouteTests
{
    private static async Task<SiteHealth> ProbeAsync(HostedSite site, SiteHost? host, IAddressResolver? resolver = null)
    {
        using var prober = new SiteProber(TimeProvider.System, resolver);
        return await prober.ProbeAsync(site, host, host is null ? HealthTarget.Public : HealthTarget.Primary, CancellationToken.None);
    }

    private static HealthCheckPolicy AtPort(int port) => HealthSamples.Http with { Port = port };

    [Fact]
    public async Task Two_hosts_of_one_site_probed_at_once_are_never_mixed_up()
    {
        await using var first = LoopbackServer.Answering(_ => LoopbackServer.Ok());
        await using var second = LoopbackServer.Answering(_ => LoopbackServer.Status("503 Dead"));
        using var prober = new SiteProber(TimeProvider.System);
        var site = HealthSamples.Site();
        var hosts = new[] { HealthSamples.Host("do-1", first.Port), HealthSamples.Host("li-1", second.Port) };

        var all = await Task.WhenAll(Enumerable.Range(0, 400).Select(i =>
            Task.Run(() => prober.ProbeAsync(site, hosts[i % 2], HealthTarget.All, CancellationToken.None))));

        Assert.All(all, health => Assert.Equal(health.HostName == "do-1" ? SiteStatus.Healthy : SiteStatus.Down, health.Status));
        Assert.Equal(200, first.Connections);
    }

    [Fact]
    public async Task A_dead_listener_is_seen_at_once_after_a_good_probe()
    {
        using var prober = new SiteProber(TimeProvider.System);
        var server = LoopbackServer.Answering(_ => LoopbackServer.Ok());
        var host = HealthSamples.Host("do-1", server.Port);
        var before = await prober.ProbeAsync(HealthSamples.Site(), host, HealthTarget.Primary, CancellationToken.None);
        await server.DisposeAsync();

        var after = await prober.ProbeAsync(HealthSamples.Site(), host, HealthTarget.Primary, CancellationToken.None);

        Assert.Equal(SiteStatus.Healthy, before.Status);
        Assert.Equal(SiteStatus.Down, after.Status);
        Assert.Equal(ProbePhase.Connect, after.FailedPhase);
    }

    [Fact]
    public async Task A_refused_connection_is_down_in_the_connect_phase_and_not_tried_by_GET()
    {
        using var closed = HealthSamples.ClosedPort(out var port);

        var health = await ProbeAsync(HealthSamples.Site(), HealthSamples.Host("do-1", port));

        Assert.Equal(SiteStatus.Down, health.Status);
        Assert.Equal(ProbePhase.Connect, health.FailedPhase);
        Assert.Equal($"127.0.0.1:{port} refuses connections.", health.Reason);
        Assert.Equal("HEAD", health.Method);
        Assert.Null(health.StatusCode);
        Assert.Null(health.Timings.FirstByte);
    }

    [Fact]
    public async Task A_listener_that_accepts_nothing_more_is_down_in_the_connect_phase()
    {
        // A full backlog swallows further SYNs, as a firewall that drops does.
        using var full = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        full.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        full.Listen(1);
        var endpoint = (IPEndPoint)full.LocalEndPoint!;
        var held = new List<Socket>();
        try
        {
            SiteHealth health;
            do
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
                held.Add(socket);
                _ = socket.ConnectAsync(endpoint);
                health = await ProbeAsync(
                    HealthSamples.Site(HealthSamples.Http with { Timeout = TimeSpan.FromSeconds(1) }), HealthSamples.Host("do-1", endpoint.Port));
            }
            while (health.FailedPhase != ProbePhase.Connect && held.Count < 8);

            Assert.Equal(SiteStatus.Down, health.Status);
            Assert.Equal(ProbePhase.Connect, health.FailedPhase);
            Assert.Contains("does not answer a connection within 1 s", health.Reason, StringComparison.Ordinal);
        }
        finally
        {
            held.ForEach(socket => socket.Dispose());
        }
    }

    [SkippableFact]
    public async Task An_IPv6_host_is_probed_over_IPv6()
    {
        Skip.IfNot(Socket.OSSupportsIPv6 && LocalRoute.Exists(IPAddress.IPv6Loopback), "no IPv6 loopback here");
        await using var server = LoopbackServer.Answering(_ => LoopbackServer.Ok(), address: IPAddress.IPv6Loopback);

        var health = await ProbeAsync(
            HealthSamples.Site(AtPort(server.Port)), new SiteHost { Name = "six", Provider = "six", AddressV6 = "::1" });

        Assert.Equal(SiteStatus.Healthy, health.Status);
        Assert.Equal($"[::1]:{server.Port}", health.AddressProbed);
        Assert.Equal($"www.acme.example:{server.Port}", server.Requests.Single().Host);
    }

    [SkippableFact]
    public async Task A_dual_stack_host_is_degraded_by_IPv6_alone_and_down_by_IPv4()
    {
        Skip.IfNot(Socket.OSSupportsIPv6 && LocalRoute.Exists(IPAddress.IPv6Loopback), "no IPv6 loopback here");
        var dual = new SiteHost { Name = "dual", Provider = "dual", Address = "127.0.0.1", AddressV6 = "::1" };
        await using var onlyV4 = LoopbackServer.Answering(_ => LoopbackServer.Ok());
        await using var onlyV6 = LoopbackServer.Answering(_ => LoopbackServer.Ok(), address: IPAddress.IPv6Loopback);

        var degraded = await ProbeAsync(HealthSamples.Site(AtPort(onlyV4.Port)), dual);
        var down = await ProbeAsync(HealthSamples.Site(AtPort(onlyV6.Port)), dual);

        Assert.Equal(SiteStatus.Degraded, degraded.Status);
        Assert.Contains("IPv6", degraded.Reason, StringComparison.Ordinal);
        Assert.Equal(SiteStatus.Down, down.Status);
        Assert.Equal(1, onlyV6.Connections);
    }

    [Fact]
    public async Task The_public_name_is_resolved_and_every_address_is_tried()
    {
        await using var server = LoopbackServer.Answering(_ => LoopbackServer.Ok());
        var resolver = new FixedResolver(_ => [IPAddress.Parse("127.0.0.3"), IPAddress.Loopback]);

        var health = await ProbeAsync(HealthSamples.Site(AtPort(server.Port)), null, resolver);

        Assert.Equal(SiteStatus.Healthy, health.Status);
        Assert.Equal("www.acme.example", Assert.Single(resolver.Asked));
        Assert.Equal($"127.0.0.1:{server.Port}", health.AddressProbed);
        Assert.Null(health.HostName);
        Assert.NotNull(health.Timings.Resolve);
    }

    [Fact]
    public async Task A_host_known_by_a_CNAME_is_resolved_by_it_and_asked_for_the_site()
    {
        await using var server = LoopbackServer.Answering(_ => LoopbackServer.Ok());
        var resolver = new FixedResolver(_ => [IPAddress.Loopback]);

        var health = await ProbeAsync(
            HealthSamples.Site(AtPort(server.Port)), new SiteHost { Name = "cdn", Provider = "cdn", Cname = "edge.cdn.example." }, resolver);

        Assert.Equal(SiteStatus.Healthy, health.Status);
        Assert.Equal("edge.cdn.example", Assert.Single(resolver.Asked));
        Assert.Equal($"www.acme.example:{server.Port}", server.Requests.Single().Host);
    }

    [Theory]
    [InlineData(SocketError.HostNotFound, SiteStatus.Down)]
    [InlineData(SocketError.NoData, SiteStatus.Down)]
    [InlineData(SocketError.TryAgain, SiteStatus.Unknown)]
    [InlineData(SocketError.NoRecovery, SiteStatus.Unknown)]
    public async Task A_name_without_address_is_down_but_a_lookup_that_fails_is_unknown(SocketError error, SiteStatus expected)
    {
        var health = await ProbeAsync(HealthSamples.Site(), null, FixedResolver.Failing(error));

        Assert.Equal(expected, health.Status);
        Assert.Equal(ProbePhase.Resolve, health.FailedPhase);
        Assert.Contains("www.acme.example", health.Reason, StringComparison.Ordinal);
        Assert.Null(health.AddressProbed);
    }

    [Theory]
    [InlineData(null, "has no address")]
    [InlineData("203.0.113.300", "203.0.113.300")]
    public async Task A_host_without_a_usable_address_is_unknown(string? address, string reason)
    {
        var health = await ProbeAsync(HealthSamples.Site(), new SiteHost { Name = "odd", Provider = "odd", Address = address });

        Assert.Equal(SiteStatus.Unknown, health.Status);
        Assert.Contains(reason, health.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nonsense:port")]
    [InlineData(":8080")]
    [InlineData("localhost:99999")]
    public async Task A_connectTo_that_can_not_be_read_is_unknown(string connectTo)
    {
        var host = HealthSamples.Host("do-1") with { ConnectTo = new Dictionary<int, string> { [80] = connectTo } };

        var health = await ProbeAsync(HealthSamples.Site(), host);

        Assert.Equal(SiteStatus.Unknown, health.Status);
        Assert.Contains(connectTo, health.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_international_domain_goes_out_in_its_ASCII_form()
    {
        await using var server = LoopbackServer.Answering(request =>
            request.Target == "/" ? LoopbackServer.Redirect("http://www.bücher.example/aktuell/ü") : LoopbackServer.Ok());

        var health = await ProbeAsync(HealthSamples.Site(domain: "xn--bcher-kva.example"), HealthSamples.Host("do-1", server.Port));

        Assert.Equal(SiteStatus.Healthy, health.Status);
        Assert.Equal(["www.xn--bcher-kva.example/", "www.xn--bcher-kva.example/aktuell/%C3%BC"], server.Requests.Select(request => request.Host + request.Target));
    }

    [Fact]
    public async Task The_system_resolver_finds_localhost_and_says_when_a_name_does_not_exist()
    {
        var resolver = new SystemAddressResolver(1);

        Assert.Contains(await resolver.ResolveAsync("localhost", CancellationToken.None), IPAddress.IsLoopback);
        var error = await Assert.ThrowsAsync<SocketException>(async () => await resolver.ResolveAsync("nothing.invalid", CancellationToken.None));
        Assert.NotEqual(SocketError.Success, error.SocketErrorCode);

        // The one place was given back after the failure.
        Assert.NotEmpty(await resolver.ResolveAsync("localhost", CancellationToken.None).AsTask().WaitAsync(HealthSamples.Patience));
    }
}
