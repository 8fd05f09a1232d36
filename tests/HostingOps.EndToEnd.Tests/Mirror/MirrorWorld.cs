using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using HostingOps.EndToEnd.Tests.World;
using HostingOps.Testing;
using HostingOps.Testing.Http;

namespace HostingOps.EndToEnd.Tests.Mirror;

/// <summary>A desk with one site whose primary host is an origin on loopback, and a real nginx that serves its mirror as the secondary would.</summary>
internal sealed partial class MirrorWorld : IDisposable
{
    public const string Site = "hard";

    /// <summary>What the site's own host may hear of and nobody else, and what is never written.</summary>
    public const string Secret = "Bearer s3cr3t-of-the-site";

    private const string SetSecret = $"$env:SITE_SECRET = '{Secret}'";

    private readonly int port = FreePort.On("127.0.0.1");
    private RealServer? nginx;
    private RealServer? caddy;
    private string[] command = [];

    /// <param name="originPort">Where the origin listens.</param>
    /// <param name="settings">More keys of the site's mirror, comma separated.</param>
    public MirrorWorld(int originPort, string settings = "connections: 4, timeout: 15s")
    {
        Visitor = new SiteVisitor(HostName, port);
        Desk.WriteInventory($$"""
            version: 1
            aws: { region: us-east-1 }
            zone: sites.example.net
            verifyDns: false
            defaults: { check: { scheme: http } }
            hosts:
              origin: { provider: one, address: 127.0.0.1, connectTo: { 80: "127.0.0.1:{{originPort}}" } }
              standby: { provider: two, address: 127.0.0.2, connectTo: { 80: "127.0.0.1:{{port}}" } }
            sites:
              {{Site}}:
                domain: hard.example
                primary: origin
                secondary: standby
                mirror: { requestsPerSecond: unlimited, maxMissingPercent: 20, headers: { Authorization: "${SITE_SECRET}" }, folder: "{{Mirrors}}", {{settings}} }
            """);
    }

    /// <summary>The name that visitors use.</summary>
    public static string HostName => "www.hard.example";

    public Desk Desk { get; } = new();

    /// <summary>Whoever asks the mirror.</summary>
    public SiteVisitor Visitor { get; }

    public int Port => port;

    public string Mirrors => Desk.Home.Combine("mirrors");

    /// <summary>The folder of the generation that is served.</summary>
    public string Current => Directory.ResolveLinkTarget(Path.Combine(Mirrors, Site, "current"), returnFinalTarget: true)!.FullName;

    /// <summary>The summary of the generation that is served.</summary>
    public JsonElement Summary => JsonDocument.Parse(File.ReadAllText(Path.Combine(Current, "generation.json"))).RootElement.GetProperty("generation");

    /// <summary>Saves as an admin does; the result as JSON.</summary>
    public async Task<JsonElement> SaveAsync() => (await Desk.PowerShellAsync($"{SetSecret}; Save-SiteMirror {Site} -Confirm:$false -WarningAction SilentlyContinue | ConvertTo-Json -Depth 4 -EnumsAsStrings")).Ended(0).Json;

    /// <summary>Saves as an admin does, where it is no surprise that it fails.</summary>
    public Task<ProgramRun> TrySaveAsync() => Desk.PowerShellAsync($"{SetSecret}; $ErrorActionPreference = 'Continue'; Save-SiteMirror {Site} -Confirm:$false -WarningAction SilentlyContinue | Out-Null");

    /// <summary>Saves in a process that can be killed.</summary>
    public RunningProgram BeginSave()
    {
        var file = Desk.Home.Write("save.ps1", $"Import-Module '{RepositoryRoot.Combine("out", "HostingOps")}'\n{SetSecret}\nSave-SiteMirror {Site} -Confirm:$false\n");
        return RunningProgram.Start(
            RealPart.Require("pwsh"),
            ["-NoProfile", "-NonInteractive", "-File", file],
            Desk.Home.Path,
            new Dictionary<string, string> { ["HOME"] = Desk.Home.Path, ["HOSTINGOPS_STATE"] = Desk.Home.Combine("state.db"), ["POWERSHELL_TELEMETRY_OPTOUT"] = "1", ["POWERSHELL_UPDATECHECK"] = "Off" });
    }

    /// <summary>nginx with the configuration that the cmdlet makes, on a port of loopback in the place of 80.</summary>
    public async Task ServeAsync()
    {
        var program = RealPart.Require("nginx");
        var made = Desk.Home.Combine("mirrors.conf");
        _ = (await Desk.PowerShellAsync($"New-SiteMirrorConfig -Path '{made}' -Confirm:$false | Out-Null")).Ended(0);
        File.WriteAllText(made, Listen().Replace(File.ReadAllText(made), string.Create(CultureInfo.InvariantCulture, $"listen 127.0.0.1:{port};")));
        var at = Desk.Home.Combine("nginx");
        var configuration = Desk.Home.Write("nginx.conf", $$"""
            daemon off;
            {{(Environment.UserName == "root" ? "user root;" : "")}}
            pid {{at}}.pid;
            error_log {{at}}.log;
            events { }
            http {
                access_log off;
                client_body_temp_path {{at}}1; proxy_temp_path {{at}}2; fastcgi_temp_path {{at}}3; uwsgi_temp_path {{at}}4; scgi_temp_path {{at}}5;
                server { listen 127.0.0.1:{{port}} default_server; return 444; }
                include {{made}};
            }
            """);
        command = ["-p", Desk.Home.Path, "-e", at + ".log", "-c", configuration];
        nginx = await RealServer.StartAsync(program, command, "127.0.0.1", port);
    }

    /// <summary>Caddy too, with what the cmdlet makes for it; whoever asks it.</summary>
    public async Task<SiteVisitor> ServeByCaddyAsync()
    {
        var program = RealPart.Require("caddy");
        var made = Desk.Home.Combine("Caddyfile");
        _ = (await Desk.PowerShellAsync($"New-SiteMirrorConfig -Format Caddy -Path '{made}' -Confirm:$false | Out-Null")).Ended(0);
        var at = FreePort.On("127.0.0.1");
        File.WriteAllText(made, "{\n\tadmin off\n\tauto_https off\n}\n" + Block().Replace(File.ReadAllText(made), block => Name().Replace(block.Value, string.Create(CultureInfo.InvariantCulture, $"$0:{at}"))));
        caddy = await RealServer.StartAsync(
            program,
            ["run", "--adapter", "caddyfile", "--config", made],
            "127.0.0.1",
            at,
            new Dictionary<string, string> { ["HOME"] = Desk.Home.Path, ["XDG_DATA_HOME"] = Desk.Home.Combine("caddy"), ["XDG_CONFIG_HOME"] = Desk.Home.Combine("caddy") });
        return new SiteVisitor(HostName, at);
    }

    /// <summary>Lets nginx read its configuration again, and waits until nobody serves by the one before.</summary>
    public async Task ReloadAsync()
    {
        var workers = nginx!.Children;
        using (var signal = RunningProgram.Start(RealPart.Require("nginx"), [.. command, "-s", "reload"], Desk.Home.Path, new Dictionary<string, string>()))
        {
            _ = (await signal.EndAsync()).Ended(0);
        }

        await Eventually.HoldsAsync(() => !nginx.Children.Intersect(workers).Any());
    }

    /// <summary>The folder of the generation that nginx says it serves, on a new connection.</summary>
    public async Task<string> ServedAsync()
    {
        var answer = await Visitor.AskAsync("/.mirror/health", "GET", ("Connection", "close"));
        return Path.Combine(Mirrors, Site, "generations", JsonDocument.Parse(answer.Body).RootElement.GetProperty("generation").GetString()!);
    }

    /// <summary>Another text in the inventory.</summary>
    public void Change(string before, string after) =>
        Desk.WriteInventory(File.ReadAllText(Desk.Home.Combine("hosting.yml")).Replace(before, after, StringComparison.Ordinal));

    public void Dispose()
    {
        nginx?.Dispose();
        caddy?.Dispose();
        Visitor.Dispose();
        Desk.Dispose();
    }

    [GeneratedRegex(@"listen 80;")]
    private static partial Regex Listen();

    [GeneratedRegex(@"^http://.*\{$", RegexOptions.Multiline)]
    private static partial Regex Block();

    [GeneratedRegex(@"http://[a-z.]+")]
    private static partial Regex Name();
}
