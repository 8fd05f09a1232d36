using System.Security.Cryptography.X509Certificates;
using HostingOps.Engine.Health;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.Health;

/// <summary>TLS: the name sent, the certificate's dates, and what a bad one means.</summary>
public sealed class ProbeTlsTests : IDisposable
{
    private readonly SiteProber prober = new(TimeProvider.System);
    private readonly TestCertificates certificates = new();
    private readonly TemporaryFolder folder = new();

    public void Dispose()
    {
        prober.Dispose();
        certificates.Dispose();
        folder.Dispose();
    }

    private HealthCheckPolicy Https => new() { Timeout = HealthSamples.Patience, CaFile = folder.Write("root.pem", certificates.RootPem) };

    private static LoopbackServer Serve(X509Certificate2 certificate) => LoopbackServer.Answering(_ => LoopbackServer.Ok(), certificate);

    private Task<SiteHealth> ProbeAsync(LoopbackServer server, HealthCheckPolicy check) => prober.ProbeAsync(
        HealthSamples.Site(check), HealthSamples.Host("do-1", server.Port, at: 443), HealthTarget.Primary, CancellationToken.None);

    [Fact]
    public async Task A_good_certificate_is_healthy_and_its_end_is_told()
    {
        var until = DateTimeOffset.UtcNow.AddDays(60);
        await using var server = Serve(certificates.For("www.acme.example", notAfter: until));

        var health = await ProbeAsync(server, Https);

        Assert.Equal(SiteStatus.Healthy, health.Status);
        Assert.Null(health.CertificateProblem);
        Assert.Equal(until.ToUnixTimeSeconds(), health.CertificateExpires!.Value.ToUnixTimeSeconds());
        Assert.Equal(TimeSpan.Zero, health.CertificateExpires.Value.Offset);
        Assert.Equal("www.acme.example", Assert.Single(server.ServerNames));
        Assert.Equal("www.acme.example", Assert.Single(server.Requests).Host);
        Assert.Equal("https://www.acme.example/", health.Url);
        Assert.True(health.Timings.Tls > 0);
    }

    public static TheoryData<string, string> BadCertificates => new()
    {
        { "expired", "expired on" },
        { "early", "not valid before" },
        { "wrong name", "is for other.example, not for www.acme.example" },
        { "self-signed", "self-signed" },
    };

    private X509Certificate2 Bad(string kind) => kind switch
    {
        "expired" => certificates.For("www.acme.example", DateTimeOffset.UtcNow.AddDays(-90), DateTimeOffset.UtcNow.AddDays(-2)),
        "early" => certificates.For("www.acme.example", DateTimeOffset.UtcNow.AddDays(2)),
        "wrong name" => certificates.For("other.example"),
        _ => certificates.For("www.acme.example", selfSigned: true),
    };

    [Theory]
    [MemberData(nameof(BadCertificates))]
    public async Task A_certificate_that_browsers_refuse_is_down_with_its_end_still_told(string kind, string problem)
    {
        using var certificate = Bad(kind);
        await using var server = Serve(certificate);

        var health = await ProbeAsync(server, Https);

        Assert.Equal(SiteStatus.Down, health.Status);
        Assert.Equal(ProbePhase.Tls, health.FailedPhase);
        Assert.Contains(problem, health.CertificateProblem, StringComparison.Ordinal);
        Assert.Contains(problem, health.Reason, StringComparison.Ordinal);
        Assert.Equal(new DateTimeOffset(certificate.NotAfter.ToUniversalTime()), health.CertificateExpires);
        Assert.Single(server.ServerNames);
    }

    [Theory]
    [MemberData(nameof(BadCertificates))]
    public async Task A_bad_certificate_is_degraded_when_it_is_only_to_be_reported(string kind, string problem)
    {
        await using var server = Serve(Bad(kind));

        var health = await ProbeAsync(server, Https with { Certificate = CertificatePolicy.Report });

        Assert.Equal(SiteStatus.Degraded, health.Status);
        Assert.Equal(200, health.StatusCode);
        Assert.Contains(problem, health.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(BadCertificates))]
    public async Task A_bad_certificate_is_healthy_when_it_is_to_be_ignored_but_still_told(string kind, string problem)
    {
        await using var server = Serve(Bad(kind));

        var health = await ProbeAsync(server, Https with { Certificate = CertificatePolicy.Ignore });

        Assert.Equal(SiteStatus.Healthy, health.Status);
        Assert.NotNull(health.CertificateExpires);
        Assert.Contains(problem, health.CertificateProblem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_root_that_this_machine_does_not_know_is_not_trusted_without_a_ca_file()
    {
        await using var server = Serve(certificates.For("www.acme.example"));

        var health = await ProbeAsync(server, Https with { CaFile = null });

        Assert.Equal(SiteStatus.Down, health.Status);
        Assert.Contains("Test root", health.CertificateProblem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_near_its_end_is_degraded()
    {
        await using var server = Serve(certificates.For("www.acme.example", notAfter: DateTimeOffset.UtcNow.AddDays(5).AddHours(1)));

        var near = await ProbeAsync(server, Https);
        var allowed = await ProbeAsync(server, Https with { CertificateWarningDays = 3 });
        var ignored = await ProbeAsync(server, Https with { Certificate = CertificatePolicy.Ignore });

        Assert.Equal(SiteStatus.Degraded, near.Status);
        Assert.Contains("expires in 5 days", near.Reason, StringComparison.Ordinal);
        Assert.Equal(SiteStatus.Healthy, allowed.Status);
        Assert.Equal(SiteStatus.Healthy, ignored.Status);
    }

    [Fact]
    public async Task Certificates_are_judged_by_the_prober_s_clock()
    {
        var today = DateTimeOffset.UtcNow;
        await using var server = Serve(certificates.For("www.acme.example", today.AddDays(-90), today.AddDays(-2)));
        using var monthAgo = new SiteProber(new ManualTimeProvider(today.AddDays(-40)));

        var health = await monthAgo.ProbeAsync(
            HealthSamples.Site(Https), HealthSamples.Host("do-1", server.Port, at: 443), HealthTarget.Primary, CancellationToken.None);

        Assert.Equal("Answers 200.", health.Reason);
        Assert.Null(health.CertificateProblem);
    }

    [Fact]
    public async Task A_renewed_certificate_is_seen_at_once()
    {
        var port = 0;
        await using (var before = Serve(certificates.For("www.acme.example", notAfter: DateTimeOffset.UtcNow.AddDays(40))))
        {
            port = before.Port;
            await ProbeAsync(before, Https);
            await ProbeAsync(before, Https);
            Assert.Equal(2, before.ServerNames.Count);
        }

        await using var after = Serve(certificates.For("www.acme.example", notAfter: DateTimeOffset.UtcNow.AddDays(80)));
        var health = await ProbeAsync(after, Https);

        Assert.True(health.CertificateExpires > DateTimeOffset.UtcNow.AddDays(79));
    }

    [Fact]
    public async Task A_server_that_speaks_no_TLS_is_down_in_the_TLS_phase()
    {
        await using var plain = new PlainGreeter();

        var health = await prober.ProbeAsync(
            HealthSamples.Site(Https), HealthSamples.Host("do-1", plain.Port, at: 443), HealthTarget.Primary, CancellationToken.None);

        Assert.Equal(SiteStatus.Down, health.Status);
        Assert.Equal(ProbePhase.Tls, health.FailedPhase);
        Assert.Contains("no TLS with", health.Reason, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("no certificate in here")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")]
    public async Task A_ca_file_that_can_not_be_used_makes_the_check_unknown(string? content)
    {
        await using var server = Serve(certificates.For("www.acme.example"));
        var file = content is null ? folder.Combine("missing.pem") : folder.Write("bad.pem", content);

        var health = await ProbeAsync(server, Https with { CaFile = file });

        Assert.Equal(SiteStatus.Unknown, health.Status);
        Assert.Contains("caFile", health.Reason, StringComparison.Ordinal);
        Assert.Equal(0, server.Connections);
    }

    [Fact]
    public async Task A_ca_file_is_found_beside_the_inventory_and_read_again_when_it_changes()
    {
        await using var server = Serve(certificates.For("www.acme.example"));
        using var others = new TestCertificates();
        folder.Write("ca.pem", others.RootPem + "\n" + others.RootPem);
        var site = HealthSamples.Site(Https with { CaFile = "ca.pem" }) with { InventoryPath = folder.Combine("hosting.yml") };
        var host = HealthSamples.Host("do-1", server.Port, at: 443);

        var wrong = await prober.ProbeAsync(site, host, HealthTarget.Primary, CancellationToken.None);
        folder.Write("ca.pem", certificates.RootPem);
        var right = await prober.ProbeAsync(site, host, HealthTarget.Primary, CancellationToken.None);

        Assert.Equal(SiteStatus.Down, wrong.Status);
        Assert.Equal(SiteStatus.Healthy, right.Status);
    }
}
