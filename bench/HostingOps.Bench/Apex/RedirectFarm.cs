using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using HostingOps.Engine.Apex.Redirects;
using HostingOps.Engine.WebServers;

namespace HostingOps.Bench.Apex;

/// <summary>A real nginx on loopback that redirects many domains, each with certificate files of its own. Linux only.</summary>
internal sealed class RedirectFarm : IDisposable
{
    private const int Handshakes = 200;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("hostingops-bench-");
    private readonly string nginx;
    private readonly IReadOnlyList<ApexRedirect> redirects;
    private readonly int http = FreePort();
    private readonly int https = FreePort();

    public RedirectFarm(string nginx, ApexRedirectTable table, bool blocks)
    {
        (this.nginx, redirects) = (nginx, table.Redirects);
        WriteCertificates();
        var settings = new ApexRedirectSettings { Certificates = folder.FullName + "/live/{domain}", AcmeRoot = folder.FullName + "/acme", Ipv6 = false };
        File.WriteAllText(ConfigPath, blocks ? Blocks(settings) : NginxRedirectConfig.Write(table, settings, ServerListeners.Loopback(http, https, ipv6: false)).Text);
        File.WriteAllText(Path.Combine(folder.FullName, "nginx.conf"), string.Create(CultureInfo.InvariantCulture, $$"""
            daemon off;
            user {{Environment.UserName}};
            pid {{folder.FullName}}/nginx.pid;
            error_log {{folder.FullName}}/error.log crit;
            worker_processes 1;
            events { worker_connections 512; }
            http {
                access_log off;
                client_body_temp_path {{folder.FullName}}/t1; proxy_temp_path {{folder.FullName}}/t2; fastcgi_temp_path {{folder.FullName}}/t3;
                uwsgi_temp_path {{folder.FullName}}/t4; scgi_temp_path {{folder.FullName}}/t5;
                include {{ConfigPath}};
            }
            """));
    }

    private string ConfigPath => Path.Combine(folder.FullName, "redirects.conf");

    private string[] Arguments => ["-p", folder.FullName + "/", "-c", Path.Combine(folder.FullName, "nginx.conf")];

    public async Task<RedirectFigures> MeasureAsync()
    {
        var test = Stopwatch.StartNew();
        Run([.. Arguments, "-t", "-q"]);
        var tested = test.Elapsed.TotalMilliseconds;
        var start = Stopwatch.StartNew();
        using var server = Process.Start(new ProcessStartInfo(nginx, Arguments))!;
        try
        {
            await WaitForAnswerAsync(server);
            var started = start.Elapsed.TotalMilliseconds;
            var handshake = await HandshakeAsync();
            var worker = Worker(server);
            var (workerMiB, bothMiB) = (Resident(worker, "Rss:"), Resident(worker, "Pss:") + Resident(server.Id, "Pss:"));
            var reload = Stopwatch.StartNew();
            Run([.. Arguments, "-s", "reload"]);
            while (Worker(server) is var now && (now == worker || now == 0))
            {
                await Task.Delay(2);
            }

            return new RedirectFigures(
                new FileInfo(ConfigPath).Length / 1024.0, tested, started, reload.Elapsed.TotalMilliseconds, workerMiB, bothMiB, handshake);
        }
        finally
        {
            server.Kill(entireProcessTree: true);
            await server.WaitForExitAsync();
        }
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    // The newest child: during a reload the former worker is still there.
    private static int Worker(Process master) => File.ReadAllText($"/proc/{master.Id}/task/{master.Id}/children")
        .Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(static id => int.Parse(id, CultureInfo.InvariantCulture)).LastOrDefault();

    private static double Resident(int process, string kind) => File.ReadLines($"/proc/{process}/smaps_rollup")
        .Where(line => line.StartsWith(kind, StringComparison.Ordinal))
        .Sum(static line => double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture)) / 1024;

    private void Run(string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(nginx, arguments))!;
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"nginx {string.Join(' ', arguments)} ended with {process.ExitCode}.");
        }
    }

    // Listening is not yet answering: the worker has to be there.
    private async Task WaitForAnswerAsync(Process server)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        while (true)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, http, limit.Token);
                await AskAsync(client.GetStream(), redirects[0].Host, limit.Token);
                return;
            }
            catch (SocketException) when (!server.HasExited)
            {
                await Task.Delay(2, limit.Token);
            }
        }
    }

    private async Task<double> HandshakeAsync()
    {
        var times = new List<double>(Handshakes);
        for (var number = 0; number < Handshakes; number++)
        {
            var host = redirects[number * 7919 % redirects.Count].Host;
            var watch = Stopwatch.StartNew();
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, https);
            await using var secure = new SslStream(client.GetStream());
            await secure.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = host, RemoteCertificateValidationCallback = static (_, _, _, _) => true });
            await AskAsync(secure, host, CancellationToken.None);
            times.Add(watch.Elapsed.TotalMilliseconds);
        }

        times.Sort();
        return times[times.Count / 2];
    }

    private static async Task AskAsync(Stream stream, string host, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"), cancellationToken);
        using var reader = new StreamReader(stream, Encoding.ASCII);
        var answer = await reader.ReadToEndAsync(cancellationToken);
        if (!answer.StartsWith("HTTP/1.1 301 ", StringComparison.Ordinal) || !answer.Contains($"Location: https://www.{host}/", StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"{host} answered: {answer}");
        }
    }

    // Files of its own for each name, as certbot makes them; one certificate in all of them, for its names are not looked at here.
    private void WriteCertificates()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=redirects", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(90));
        var (pem, secret) = (certificate.ExportCertificatePem() + "\n", key.ExportPkcs8PrivateKeyPem() + "\n");
        foreach (var redirect in redirects)
        {
            var live = Directory.CreateDirectory(Path.Combine(folder.FullName, "live", redirect.Host)).FullName;
            File.WriteAllText(Path.Combine(live, "fullchain.pem"), pem);
            File.WriteAllText(Path.Combine(live, "privkey.pem"), secret);
        }
    }

    private string Blocks(ApexRedirectSettings settings)
    {
        var text = new StringBuilder("server_names_hash_max_size 32768;\nserver_names_hash_bucket_size 256;\n");
        foreach (var redirect in redirects)
        {
            var certificates = settings.Certificates.Replace("{domain}", redirect.Host, StringComparison.Ordinal);
            text.Append(CultureInfo.InvariantCulture, $$"""
                server {
                    listen 127.0.0.1:{{http}};
                    listen 127.0.0.1:{{https}} ssl;
                    server_name {{redirect.Host}};
                    server_tokens off;
                    access_log off;
                    ssl_certificate {{certificates}}/fullchain.pem;
                    ssl_certificate_key {{certificates}}/privkey.pem;
                    ssl_protocols TLSv1.2 TLSv1.3;
                    location ^~ /.well-known/acme-challenge/ { root {{settings.AcmeRoot}}; default_type text/plain; try_files $uri =404; }
                    location / { return 301 https://{{redirect.Target}}$request_uri; }
                }

                """);
        }

        return text.ToString();
    }
}
