using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using HostingOps.Sandbox.Tests.World;

namespace HostingOps.Sandbox.Tests.Sites;

public sealed class Sites_of_a_sandbox : IAsyncLifetime
{
    private RehearsalSandbox sandbox = null!;

    public async Task InitializeAsync() => sandbox = await QuickSandbox.StartAsync();

    public async Task DisposeAsync() => await sandbox.DisposeAsync();

    [Theory]
    [InlineData("acme", "do-1")]
    [InlineData("acme", "li-1")]
    [InlineData("cafe", "home-1")]
    public async Task A_site_answers_on_both_its_hosts_with_a_trusted_certificate(string site, string host)
    {
        using var answer = await GetAsync(host, $"https://www.{site}.example/any?page=1");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal([host], answer.Headers.GetValues("X-Sandbox-Host"));
        Assert.Contains($"This is {site} on {host}.", await answer.Content.ReadAsStringAsync());
        using var plain = await GetAsync(host, $"http://www.{site}.example/");
        Assert.Equal(HttpStatusCode.OK, plain.StatusCode);
    }

    [Fact]
    public async Task A_site_with_an_international_name_is_found_by_the_name_that_TLS_sends()
    {
        var inventory = SampleInventory.Create();
        await using var other = await QuickSandbox.StartAsync(
            inventory with { Sites = [inventory.Sites[0] with { Domain = "xn--bcher-kva.example", Aliases = ["xn--p1b6ci4b4b3a.example"] }] }, QuickSandbox.Options);
        foreach (var name in new[] { "www.xn--bcher-kva.example", "xn--bcher-kva.example", "www.xn--p1b6ci4b4b3a.example" })
        {
            var (certificate, errors) = await CertificateAsync("do-1", name, other);
            Assert.Equal(SslPolicyErrors.None, errors);
            Assert.True(certificate.MatchesHostname(name));
        }

        var (stranger, mismatch) = await CertificateAsync("do-1", "www.xn--mnchen-3ya.example", other);
        Assert.False(stranger.MatchesHostname("www.xn--bcher-kva.example"));
        Assert.Equal(SslPolicyErrors.RemoteCertificateNameMismatch, mismatch);
    }

    [Fact]
    public async Task A_site_lives_on_no_host_but_its_two()
    {
        using var answer = await GetAsync("home-1", "http://www.acme.example/");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        await Assert.ThrowsAsync<HttpRequestException>(() => GetAsync("home-1", "https://www.acme.example/"));
    }

    [Theory]
    [InlineData("https://acme.example/a?b=c", "https://www.acme.example/a?b=c")]
    [InlineData("http://acmelaw.example/", "http://www.acme.example/")]
    public async Task Bare_domains_and_aliases_lead_to_www(string from, string to)
    {
        using var answer = await GetAsync("do-1", from);
        Assert.Equal(HttpStatusCode.MovedPermanently, answer.StatusCode);
        Assert.Equal(to, answer.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task A_check_s_own_port_and_body_text_are_served()
    {
        using var answer = await GetAsync("li-1", "https://www.bakery.example:8443/");
        Assert.Contains("fresh <bread> daily", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_fault_is_of_one_site_on_one_host()
    {
        sandbox.SetFault("acme", "do-1", SandboxFault.ServiceUnavailable);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await GetAsync("do-1", "https://www.acme.example/")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync("li-1", "https://www.acme.example/")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync("do-1", "https://www.bakery.example/")).StatusCode);
        sandbox.SetFault("acme", null, SandboxFault.ServiceUnavailable);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await GetAsync("li-1", "https://www.acme.example/")).StatusCode);
        sandbox.SetFault("acme", null, SandboxFault.None);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync("do-1", "https://www.acme.example/")).StatusCode);
    }

    [Theory]
    [InlineData("http")]
    [InlineData("https")]
    public async Task A_reset_site_breaks_the_connection_and_a_silent_one_keeps_it_waiting(string scheme)
    {
        sandbox.SetFault("acme", "do-1", SandboxFault.Reset);
        await Assert.ThrowsAsync<HttpRequestException>(() => GetAsync("do-1", scheme + "://www.acme.example/"));
        foreach (var fault in new[] { SandboxFault.Silent, SandboxFault.Slow })
        {
            sandbox.SetFault("acme", "do-1", fault);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => GetAsync("do-1", scheme + "://www.acme.example/", TimeSpan.FromMilliseconds(500)));
        }
    }

    [Fact]
    public async Task Certificates_can_be_expired_or_another_s()
    {
        sandbox.SetFault("acme", "do-1", SandboxFault.ExpiredCertificate);
        var (expired, errors) = await CertificateAsync("do-1", "www.acme.example");
        Assert.True(expired.NotAfter.ToUniversalTime() < DateTime.UtcNow);
        Assert.True(expired.MatchesHostname("www.acme.example"));
        Assert.Equal(SslPolicyErrors.RemoteCertificateChainErrors, errors);

        sandbox.SetFault("acme", "do-1", SandboxFault.WrongCertificate);
        (var wrong, errors) = await CertificateAsync("do-1", "www.acme.example");
        Assert.False(wrong.MatchesHostname("www.acme.example"));
        Assert.Equal(SslPolicyErrors.RemoteCertificateNameMismatch, errors);
    }

    [Fact]
    public async Task A_stopped_host_refuses_and_comes_back_on_the_same_ports_without_faults()
    {
        using var open = new TcpClient();
        var target = IPEndPoint.Parse(sandbox.Inventory.Hosts["do-1"].ConnectTo[80]);
        await open.ConnectAsync(target);
        sandbox.SetFault("acme", "do-1", SandboxFault.ServiceUnavailable);
        sandbox.StopHost("do-1");
        sandbox.StopHost("do-1");
        Assert.Equal(["do-1"], sandbox.StoppedHosts);
        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => GetAsync("do-1", "https://www.acme.example/"));
        Assert.Equal(SocketError.ConnectionRefused, Assert.IsType<SocketException>(refused.InnerException).SocketErrorCode);
        await Assert.ThrowsAsync<IOException>(async () => await open.GetStream().ReadExactlyAsync(new byte[1]));
        Assert.Equal(HttpStatusCode.OK, (await GetAsync("li-1", "https://www.acme.example/")).StatusCode);

        sandbox.StartHost("do-1");
        Assert.Empty(sandbox.StoppedHosts);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync("do-1", "https://www.acme.example/")).StatusCode);
    }

    private SocketsHttpHandler Pinned(string host, RehearsalSandbox? other = null) => new()
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        SslOptions = new SslClientAuthenticationOptions
        {
            CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
                CustomTrustStore = { X509CertificateLoader.LoadCertificateFromFile((other ?? sandbox).Inventory.Sites[0].Check.CaFile!) },
            },
        },
        ConnectCallback = async (context, cancellationToken) =>
        {
            var target = IPEndPoint.Parse((other ?? sandbox).Inventory.Hosts[host].ConnectTo[context.DnsEndPoint.Port]);
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(target, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        },
    };

    private async Task<HttpResponseMessage> GetAsync(string host, string url, TimeSpan? timeout = null)
    {
        using var client = new HttpClient(Pinned(host)) { Timeout = timeout ?? TimeSpan.FromSeconds(20) };
        return await client.GetAsync(url);
    }

    private async Task<(X509Certificate2 Certificate, SslPolicyErrors Errors)> CertificateAsync(string host, string name, RehearsalSandbox? other = null)
    {
        X509Certificate2? seen = null;
        var problems = SslPolicyErrors.None;
        using var handler = Pinned(host, other);
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, errors) =>
        {
            seen = X509CertificateLoader.LoadCertificate(certificate!.GetRawCertData());
            problems = errors;
            return true;
        };
        using var client = new HttpClient(handler);
        using var answer = await client.GetAsync($"https://{name}/");
        return (seen!, problems);
    }
}
