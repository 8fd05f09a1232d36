using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using HostingOps.Engine.Mirror.Serving;
using HostingOps.Engine.Tests.Apex.Publishing;
using HostingOps.Engine.Tests.Apex.Redirects;
using HostingOps.Engine.WebServers;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.Mirror.Serving;

/// <summary>A real nginx or Caddy on loopback, as an ordinary user, with what New-SiteMirrorConfig writes and nothing else.</summary>
internal sealed class RealMirrorServer : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly ConcurrentQueue<string?> errors = new();
    private Process? process;
    private string[] command = [];

    public RealMirrorServer()
    {
        Skip.If(OperatingSystem.IsWindows(), "symbolic links and setpriv are needed");
        (HttpPort, HttpsPort) = (RealSshd.FreePort(), RealSshd.FreePort());
        Directory.CreateDirectory(Mirrors);
    }

    public string Mirrors => folder.Combine("mirrors");

    public int HttpPort { get; }

    public int HttpsPort { get; }

    public string Errors => string.Join('\n', errors) + (File.Exists(folder.Combine("run/error.log")) ? File.ReadAllText(folder.Combine("run/error.log")) : "");

    public HandMadeMirror Mirror(string site = "acme", string id = "20261122T083000Z") => new(Mirrors, site, id);

    public HostedSite Site(string name, string? certificates = null, params string[] aliases) =>
        TestSites.Site(name) with { Aliases = aliases, Mirror = new MirrorSettings { Folder = Mirrors, Certificates = certificates } };

    /// <summary>Certificates of its own for these names, by the pattern that is given back.</summary>
    public string Certificates(params string[] names)
    {
        using var authority = new TestAuthority();
        foreach (var name in names)
        {
            var (pem, key, _) = authority.Issue([name]);
            var place = Directory.CreateDirectory(folder.Combine("live/" + name)).FullName;
            File.WriteAllText(Path.Combine(place, "fullchain.pem"), pem);
            File.WriteAllText(Path.Combine(place, "privkey.pem"), key);
        }

        return folder.Combine("live") + "/{domain}";
    }

    public async Task StartAsync(WebServerFormat format, params HostedSite[] sites)
    {
        var program = RealPart.Require(format == WebServerFormat.Nginx ? "nginx" : "caddy");
        var table = MirrorConfigTable.Create(sites, null).Single();
        folder.Write("mirrors.conf", (format == WebServerFormat.Caddy ? "{\n\tadmin off\n\tauto_https disable_redirects\n}\n" : "") + MirrorConfigs.Write(format, table, ServerListeners.Loopback(HttpPort, HttpsPort, ipv6: false)).Text);
        var main = folder.Write("nginx.conf", string.Create(CultureInfo.InvariantCulture, $$"""
            daemon off;
            pid {{folder.Path}}/run/nginx.pid;
            error_log {{folder.Path}}/run/error.log notice;
            worker_processes 1;
            events { worker_connections 256; }
            http {
                client_body_temp_path {{folder.Path}}/run/1; proxy_temp_path {{folder.Path}}/run/2; fastcgi_temp_path {{folder.Path}}/run/3;
                uwsgi_temp_path {{folder.Path}}/run/4; scgi_temp_path {{folder.Path}}/run/5;
                access_log off;
                include {{folder.Path}}/mirrors.conf;
            }
            """));
        const UnixFileMode All = (UnixFileMode)0b111_101_101;
#pragma warning disable CA1416 // Skipped on Windows.
        new DirectoryInfo(folder.Path).UnixFileMode = All;
        Directory.CreateDirectory(folder.Combine("run")).UnixFileMode = All | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
#pragma warning restore CA1416
        command = format == WebServerFormat.Nginx ? [program, "-p", folder.Path + "/", "-c", main] : [program, "run", "--adapter", "caddyfile", "--config", folder.Combine("mirrors.conf")];
        if (Environment.IsPrivilegedProcess)
        {
            // The tests may run as root; a server's workers never do.
            command = [RealPart.Require("setpriv"), "--reuid=65534", "--regid=65534", "--clear-groups", .. command];
        }

        process = Launch(command);
        await WaitAsync();
    }

    /// <summary>As "nginx -s reload" does; ended once the new configuration is read.</summary>
    public void Reload()
    {
        using var signal = Launch([.. command, "-s", "reload"]);
        signal.WaitForExit();
        Assert.True(signal.ExitCode == 0, Errors);
    }

    public async Task<RawAnswer> SendAsync(string request, bool tls = false, string serverName = "www.acme.example")
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        using var client = await RawClient.ConnectAsync(IPAddress.Loopback, tls ? HttpsPort : HttpPort, tls ? serverName : null, tls, limit.Token);
        return await client.SendAsync(request, limit.Token);
    }

    public Task<RawAnswer> GetAsync(string target, string host = "www.acme.example", string headers = "", string method = "GET", bool tls = false) =>
        SendAsync($"{method} {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{headers}\r\n", tls, host);

    /// <summary>The bodies of three answers over one connection; empty once the server has closed it.</summary>
    public async Task<(string First, string Second, string Third)> VisitAsync(string first, string second, string third)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        using var client = await RawClient.ConnectAsync(IPAddress.Loopback, HttpPort, null, tls: false, limit.Token);
        return (await BodyAsync(first), await BodyAsync(second), await BodyAsync(third));

        async Task<string> BodyAsync(string target) => client.Closing ? "" : (await client.GetAsync(target, "www.acme.example", limit.Token)).Body;
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

    private Process Launch(string[] words)
    {
        var start = new ProcessStartInfo(words[0], words[1..]) { RedirectStandardError = true };
        start.Environment["HOME"] = start.Environment["XDG_DATA_HOME"] = start.Environment["XDG_CONFIG_HOME"] = folder.Combine("run");
        var started = Process.Start(start)!;
        started.ErrorDataReceived += (_, line) => errors.Enqueue(line.Data);
        started.BeginErrorReadLine();
        return started;
    }

    private async Task WaitAsync()
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                using var socket = new System.Net.Sockets.TcpClient();
                await socket.ConnectAsync(IPAddress.Loopback, HttpPort);
                return;
            }
            catch (System.Net.Sockets.SocketException) when (tries < 600)
            {
                Assert.False(process!.HasExited, Errors);
                await Task.Delay(50);
            }
        }
    }
}
