using System.Collections.Concurrent;
using System.Globalization;
using HostingOps.Testing;

namespace HostingOps.EndToEnd.Tests.World;

/// <summary>
/// A world with nothing of ours in it: two nginx on two loopback addresses as a pair of hosts, moto as Route 53 with a zone
/// made by the aws CLI, and on request bind9 as the zone's name server. Moto doesn't tell the name server of changes.
/// </summary>
internal sealed class RealWorld : IAsyncDisposable
{
    public const string First = "127.0.0.1";
    public const string Second = "127.0.0.2";
    public const string Zone = "sites.e2e.example";
    public const string Record = "acme." + Zone;
    private readonly TemporaryFolder folder = new();
    private readonly ConcurrentBag<RealServer> servers = [];
    private readonly int webPort = FreePort.On(First, Second);
    private RealServer? firstHost;

    private RealWorld()
    {
    }

    /// <summary>Where Route 53's API is.</summary>
    public string EndpointUrl { get; private set; } = "";

    public string ZoneId { get; private set; } = "";

    /// <summary>The zone's name server, <c>address:port</c>; empty without one.</summary>
    public string NameServer { get; private set; } = "";

    /// <summary>The admin at work.</summary>
    public Desk Desk { get; } = new();

    public static async Task<RealWorld> StartAsync(bool nameServer = false)
    {
        Skip.If(OperatingSystem.IsWindows() || OperatingSystem.IsMacOS(), "Only 127.0.0.1 is configured on this system's loopback.");
        var programs = new[] { "nginx", "moto_server", "aws" }.Concat(nameServer ? ["named"] : []).ToDictionary(static name => name, RealPart.Require);
        var world = new RealWorld();
        try
        {
            await Task.WhenAll(world.StartRoute53Async(programs["moto_server"]), world.StartFirstHostAsync(), world.StartSecondHostAsync());
            var dns = nameServer ? await world.StartNameServerAsync(programs["named"]) : "verifyDns: false";
            world.Desk.WriteInventory($$"""
                version: 1
                aws: { region: us-east-1, endpointUrl: "{{world.EndpointUrl}}" }
                zone: {{Zone}}
                {{dns}}
                defaults:
                  ttl: 60
                  check: { scheme: http, port: {{world.webPort}}, timeout: 30s, interval: 60s, failAfter: 2, confirmInterval: 200ms, expectBody: acme on }
                hosts:
                  first: { provider: digitalocean, address: {{First}} }
                  second: { provider: linode, address: {{Second}} }
                sites:
                  acme: { domain: acme.example, record: acme, primary: first, secondary: second }
                policy: { maxFailovers: 5, maxFailoverPercent: 100 }
                """);
            return world;
        }
        catch
        {
            await world.DisposeAsync();
            throw;
        }
    }

    /// <summary>The first host dies: nothing listens at its address any more.</summary>
    public void StopFirstHost() => firstHost!.Dispose();

    public async Task StartFirstHostAsync() => servers.Add(firstHost = await StartHostAsync("first", First));

    /// <summary>What the aws CLI says about acme's record.</summary>
    public async Task<string> ReadBackAsync() => Assert.Single(await AwsCli.ReadAsync(EndpointUrl, ZoneId, Record));

    public ValueTask DisposeAsync()
    {
        foreach (var server in servers)
        {
            server.Dispose();
        }

        Desk.Dispose();
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task StartSecondHostAsync() => servers.Add(await StartHostAsync("second", Second));

    private async Task<RealServer> StartHostAsync(string name, string address)
    {
        var at = folder.Combine(name);
        var configuration = folder.Write(name + ".conf", $$"""
            daemon off;
            master_process off;
            pid {{at}}.pid;
            error_log {{at}}.log;
            events { }
            http {
                access_log off;
                client_body_temp_path {{at}}1; proxy_temp_path {{at}}2; fastcgi_temp_path {{at}}3; uwsgi_temp_path {{at}}4; scgi_temp_path {{at}}5;
                server { listen {{address}}:{{webPort}} default_server; return 404; }
                server { listen {{address}}:{{webPort}}; server_name www.acme.example; return 200 'acme on {{name}}\n'; }
            }
            """);
        return await RealServer.StartAsync(RealPart.Require("nginx"), ["-p", folder.Path, "-e", at + ".log", "-c", configuration], address, webPort);
    }

    private async Task StartRoute53Async(string moto)
    {
        var port = FreePort.On(First);
        servers.Add(await RealServer.StartAsync(moto, ["-H", First, "-p", port.ToString(CultureInfo.InvariantCulture)], First, port));
        EndpointUrl = string.Create(CultureInfo.InvariantCulture, $"http://{First}:{port}");
        var zone = await AwsCli.Route53Async(EndpointUrl, "create-hosted-zone", "--name", Zone, "--caller-reference", "one");
        ZoneId = zone.GetProperty("HostedZone").GetProperty("Id").GetString()!.Split('/')[^1];

        // UPSERT, for moto refuses a CREATE that it has ever seen before, also after that record was deleted; AWS does not.
        await AwsCli.Route53Async(
            EndpointUrl, "change-resource-record-sets", "--hosted-zone-id", ZoneId, "--change-batch",
            $$$"""{"Changes": [{"Action": "UPSERT", "ResourceRecordSet": {"Name": "{{{Record}}}", "Type": "A", "TTL": 60, "ResourceRecords": [{"Value": "{{{First}}}"}]}}]}""");
    }

    private async Task<string> StartNameServerAsync(string named)
    {
        var port = FreePort.On(First);
        folder.Write("zone", $"""
            $ORIGIN {Zone}.
            $TTL 60
            @ IN SOA ns hostmaster 1 7200 900 1209600 300
            @ IN NS ns
            ns IN A {First}
            acme IN A {First}

            """);
        var configuration = folder.Write("named.conf", $$"""
            options {
              directory "{{folder.Path}}"; listen-on port {{port}} { {{First}}; }; listen-on-v6 { none; };
              pid-file none; session-keyfile none; recursion no; dnssec-validation no;
            };
            controls { };
            zone "{{Zone}}" { type primary; file "{{folder.Path}}/zone"; };
            """);
        servers.Add(await RealServer.StartAsync(named, ["-g", "-c", configuration], First, port));
        NameServer = string.Create(CultureInfo.InvariantCulture, $"{First}:{port}");
        return $"nameServers: [\"{NameServer}\"]";
    }
}
