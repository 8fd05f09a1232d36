using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace HostingOps.Bench.Health;

/// <summary>
/// A real nginx on loopback that serves many sites over http and https, each under its own name. Certificates carry the
/// names of fifty sites each, so that name checks are real and the server still starts quickly.
/// </summary>
internal sealed class SiteFarm : IDisposable
{
    private const int NamesPerCertificate = 50;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("hostingops-bench-");
    private Process? server;

    public int HttpPort { get; private set; }

    public int HttpsPort { get; private set; }

    public string RootFile => Path.Combine(folder.FullName, "root.pem");

    public string Folder => folder.FullName;

    private string SessionsFile => Path.Combine(folder.FullName, "sessions.log");

    /// <summary>Starts the server.</summary>
    /// <param name="nginx">The program.</param>
    /// <param name="sites">What it serves.</param>
    /// <param name="isModern">Whether it speaks TLS 1.3 too, as newer versions do by default, and counts resumed sessions; otherwise by its own defaults.</param>
    public static async Task<SiteFarm> StartAsync(string nginx, IReadOnlyList<HostedSite> sites, bool isModern = false)
    {
        var farm = new SiteFarm();
        try
        {
            (farm.HttpPort, farm.HttpsPort) = FreePorts();
            farm.WriteFiles(sites, isModern);
            farm.server = Process.Start(new ProcessStartInfo(nginx, ["-p", farm.Folder, "-c", Path.Combine(farm.Folder, "nginx.conf")]));
            await farm.WaitAsync();
            return farm;
        }
        catch
        {
            farm.Dispose();
            throw;
        }
    }

    /// <summary>TLS requests answered so far, and how many of them in a resumed session, as the server counts. A second behind.</summary>
    public (int Requests, int Resumed) Sessions()
    {
        using var reader = new StreamReader(new FileStream(SessionsFile, FileMode.OpenOrCreate, FileAccess.Read, FileShare.ReadWrite));
        var (requests, resumed) = (0, 0);
        while (reader.ReadLine() is { } line)
        {
            requests++;
            resumed += line == "r" ? 1 : 0;
        }

        return (requests, resumed);
    }

    public void Dispose()
    {
        if (server is { HasExited: false })
        {
            // Killing the master alone would leave the workers listening.
            server.Kill(entireProcessTree: true);
            server.WaitForExit();
        }

        server?.Dispose();
        folder.Delete(recursive: true);
    }

    private static (int Http, int Https) FreePorts()
    {
        using var first = new TcpListener(IPAddress.Loopback, 0);
        using var second = new TcpListener(IPAddress.Loopback, 0);
        first.Start();
        second.Start();
        return (((IPEndPoint)first.LocalEndpoint).Port, ((IPEndPoint)second.LocalEndpoint).Port);
    }

    private void WriteFiles(IReadOnlyList<HostedSite> sites, bool isModern)
    {
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var rootRequest = new CertificateRequest("CN=HostingOps bench root", rootKey, HashAlgorithmName.SHA256);
        rootRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var root = rootRequest.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(90));
        File.WriteAllText(RootFile, root.ExportCertificatePem());

        var configuration = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $$"""
            daemon off;
            pid {{Folder}}/nginx.pid;
            error_log {{Folder}}/error.log crit;
            worker_processes 2;
            worker_rlimit_nofile 8192;
            events { worker_connections 4096; }
            http {
                {{(isModern ? $"log_format sessions '$ssl_session_reused'; access_log {SessionsFile} sessions buffer=64k flush=1s if=$ssl_protocol; ssl_protocols TLSv1.2 TLSv1.3;" : "access_log off;")}}
                default_type text/html;
                server_names_hash_max_size 65536;
                server_names_hash_bucket_size 128;
                client_body_temp_path {{Folder}}/t1; proxy_temp_path {{Folder}}/t2; fastcgi_temp_path {{Folder}}/t3;
                uwsgi_temp_path {{Folder}}/t4; scgi_temp_path {{Folder}}/t5;

            """));
        var first = true;
        foreach (var group in sites.Chunk(NamesPerCertificate))
        {
            AddServer(configuration, root, group.Select(site => site.HostName).ToList(), first);
            first = false;
        }

        configuration.AppendLine("}");
        File.WriteAllText(Path.Combine(Folder, "nginx.conf"), configuration.ToString());
    }

    private void AddServer(StringBuilder configuration, X509Certificate2 root, IReadOnlyList<string> names, bool first)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=" + names[0], key, HashAlgorithmName.SHA256);
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            alternatives.AddDnsName(name);
        }

        request.CertificateExtensions.Add(alternatives.Build());
        using var certificate = request.Create(
            root, DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddDays(60), RandomNumberGenerator.GetBytes(12));
        var path = Path.Combine(Folder, names[0]);
        File.WriteAllText(path + ".pem", certificate.ExportCertificatePem());
        File.WriteAllText(path + ".key", key.ExportPkcs8PrivateKeyPem());
        // Options of a listening socket may stand only once.
        var socket = first ? " backlog=4096 reuseport" : "";
        configuration.AppendLine(string.Create(CultureInfo.InvariantCulture, $$"""
                server {
                    listen 127.0.0.1:{{HttpPort}}{{socket}};
                    listen 127.0.0.1:{{HttpsPort}} ssl{{socket}};
                    server_name {{string.Join(' ', names)}};
                    ssl_certificate {{path}}.pem;
                    ssl_certificate_key {{path}}.key;
                    location / { return 200 "<title>$host</title>\n"; }
                }
            """));
    }

    private async Task WaitAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            try
            {
                using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(IPAddress.Loopback, HttpsPort, limit.Token);
                return;
            }
            catch (SocketException) when (server is { HasExited: false })
            {
                // Still reading its configuration.
                await Task.Delay(50, limit.Token);
            }
        }
    }
}
