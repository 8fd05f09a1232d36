using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using HostingOps.Engine.Tests.Apex.Publishing;
using HostingOps.Engine.Tests.Health;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.Mirror.Crawling;

/// <summary>A real nginx that has www.acme.example over HTTP/2 and sends whoever comes without TLS there. A connection takes 20 requests.</summary>
internal sealed class TlsSite : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly int http = RealSshd.FreePort();
    private readonly int https = RealSshd.FreePort();
    private Process? process;

    /// <summary>The host as an inventory has it.</summary>
    public SiteHost Host => new()
    {
        Name = "do-1",
        Provider = "one",
        Address = "127.0.0.1",
        ConnectTo = new Dictionary<int, string> { [80] = $"127.0.0.1:{http}", [443] = $"127.0.0.1:{https}" },
    };

    /// <summary>Protocol, name in the TLS greeting and target of each request over TLS.</summary>
    public string[] Asked => File.ReadAllLines(folder.Combine("access.log"));

    public void Page(string name, string html) => folder.Write(name, html);

    public async Task StartAsync(TestCertificates certificates)
    {
        var program = RealPart.Require("nginx");
        Skip.If(OperatingSystem.IsWindows(), "nginx is run as on Linux.");
        var certificate = certificates.For("www.acme.example");
        using var key = certificate.GetECDsaPrivateKey()!;
        folder.Write("site.pem", certificate.ExportCertificatePem());
        folder.Write("site.key", key.ExportPkcs8PrivateKeyPem());
        var at = folder.Path;
        var configuration = folder.Write("nginx.conf", $$"""
            daemon off;
            {{(Environment.UserName == "root" ? "user root;" : "")}}
            pid {{at}}/pid;
            events { }
            http {
                types { text/html html; }
                client_body_temp_path {{at}}/1; proxy_temp_path {{at}}/2; fastcgi_temp_path {{at}}/3; uwsgi_temp_path {{at}}/4; scgi_temp_path {{at}}/5;
                log_format lines '$server_protocol $ssl_server_name $request_uri';
                server {
                    listen 127.0.0.1:{{http}};
                    access_log off;
                    return 301 https://$host$request_uri;
                }
                server {
                    listen 127.0.0.1:{{https}} ssl http2;
                    access_log {{at}}/access.log lines;
                    keepalive_requests 20;
                    root {{at}};
                    ssl_certificate {{at}}/site.pem;
                    ssl_certificate_key {{at}}/site.key;
                }
            }
            """);
        process = Process.Start(new ProcessStartInfo(program, ["-p", at, "-e", folder.Combine("error.log"), "-c", configuration]))!;
        using var limit = new CancellationTokenSource(HealthSamples.Patience);
        while (!await ListensAsync(limit.Token))
        {
            Assert.False(process.HasExited, "nginx did not start.");
            await Task.Delay(50, limit.Token);
        }
    }

    public void Dispose()
    {
        if (process is { HasExited: false })
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }

        process?.Dispose();
        folder.Dispose();
    }

    private async Task<bool> ListensAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var socket = new TcpClient();
            await socket.ConnectAsync(IPAddress.Loopback, https, cancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
