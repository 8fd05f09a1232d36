namespace HostingOps.Sandbox.Tests.World;

/// <summary>A small inventory: three sites on two hosts, one pair of them with two address families, and a CNAME host.</summary>
internal static class SampleInventory
{
    public static HostingInventory Create(params string[] observerChecks)
    {
        var first = new SiteHost { Name = "do-1", Provider = "digitalocean", Address = "203.0.113.10", AddressV6 = "2001:db8::10" };
        var second = new SiteHost { Name = "li-1", Provider = "linode", Address = "198.51.100.7", AddressV6 = "2001:db8:1::7" };
        var named = new SiteHost { Name = "home-1", Provider = "home", Cname = "home.dyn.example" };
        return new HostingInventory
        {
            Zone = "sites.example.net",
            Aws = new AwsSettings { Profile = "agency", Region = "eu-west-1" },
            Hosts = new Dictionary<string, SiteHost> { [first.Name] = first, [second.Name] = second, [named.Name] = named },
            Sites =
            [
                Site("acme", first, second) with { Aliases = ["acmelaw.example"] },
                Site("bakery", second, first) with { Check = new HealthCheckPolicy { Port = 8443, ExpectBody = "fresh <bread> daily" } },
                Site("cafe", named, first) with
                {
                    Hooks = new SiteHooks { Fence = [new Hook { Argv = ["ssh", "deploy@203.0.113.10", "fence"] }] },
                },
            ],
            Policy = new FleetPolicy { ObserverChecks = observerChecks },
            Apex = new ApexSettings { ElasticIp = "198.51.100.99" },
            Notifications = [new NotificationChannel { Webhook = "https://hooks.example/x", On = ["down"] }],
        };
    }

    public static HostedSite Site(string name, SiteHost primary, SiteHost secondary) => new()
    {
        Name = name,
        Domain = name + ".example",
        Record = name + ".sites.example.net",
        Zone = "sites.example.net",
        Primary = primary,
        Secondary = secondary,
    };
}
