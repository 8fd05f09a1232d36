using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using HostingOps.Engine.Health;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.Health;

/// <summary>A real nginx on two loopback addresses, as the two hosts of a pair.</summary>
public sealed class NginxProbeTests
{
    [SkippableFact]
    public async Task A_real_pair_is_probed_host_by_host_and_a_stopped_one_is_down()
    {
        var nginx = RealPart.Require("nginx");
        Skip.If(OperatingSystem.IsWindows() || OperatingSystem.IsMacOS(), "only 127.0.0.1 is configured on this system's loopback");
        using var certificates = new TestCertificates();
        using var folder = new TemporaryFolder();
        var (http, https) = FreePorts();
        using var live = certificates.For("www.acme.example");
        using var old = certificates.For("www.acme.example", DateTimeOffset.UtcNow.AddDays(-90), DateTimeOffset.UtcNow.AddDays(-1));
        var first = Start(nginx, folder, "first", "127.0.0.1", http, https, live, "return 200 'acme on first';");
        var second = Start(nginx, folder, "second", "127.0.0.2", http, https, old, "if ($request_method = HEAD) { return 405; } return 200 'acme on second';");
        try
        {
            var check = new HealthCheckPolicy { Port = https, Timeout = HealthSamples.Patience, CaFile = folder.Write("root.pem", certificates.RootPem) };
            var hostOne = HealthSamples.Host("do-1", https, "127.0.0.1", at: https);
            var hostTwo = HealthSamples.Host("li-1", https, "127.0.0.2", at: https);
            using var prober = new SiteProber(TimeProvider.System);
            Task<SiteHealth> ProbeAsync(SiteHost host, HealthCheckPolicy policy) =>
                prober.ProbeAsync(HealthSamples.Site(policy), host, HealthTarget.All, CancellationToken.None);
            await WaitAsync("127.0.0.1", https);
            await WaitAsync("127.0.0.2", https);

            var good = await ProbeAsync(hostOne, check with { ExpectBody = "acme on first" });
            var expired = await ProbeAsync(hostTwo, check);
            var onlyGet = await ProbeAsync(hostTwo, check with { Certificate = CertificatePolicy.Ignore });
            var redirected = await ProbeAsync(
                hostOne with { ConnectTo = new Dictionary<int, string> { [443] = $"127.0.0.1:{https}" } }, check with { Scheme = "http", Port = http });
            var misdirected = await ProbeAsync(hostTwo, check with { Certificate = CertificatePolicy.Ignore, ExpectBody = "acme on first" });

            Assert.Equal(("Answers 200 with the expected text.", SiteStatus.Healthy), (good.Reason, good.Status));
            Assert.Equal(SiteStatus.Down, expired.Status);
            Assert.Contains("expired on", expired.Reason, StringComparison.Ordinal);
            Assert.Equal(old.NotAfter.ToUniversalTime(), expired.CertificateExpires!.Value.UtcDateTime);
            Assert.Equal(SiteStatus.Healthy, onlyGet.Status);
            Assert.Equal("GET", onlyGet.Method);
            Assert.Equal($"127.0.0.2:{https}", onlyGet.AddressProbed);
            Assert.Equal(SiteStatus.Healthy, redirected.Status);
            Assert.Equal((1, "https://www.acme.example/"), (redirected.Redirects, redirected.Url));
            Assert.Equal(SiteStatus.Down, misdirected.Status);

            Stop(first);
            await WaitAsync("127.0.0.1", https, refused: true);
            var gone = await ProbeAsync(hostOne, check);
            var other = await ProbeAsync(hostTwo, check with { Certificate = CertificatePolicy.Report });

            Assert.Equal(SiteStatus.Down, gone.Status);
            Assert.Equal(ProbePhase.Connect, gone.FailedPhase);
            Assert.Equal(SiteStatus.Degraded, other.Status);
        }
        finally
        {
            Stop(first);
            Stop(second);
        }
    }

    private static Process Start(
        string nginx, TemporaryFolder folder, string name, string address, int http, int https,
        X509Certificate2 certificate, string answer)
    {
        using var key = certificate.GetECDsaPrivateKey()!;
        folder.Write(name + ".pem", certificate.ExportCertificatePem());
        folder.Write(name + ".key", key.ExportPkcs8PrivateKeyPem());
        var at = folder.Combine(name);
        var configuration = folder.Write(name + ".conf", $$"""
            daemon off;
            pid {{at}}.pid;
            error_log {{at}}.log;
            events { }
            http {
                access_log off;
                client_body_temp_path {{at}}1; proxy_temp_path {{at}}2; fastcgi_temp_path {{at}}3; uwsgi_temp_path {{at}}4; scgi_temp_path {{at}}5;
                server {
                    listen {{address}}:{{http}};
                    server_name www.acme.example;
                    return 301 https://$host$request_uri;
                }
                server {
                    listen {{address}}:{{https}} ssl;
                    server_name www.acme.example;
                    ssl_certificate {{at}}.pem;
                    ssl_certificate_key {{at}}.key;
                    {{answer}}
                }
            }
            """);
        return Process.Start(new ProcessStartInfo(nginx, ["-p", folder.Path, "-e", at + ".log", "-c", configuration]))!;
    }

    private static void Stop(Process server)
    {
        if (!server.HasExited)
        {
            server.Kill(entireProcessTree: true);
            Assert.True(server.WaitForExit(Eventually.Patience));
        }
    }

    private static (int Http, int Https) FreePorts()
    {
        using var first = HealthSamples.ClosedPort(out var http);
        using var second = HealthSamples.ClosedPort(out var https);
        return (http, https);
    }

    // A worker that was killed may take connections for a moment after its master is gone.
    private static async Task WaitAsync(string address, int port, bool refused = false)
    {
        using var limit = new CancellationTokenSource(HealthSamples.Patience);
        while (true)
        {
            try
            {
                using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(IPAddress.Parse(address), port, limit.Token);
                if (!refused)
                {
                    return;
                }
            }
            catch (SocketException)
            {
                if (refused)
                {
                    return;
                }
            }

            await Task.Delay(50, limit.Token);
        }
    }
}
