using System.Diagnostics;
using System.Globalization;
using HostingOps.Engine.Apex.Publishing;
using HostingOps.Engine.Apex.Redirects;
using HostingOps.Engine.Tests.Apex.Redirects;
using HostingOps.Engine.WebServers;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.Apex.Publishing;

/// <summary>A redirector that is reached by a real sshd, with a real nginx when it is asked for.</summary>
internal sealed class Redirector : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private Process? nginx;

    public Redirector(bool withNginx = true, string file = "apex.conf")
    {
        Sshd = new RealSshd();
        Directory.CreateDirectory(folder.Combine("conf.d"));
        ConfigPath = folder.Combine("conf.d/" + file);
        if (withNginx)
        {
            var program = RealPart.Require("nginx");
            (HttpPort, HttpsPort) = (RealSshd.FreePort(), RealSshd.FreePort());
            Directory.CreateDirectory(folder.Combine("run"));
            var main = folder.Write("nginx.conf", string.Create(CultureInfo.InvariantCulture, $$"""
                daemon off;
                pid {{folder.Path}}/run/nginx.pid;
                error_log {{folder.Path}}/run/error.log notice;
                events { worker_connections 64; }
                http {
                    access_log off;
                    client_body_temp_path {{folder.Path}}/run/1; proxy_temp_path {{folder.Path}}/run/2; fastcgi_temp_path {{folder.Path}}/run/3;
                    uwsgi_temp_path {{folder.Path}}/run/4; scgi_temp_path {{folder.Path}}/run/5;
                    include {{folder.Path}}/conf.d/*;
                    server { listen 127.0.0.1:{{HttpPort}} default_server; server_name _; return 200 "welcome"; }
                }
                """));
            Test = [program, "-t", "-p", folder.Path + "/", "-c", main];
            Reload = [program, "-s", "reload", "-p", folder.Path + "/", "-c", main];
            nginx = Process.Start(new ProcessStartInfo(program, ["-p", folder.Path + "/", "-c", main]) { RedirectStandardError = true })!;
            nginx.BeginErrorReadLine();
            RealSshd.Wait(HttpPort);
        }
    }

    public RealSshd Sshd { get; }

    public string ConfigPath { get; }

    public int HttpPort { get; }

    public int HttpsPort { get; }

    public IReadOnlyList<string> Test { get; set; } = ["true"];

    public IReadOnlyList<string> Reload { get; set; } = ["true"];

    public IReadOnlyList<HostedSite> Sites { get; set; } = [ApexSites.Site("acme", "acme.example", "law.example"), ApexSites.Site("zoo", "zoo.example")];

    public ApexRedirectSettings Settings { get; set; } = new() { Ipv6 = false };

    public IReadOnlyDictionary<string, string> ConnectTo { get; set; } = new Dictionary<string, string>();

    public ApexPublishOptions Options => new()
    {
        SshProgram = Sshd.Client,
        Listeners = nginx is null ? null : ServerListeners.Loopback(HttpPort, HttpsPort, ipv6: false),
        Verify = nginx is not null,
        VerifyAddress = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{HttpPort}"),
        VerifyTimeout = TimeSpan.FromSeconds(30),
    };

    public string Text => File.ReadAllText(ConfigPath);

    /// <summary>What lies beside the configuration.</summary>
    public IEnumerable<string> Litter => Directory.GetFiles(Path.GetDirectoryName(ConfigPath)!, ".*").Select(static file => Path.GetFileName(file)).Order(StringComparer.Ordinal);

    public HostingWorkspace Open(IOperationReporter? reporter = null) => HostingWorkspace.Open(
        new HostingInventory
        {
            Zone = "sites.example.net",
            Sites = Sites,
            Apex = new ApexSettings { ElasticIp = "198.51.100.99", Ssh = Sshd.Destination, ConfigPath = ConfigPath, Test = Test, Reload = Reload, Redirect = Settings, ConnectTo = ConnectTo },
        },
        new WorkspaceOptions(),
        reporter ?? SilentReporter.Instance);

    public async Task<ApexPublishResult> PublishAsync(ApexPublishOptions? options = null, IOperationReporter? reporter = null, CancellationToken cancellationToken = default)
    {
        await using var workspace = Open(reporter);
        return await workspace.PublishAsync(await workspace.PlanPublishAsync(options ?? Options, cancellationToken), cancellationToken);
    }

    /// <summary>nginx sends a name there, once the workers with the former configuration have gone.</summary>
    public async Task AssertSendsAsync(string host, string expected)
    {
        string? location = null;
        for (var tries = 0; tries < 600 && location != expected; tries++)
        {
            using var client = await RawClient.ConnectAsync(System.Net.IPAddress.Loopback, HttpPort, null, tls: false, CancellationToken.None);
            location = (await client.GetAsync("/x?y", host, CancellationToken.None)).Location;
            await Task.Delay(50);
        }

        Assert.Equal(expected, location);
    }

    /// <summary>A program on the redirector.</summary>
    public string Program(string name, string body)
    {
        var path = folder.Write(name, "#!/bin/sh\n" + body + "\n");
        Process.Start("chmod", ["+x", path]).WaitForExit();
        return path;
    }

    public string Place(string name) => folder.Combine(name);

    /// <summary>The ssh that was started last is killed as by kill -9.</summary>
    public void KillSsh() => Process.Start("kill", ["-9", File.ReadAllText(Sshd.PidFile).Trim()]).WaitForExit();

    public void Dispose()
    {
        if (nginx is { } running)
        {
            running.Kill(entireProcessTree: true);
            running.WaitForExit();
            running.Dispose();
            nginx = null;
        }

        Sshd.Dispose();
        folder.Dispose();
    }
}
