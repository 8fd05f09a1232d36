using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using HostingOps.Engine.Apex.Redirects;
using HostingOps.Engine.WebServers;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.Apex.Redirects;

/// <summary>A real nginx or Caddy with a generated configuration, on loopback and as an ordinary user, with its certificates and a challenge.</summary>
internal sealed class RealServer : IDisposable
{
    private const int NamesPerCertificate = 50;

    private readonly TemporaryFolder folder = new();
    private Process? process;

    public int HttpPort { get; private init; }

    public int HttpsPort { get; private init; }

    /// <summary>The certificate that each name should get, by thumbprint.</summary>
    public Dictionary<string, string> Thumbprints { get; } = new(StringComparer.Ordinal);

    /// <summary>The root of its certificates, as a PEM file.</summary>
    public string RootFile => folder.Combine("root.pem");

    public string Log => File.ReadAllText(folder.Combine("run/error.log"));

    /// <summary>Starts it and waits until it listens.</summary>
    /// <param name="format">Which server.</param>
    /// <param name="sites">The sites.</param>
    /// <param name="settings">The settings; certificates and the challenge folder are put into a temporary one.</param>
    /// <param name="without">A name whose certificate is missing, or null.</param>
    public static async Task<RealServer> StartAsync(
        WebServerFormat format, IReadOnlyList<HostedSite> sites, ApexRedirectSettings settings, string? without = null)
    {
        var program = RealPart.Require(format == WebServerFormat.Nginx ? "nginx" : "caddy");
        Skip.If(OperatingSystem.IsWindows(), "symbolic links and setpriv are needed");
        var server = new RealServer { HttpPort = FreePort(), HttpsPort = FreePort() };
        try
        {
            settings = settings with { Certificates = server.folder.Combine("live") + "/{domain}", AcmeRoot = server.folder.Combine("acme"), Ipv6 = Socket.OSSupportsIPv6 };
            var table = ApexRedirectTable.Create(sites, settings.WwwAliases);
            // Caddy before 2.7 forgets that a second folder holds the certificate of the first.
            server.WriteCertificates(table, without, format == WebServerFormat.Caddy ? 1 : NamesPerCertificate);
            server.WriteRest(RedirectConfigs.Write(format, table, settings, ServerListeners.Loopback(server.HttpPort, server.HttpsPort, settings.Ipv6)).Text);
            server.process = server.Start(program, format);
            await server.WaitAsync();
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
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

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    // Names share a certificate as the names of a hosting account do; a link gives each the folder that the configuration names.
    private void WriteCertificates(ApexRedirectTable table, string? without, int namesPerCertificate)
    {
        var live = Directory.CreateDirectory(folder.Combine("live")).FullName;
        using var authority = new TestAuthority();
        File.WriteAllText(RootFile, authority.RootPem);
        foreach (var group in table.Redirects.Select(static redirect => redirect.Host).Where(host => host != without).Chunk(namesPerCertificate))
        {
            var (pem, key, thumbprint) = authority.Issue(group);
            var store = Directory.CreateDirectory(folder.Combine("archive-" + thumbprint)).FullName;
            File.WriteAllText(Path.Combine(store, "fullchain.pem"), pem);
            File.WriteAllText(Path.Combine(store, "privkey.pem"), key);
            foreach (var host in group)
            {
                Directory.CreateSymbolicLink(Path.Combine(live, host), store);
                Thumbprints.Add(host, thumbprint);
            }
        }
    }

    private void WriteRest(string configuration)
    {
        var challenges = Directory.CreateDirectory(folder.Combine("acme/.well-known/acme-challenge"));
        File.WriteAllText(Path.Combine(challenges.FullName, "token-1_A"), "token-1_A.thumbprint");
        File.WriteAllText(folder.Combine("acme/secret"), "not for everybody");
        folder.Write("hostingops-apex.conf", configuration);
        Directory.CreateDirectory(folder.Combine("conf.d"));
        folder.Write("conf.d/hostingops-instance.conf", "add_header X-HostingOps-Instance \"i-0123\" always;\n");
        folder.Write("nginx.conf", string.Create(CultureInfo.InvariantCulture, $$"""
            daemon off;
            pid {{folder.Path}}/run/nginx.pid;
            error_log {{folder.Path}}/run/error.log notice;
            worker_processes 2;
            worker_rlimit_nofile 4096;
            events { worker_connections 2048; }
            http {
                client_body_temp_path {{folder.Path}}/run/1; proxy_temp_path {{folder.Path}}/run/2; fastcgi_temp_path {{folder.Path}}/run/3;
                uwsgi_temp_path {{folder.Path}}/run/4; scgi_temp_path {{folder.Path}}/run/5;
                access_log {{folder.Path}}/run/access.log;
                include {{folder.Path}}/conf.d/*.conf;
                include {{folder.Path}}/hostingops-apex.conf;
                # As a distribution's welcome page has it.
                server { listen 127.0.0.1:{{HttpPort}} default_server; server_name _; return 200 "welcome"; }
            }
            """));
        var run = Directory.CreateDirectory(folder.Combine("run"));
        if (!OperatingSystem.IsWindows())
        {
            const UnixFileMode All = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
            new DirectoryInfo(folder.Path).UnixFileMode = All;
            run.UnixFileMode = All | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
        }
    }

    private Process Start(string program, WebServerFormat format)
    {
        string[] command = format == WebServerFormat.Nginx
            ? [program, "-p", folder.Path + "/", "-c", folder.Combine("nginx.conf")]
            : [program, "run", "--adapter", "caddyfile", "--config", folder.Combine("hostingops-apex.conf")];

        // The tests may run as root; the redirector's workers never do.
        if (Environment.IsPrivilegedProcess)
        {
            command = [RealPart.Require("setpriv"), "--reuid=65534", "--regid=65534", "--clear-groups", .. command];
        }

        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true };
        start.Environment["HOME"] = start.Environment["XDG_DATA_HOME"] = start.Environment["XDG_CONFIG_HOME"] = folder.Combine("run");
        var started = Process.Start(start)!;
        started.ErrorDataReceived += (_, line) => errors.Enqueue(line.Data);
        started.BeginErrorReadLine();
        return started;
    }

    private readonly System.Collections.Concurrent.ConcurrentQueue<string?> errors = new();

    private async Task WaitAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        foreach (var port in new[] { HttpPort, HttpsPort })
        {
            while (true)
            {
                try
                {
                    using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                    await socket.ConnectAsync(IPAddress.Loopback, port, limit.Token);
                    break;
                }
                catch (SocketException)
                {
                    Assert.False(process!.HasExited, string.Join('\n', errors));
                    await Task.Delay(50, limit.Token);
                }
            }
        }
    }
}
