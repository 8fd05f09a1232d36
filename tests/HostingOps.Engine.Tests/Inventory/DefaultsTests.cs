using static HostingOps.Engine.Tests.Inventory.InventoryYaml;

namespace HostingOps.Engine.Tests.Inventory;

public sealed class DefaultsTests
{
    [Fact]
    public void Without_anything_written_a_site_has_the_built_in_values()
    {
        var inventory = Load(Good);
        var site = Assert.Single(inventory.Sites);

        Assert.Equal("acme.sites.example.net", site.Record);
        Assert.Equal("sites.example.net", site.Zone);
        Assert.Equal("www.acme.example", site.HostName);
        Assert.Equal(60, site.Ttl);
        Assert.Equivalent(new HealthCheckPolicy(), site.Check, strict: true);
        Assert.Equal(new SitePolicy(), site.Policy);
        Assert.Equivalent(new SiteHooks(), site.Hooks, strict: true);
        Assert.Equivalent(new FleetPolicy(), inventory.Policy, strict: true);
        Assert.True(inventory.VerifyDns);
        Assert.Equal(FilePath, inventory.Path);
        Assert.Equal(FilePath, site.InventoryPath);
    }

    [Fact]
    public void A_sites_key_comes_before_the_defaults_and_those_before_the_built_in_value()
    {
        var inventory = Load(And("""
                ttl: 30
                check: { timeout: 2s }
                policy: { cooldown: 1h }
                hooks: { after: [[echo, own]] }
              beta: { domain: beta.example, primary: li-1, secondary: do-1 }
            defaults:
              ttl: 120
              check: { timeout: 3s, failAfter: 7, expectStatus: [204] }
              policy: { cooldown: 2h, automatic: true, automaticAfter: 0s }
              hooks: { promote: [[echo, default]], after: [[echo, default]] }
            policy: { observerChecks: [https://a.example/] }
            """));
        var (acme, beta) = (inventory.Sites[0], inventory.Sites[1]);

        Assert.Equal((30, 120), (acme.Ttl, beta.Ttl));
        Assert.Equal((2, 3), (acme.Check.Timeout.TotalSeconds, beta.Check.Timeout.TotalSeconds));
        Assert.Equal((7, 7), (acme.Check.FailAfter, beta.Check.FailAfter));
        Assert.Equal([new StatusRange(204, 204)], acme.Check.ExpectStatus);
        Assert.Equal(2, acme.Check.RecoverAfter);
        Assert.Equal((true, 1), (acme.Policy.Automatic, acme.Policy.Cooldown.TotalHours));
        Assert.Equal((true, 2), (beta.Policy.Automatic, beta.Policy.Cooldown.TotalHours));
        Assert.Equal((0, 0), (acme.Policy.AutomaticAfter.TotalSeconds, beta.Policy.AutomaticAfter.TotalSeconds));
        Assert.Equal(25, new SitePolicy().AutomaticAfter.TotalSeconds);
        Assert.Equal(["echo default", "echo own"], acme.Hooks.Promote.Concat(acme.Hooks.After).Select(static hook => hook.ToString()));
        Assert.Equal("echo default", Assert.Single(beta.Hooks.After).ToString());
    }

    [Fact]
    public void Every_part_of_the_format_arrives_in_the_model()
    {
        var inventory = Load("""
            version: 1
            aws: { profile: agency, region: eu-west-1, endpointUrl: "http://127.0.0.1:5000" }
            zone: Sites.Example.NET.
            zoneId: /hostedzone/Z0123456789ABC
            nameServers: [127.0.0.1:5300, "[::1]:53", 192.0.2.53]
            verifyDns: false
            hosts:
              do-1: { provider: digitalocean, address: 203.0.113.10, addressV6: "2001:DB8:0::0010", ssh: deploy@203.0.113.10, connectTo: { 443: "127.0.0.1:8443", 80: "localhost:8080" } }
              cdn: { provider: other, cname: Web-7.Provider.example. }
            sites:
              "123":
                domain: ACME.example.
                aliases: [bücher.example]
                record: deep.acme.sites.example.net.
                primary: do-1
                secondary: cdn
                ttl: 30
                repository: https://git.example/acme.git
                check:
                  path: "/a?b=c"
                  scheme: http
                  port: 8080
                  timeout: 500ms
                  interval: 1m
                  confirmInterval: 250ms
                  failAfter: 4
                  recoverAfter: 5
                  expectStatus: 204
                  expectBody: 42
                  maxRedirects: 0
                  certificate: report
                  certificateWarningDays: 7
                  slowAfter: 400ms
                policy: { automatic: true, automaticAfter: 90s, cooldown: 2d, failback: 3d }
                hooks:
                  fence: [[ssh, "{{active.name}}", 1]]
                  promote: [{ run: [go, "{{operation.id}}"], timeout: 15m }]
                  after: []
            apex: { elasticIp: 198.51.100.99, instance: { type: t3.micro, keyName: ops, securityGroup: web } }
            dynamicDns: [ { record: office, sources: ["https://ip.example/"] } ]
            policy: { maxFailovers: 9, maxFailoverPercent: 100, maxFailoversPerProvider: 2, window: 90m, observerChecks: ["https://a.example"], maxTtl: 60, marker: false }
            owner: agency-2.example_x
            sync: { maxChanges: 0, maxPercent: 100 }
            notifications: [ { webhook: "${ALERT_WEBHOOK}", on: [down] }, { webhook: "https://${CHAT_HOST}/x" } ]
            x-mine: anything
            """);

        Assert.Equal(new AwsSettings { Profile = "agency", Region = "eu-west-1", EndpointUrl = "http://127.0.0.1:5000" }, inventory.Aws);
        Assert.Equal("sites.example.net", inventory.Zone);
        Assert.Equal("Z0123456789ABC", inventory.ZoneId);
        Assert.Equal("agency-2.example_x", inventory.Owner);
        Assert.Equal(new SyncPolicy { MaxChanges = 0, MaxPercent = 100 }, inventory.Sync);
        Assert.Equal(["127.0.0.1:5300", "[::1]:53", "192.0.2.53"], inventory.NameServers);
        Assert.False(inventory.VerifyDns);
        var host = inventory.Hosts["do-1"];
        Assert.Equal(("digitalocean", "203.0.113.10", "2001:db8::10", "deploy@203.0.113.10"), (host.Provider, host.Address, host.AddressV6, host.Ssh));
        Assert.Equal([(80, "localhost:8080"), (443, "127.0.0.1:8443")], host.ConnectTo.OrderBy(static pair => pair.Key).Select(static pair => (pair.Key, pair.Value)));
        Assert.Equal("web-7.provider.example", inventory.Hosts["cdn"].Cname);
        var site = Assert.Single(inventory.Sites);
        Assert.Equal(("123", "acme.example", "deep.acme.sites.example.net"), (site.Name, site.Domain, site.Record));
        Assert.Equal(["xn--bcher-kva.example"], site.Aliases);
        Assert.Same(host, site.Primary);
        Assert.Equivalent(
            new HealthCheckPolicy
            {
                Path = "/a?b=c",
                Scheme = "http",
                Port = 8080,
                Timeout = TimeSpan.FromMilliseconds(500),
                Interval = TimeSpan.FromMinutes(1),
                ConfirmInterval = TimeSpan.FromMilliseconds(250),
                FailAfter = 4,
                RecoverAfter = 5,
                ExpectStatus = [new StatusRange(204, 204)],
                ExpectBody = "42",
                MaxRedirects = 0,
                Certificate = CertificatePolicy.Report,
                CertificateWarningDays = 7,
                SlowAfter = TimeSpan.FromMilliseconds(400),
            },
            site.Check,
            strict: true);
        Assert.Equal(new SitePolicy { Automatic = true, AutomaticAfter = TimeSpan.FromSeconds(90), Cooldown = TimeSpan.FromDays(2), Failback = TimeSpan.FromDays(3) }, site.Policy);
        Assert.Equal(["ssh", "{{active.name}}", "1"], Assert.Single(site.Hooks.Fence).Argv);
        Assert.Equal((15, "go {{operation.id}}"), (Assert.Single(site.Hooks.Promote).Timeout.TotalMinutes, site.Hooks.Promote[0].ToString()));
        Assert.Equivalent(
            new ApexSettings { ElasticIp = "198.51.100.99", Instance = new ApexInstanceSettings { Type = "t3.micro", KeyName = "ops", SecurityGroup = "web" } },
            inventory.Apex,
            strict: true);
        Assert.Equal("office.sites.example.net", Assert.Single(inventory.DynamicDns).Record);
        Assert.Equivalent(
            new FleetPolicy
            {
                MaxFailovers = 9,
                MaxFailoverPercent = 100,
                MaxFailoversPerProvider = 2,
                Window = TimeSpan.FromMinutes(90),
                ObserverChecks = ["https://a.example"],
                MaxTtl = 60,
                Marker = false,
            },
            inventory.Policy,
            strict: true);
        Assert.Equal([["down"], ["down", "failover", "recovered", "uplink", "standby", "certificate", "watcher"]], inventory.Notifications.Select(static channel => channel.On.ToArray()));
    }

    [Fact]
    public void A_caFile_is_relative_to_the_inventory()
    {
        var document = Parse(Site("check: { caFile: roots.pem }"));

        Assert.Equal(Path.Combine(Path.GetDirectoryName(FilePath)!, "roots.pem"), document.Inventory!.Sites[0].Check.CaFile);
    }
}
