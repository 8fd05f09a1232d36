using FsCheck;
using FsCheck.Fluent;

namespace HostingOps.Engine.Tests.Inventory;

/// <summary>Inventories that are valid and otherwise as odd as can be.</summary>
internal static class InventoryGenerator
{
    private const string Zone = "sites.example.net";

    private static readonly string[] OddTexts =
        ["null", "~", "true", "no", "1e3", "0x1F", "007", "- a", "a: b", "# x", "\"", "'", "\\", "{{site.name}}", "[", "}", "é", "\u2028", "\t", "a\nb", "line\r\n", " x ", "*", "&a", "!t", "%", "@", "😀", "\u0085", "\u0001"];

    public static Arbitrary<HostingInventory> Inventories { get; } = Gen.Choose(0, int.MaxValue).Select(static seed => Make(new Random(seed))).ToArbitrary();

    private static HostingInventory Make(Random random)
    {
        var hosts = Enumerable.Range(1, random.Next(2, 6)).Select(number => Host(random, number)).ToList();
        var sites = Enumerable.Range(1, random.Next(0, 9)).Select(number => Site(random, number, hosts)).ToList();
        return new HostingInventory
        {
            Zone = Zone,
            Owner = Maybe(random, () => Chance(random) ? "agency" : "0"),
            Sync = Chance(random) ? new SyncPolicy() : new SyncPolicy { MaxChanges = random.Next(0, 1_000_001), MaxPercent = random.Next(0, 101) },
            Aws = new AwsSettings { Profile = Maybe(random, () => Text(random)), Region = Maybe(random, () => "eu-west-1"), EndpointUrl = Maybe(random, () => "http://127.0.0.1:5000/x?y=1#z") },
            ZoneId = Maybe(random, () => Chance(random) ? "Z0123456789ABC" : "000123"),
            NameServers = Some(random, number => $"127.0.0.1:{5300 + number}"),
            VerifyDns = Chance(random),
            Hosts = hosts.ToDictionary(static host => host.Name),
            Sites = sites,
            Policy = new FleetPolicy
            {
                MaxFailovers = random.Next(1, 50),
                MaxFailoverPercent = random.Next(1, 101),
                MaxFailoversPerProvider = Chance(random) ? random.Next(1, 9) : null,
                Window = TimeSpan.FromMilliseconds(random.Next(1000, int.MaxValue)),
                ObserverChecks = Some(random, number => $"https://check{number}.example/a,b"),
                MaxFailingPercent = random.Next(1, 101),
                MaxTtl = random.Next(1, 604_800),
                Marker = Chance(random),
            },
            Apex = Chance(random) ? Apex(random) : null,
            Witnesses = Chance(random) ? null : Witnesses(random),
            DnsAudit = Chance(random) ? DnsAuditSettings.Default : Audit(random),
            Maintenance = Some(random, _ => Window(random, hosts, sites)),
            DynamicDns = Some(random, number => new DynamicDnsRecord { Record = $"dyn{number}{(Chance(random) ? ".deep" : "")}.{Zone}", Sources = ["https://ip.example/"] }),
            Notifications = Some(random, number => Channel(random, number)),
        };
    }

    private static NotificationChannel Channel(Random random, int number)
    {
        var channel = new NotificationChannel
        {
            Name = Maybe(random, () => $"channel-{number}"),
            On = Chance(random) ? ["down", "recovered"] : [],
            MinSeverity = Chance(random) ? AlertSeverity.Information : AlertSeverity.Critical,
            Resend = TimeSpan.FromMinutes(random.Next(0, 1000)),
        };
        return random.Next(4) switch
        {
            0 => channel with { Command = ["/usr/local/bin/page", OddArgument(random)] },
            1 => channel with
            {
                Mail = new MailSettings
                {
                    To = ["ops@example.net", "Boss <boss@example.net>"],
                    From = "hosting@example.net",
                    Server = Chance(random) ? "smtp.example.net:587" : "127.0.0.1:25",
                    User = "${SMTP_USER}",
                    Password = "${SMTP_PASSWORD}",
                    Tls = Chance(random) ? MailTls.StartTls : MailTls.None,
                },
            },
            2 => channel with { Preset = NotificationPreset.PagerDuty, Token = "${KEY}" },
            _ => channel with { Webhook = Chance(random) ? "${HOOK}" : $"https://chat.example/{number}", Preset = Chance(random) ? NotificationPreset.Generic : NotificationPreset.Teams },
        };
    }

    private static MaintenanceWindow Window(Random random, List<SiteHost> hosts, List<HostedSite> sites)
    {
        var window = new MaintenanceWindow
        {
            Reason = "x" + Text(random),
            Sites = sites.Count > 0 && Chance(random) ? ["*", "?*[a-z0-9]", sites[0].Name] : [],
            Hosts = Chance(random) ? [hosts[0].Name] : [],
            Providers = Chance(random) ? [hosts[^1].Provider] : [],
        };
        var from = new DateTimeOffset(2150, 1, 1, 0, 0, 0, TimeSpan.Zero).AddSeconds(random.Next(1_000_000_000));
        return Chance(random) ? window with { From = from, To = from.AddSeconds(random.Next(1, 100_000)) } : window with
        {
            Weekly = Chance(random) ? ["sun"] : ["sat", "mon", "fri"],
            At = new TimeOnly(random.Next(24), random.Next(60), Chance(random) ? 0 : random.Next(60)),
            Duration = TimeSpan.FromSeconds(random.Next(60, 604_801)),
            TimeZone = random.Next(4) switch { 0 => "UTC", 1 => "Europe/Berlin", 2 => "W. Europe Standard Time", _ => "America/Argentina/Buenos_Aires" },
        };
    }

    private static WitnessSettings Witnesses(Random random)
    {
        var settings = new WitnessSettings
        {
            Key = Maybe(random, () => "${WITNESS_KEY}"),
            Agents = Some(random, number => new WitnessAgent { Name = $"null.{number}", Url = $"https://w{number}.example:8787/x,y", Key = "${K" + number + "}" }),
            Route53 = Chance(random) ? null : Chance(random) ? new Route53WitnessSettings() : new Route53WitnessSettings { Failing = random.Next(1, 101), MaxAge = TimeSpan.FromSeconds(random.Next(10, 601)), Regions = random.Next(1, 9) },
            Timeout = TimeSpan.FromMilliseconds(random.Next(1000, 60_001)),
        };
        return settings with { Quorum = Chance(random) ? null : random.Next(1, settings.Voices + 1) };
    }

    private static DnsAuditSettings Audit(Random random) => new()
    {
        Resolvers = Chance(random) ? [] : ["9.9.9.9", "dns.example:5353", "[2001:db8::53]:53"],
        CertificateAuthorities = Chance(random) ? DnsAuditSettings.Default.CertificateAuthorities : ["pki.example", "letsencrypt.org"],
        WildcardCertificates = Chance(random),
        MaxSwitchTime = TimeSpan.FromHours(random.Next(1, 48)),
        SignatureWarningDays = random.Next(0, 61),
        QuestionsAtOnce = random.Next(1, 65),
        QuestionsPerSecond = random.Next(1, 1001),
        Roots = ["127.0.0.1:5300", "192.0.2.1"],
        Port = random.Next(1, 65536),
    };

    private static ApexSettings Apex(Random random) => new()
    {
        ElasticIp = "198.51.100.99",
        ElasticIpV6 = Maybe(random, () => "2001:db8::99"),
        Ssh = Chance(random) ? new SshDestination(Maybe(random, () => "admin"), Chance(random) ? "2001:db8::1" : "host-1", Chance(random) ? random.Next(1, 65536) : null) : null,
        ConfigPath = Chance(random) ? "/etc/nginx/conf.d/hostingops-apex.conf" : "/srv/a@b=c:d,e+f/_x-1.conf",
        Reload = Chance(random) ? ["sudo", "systemctl", "reload", "nginx"] : ["r", OddArgument(random)],
        Test = Chance(random) ? ["sudo", "nginx", "-t"] : ["true", OddArgument(random)],
        Instance = Chance(random) ? new ApexInstanceSettings() : new ApexInstanceSettings
        {
            Type = Maybe(random, () => "t3.micro"),
            KeyName = Maybe(random, () => OddName(random)),
            SecurityGroup = Maybe(random, () => OddName(random)),
            Subnets = Some(random, number => $"subnet-{number}a"),
            Image = Chance(random) ? "ubuntu-24.04" : "ami-0a1b2c",
            Profile = Maybe(random, () => "a+b=c,d.e@f"),
            User = Maybe(random, () => "true"),
            Setup = Some<IReadOnlyList<string>>(random, _ => ["run", OddArgument(random)]),
            Tags = Some(random, static number => number).ToDictionary(static number => (number == 1 ? "null: " : "t") + number, _ => OddArgument(random)),
        },
        Redirect = Chance(random) ? new ApexRedirectSettings() : new ApexRedirectSettings
        {
            Certificates = Chance(random) ? "/c/{domain}" : "/d/{siteDomain}/{domain}",
            AcmeRoot = Chance(random) ? "/var/www/acme" : "/srv/acme",
            Hsts = TimeSpan.FromSeconds(random.Next(0, 1_000_000)),
            AccessLog = Chance(random),
            Ipv6 = Chance(random),
            Status = Chance(random) ? 301 : 308,
            WwwAliases = Chance(random),
        },
        ConnectTo = Some(random, static number => number).ToDictionary(
            static number => number == 3 ? "[2001:db8::99]:443" : $"198.51.100.{number}:80", static number => $"10.0.0.{number}:8080"),
    };

    private static string OddArgument(Random random) => "x" + string.Concat(Text(random).Where(static character => !char.IsControl(character)));

    private static string OddName(Random random) => "x" + string.Concat(Text(random).Where(static character => character is >= '!' and <= '~'));

    private static SiteHost Host(Random random, int number)
    {
        var kind = random.Next(4);
        return new SiteHost
        {
            Name = (kind == 0 ? "null" : Chance(random) ? "Höst.x" : "h_") + number,
            Provider = $"provider {number}: {Text(random)}",
            Address = kind is 0 or 1 ? $"203.0.113.{number}" : null,
            AddressV6 = kind is 1 or 2 ? $"2001:db8::{number}" : null,
            Cname = kind == 3 ? $"web-{number}.provider.example" : null,
            Ssh = Maybe(random, () => $"deploy@h{number}"),
            HealthCheck = Maybe(random, () => Chance(random) ? "01234567-89ab-cdef-0123-456789abcdef" : "0e1"),
            ConnectTo = Some(random, static port => port + 1).ToDictionary(static port => port, static port => port % 2 == 0 ? $"127.0.0.1:{port}" : $"[::1]:{port}"),
        };
    }

    private static HostedSite Site(Random random, int number, List<SiteHost> hosts)
    {
        var primary = random.Next(hosts.Count);
        return new HostedSite
        {
            Name = (random.Next(4) switch { 0 => "true", 1 => "Straße-", 2 => "1.", _ => "s" }) + number,
            Domain = Chance(random) ? $"client{number}.example" : $"xn--caf-dma{(number % 2 == 0 ? "" : ".n")}.n{number}.example",
            Aliases = Some(random, alias => $"alias{number}-{alias}.example"),
            Record = $"{(Chance(random) ? $"r{number}" : $"deep.r{number}")}.{Zone}",
            Zone = Zone,
            Primary = hosts[primary],
            Secondary = hosts[(primary + 1) % hosts.Count],
            Ttl = random.Next(3) == 0 ? random.Next() : 60,
            Check = Check(random),
            Policy = new SitePolicy { Automatic = Chance(random), AutomaticAfter = TimeSpan.FromSeconds(random.Next(0, 3601)), Cooldown = Duration(random), Failback = Chance(random) ? TimeSpan.FromMinutes(random.Next(1, 3000)) : null },
            Hooks = new SiteHooks { Fence = Hooks(random), Promote = Hooks(random), After = Hooks(random) },
            ApexRedirect = Chance(random),
            Mirror = random.Next(3) switch { 0 => null, 1 => MirrorSettings.Default, _ => Mirror(random) },
            HealthChecks = Chance(random) ? new Dictionary<string, string>() : new Dictionary<string, string> { [hosts[primary].Name] = "7654-3210" },
            Repository = Maybe(random, () => "x" + Text(random).Trim().Where(static character => !char.IsControl(character)).Aggregate("", static (all, one) => all + one)),
        };
    }

    private static MirrorSettings Mirror(Random random) => new()
    {
        Connections = random.Next(1, 33),
        RequestsPerSecond = Chance(random) ? null : random.Next(1, 100_000) / 100.0,
        MaxPages = random.Next(1, 1_000_000),
        MaxDepth = random.Next(0, 100),
        MaxBytes = random.NextInt64(1L << 30, 1L << 42),
        MaxFileBytes = random.Next(1, 1 << 20) * 1024L,
        MaxTime = TimeSpan.FromSeconds(random.Next(1, 600_000)),
        Timeout = TimeSpan.FromMilliseconds(random.Next(100, 600_000)),
        Robots = Chance(random),
        AssetHosts = Some(random, number => $"cdn{number}.example.net{(number % 2 == 0 ? "" : ":8443")}"),
        Exclude = Some(random, number => $"/{number}/*?a=*&b=é,}}"),
        Start = Some(random, number => $"/{number}/:{{,"),
        Headers = Chance(random) ? new Dictionary<string, string>() : new Dictionary<string, string> { ["Authorization"] = "Bearer ${A}: #", ["Cookie"] = "a=\"${B}\"; c=d" },
        UserAgent = Maybe(random, () => "Acme: \"x\" #1"),
        MaxAge = TimeSpan.FromMinutes(random.Next(1, 500_000)),
        Keep = random.Next(0, 1001),
        MinPercent = random.Next(0, 1001) / 10.0,
        MaxMissingPercent = random.Next(0, 1001) / 10.0,
        Banner = Chance(random),
        Folder = Chance(random) ? "/srv/mirrors" : "/0/a-b_c.d",
        Reload = Some(random, number => $"a {number} \"b\" 'c' {{d}}"),
        Certificates = Maybe(random, () => "/etc/letsencrypt/live/{siteDomain}"),
    };

    private static HealthCheckPolicy Check(Random random) => random.Next(3) == 0 ? new HealthCheckPolicy() : new HealthCheckPolicy
    {
        Path = Chance(random) ? "/" : "/é?a=[b],{c}:&d*",
        Scheme = Chance(random) ? "https" : "http",
        Port = Chance(random) ? random.Next(1, 65536) : null,
        Timeout = Duration(random),
        Interval = Duration(random),
        ConfirmInterval = Duration(random),
        FailAfter = random.Next(1, 101),
        RecoverAfter = random.Next(1, 101),
        FaultDuration = Duration(random),
        Intermittent = new IntermittentFailures(random.Next(3, 20), random.Next(20, 61)),
        HoldDown = Duration(random),
        MaxHoldDown = Duration(random),
        FlapWindow = Duration(random),
        StandbyInterval = TimeSpan.FromSeconds(random.Next(1, 604_801)),
        ExpectStatus = Chance(random) ? [new StatusRange(200, 299)] : [new StatusRange(204, 204), new StatusRange(300, 399)],
        ExpectBody = Maybe(random, () => Text(random)),
        MaxRedirects = random.Next(21),
        Certificate = (CertificatePolicy)random.Next(3),
        CertificateWarningDays = random.Next(366),
        SlowAfter = Chance(random) ? Duration(random) : null,
        CaFile = Maybe(random, () => Path.GetFullPath("roots: " + random.Next(3) + ".pem")),
    };

    private static IReadOnlyList<Hook> Hooks(Random random) => Some(random, _ => Chance(random)
        ? new Hook { Argv = ["run", Text(random), "{{site.name}}"] }
        : new Hook { Argv = [Text(random)], Timeout = Duration(random) });

    private static TimeSpan Duration(Random random) => TimeSpan.FromMilliseconds(random.Next(4) switch { 0 => 1000, 1 => 60_000, 2 => 5_000, _ => random.Next(1, 600_000) });

    // "{{site.name}}" is the only odd text with braces that a hook may have.
    private static string Text(Random random) =>
        Chance(random) ? OddTexts[random.Next(OddTexts.Length)] : string.Concat(Enumerable.Range(0, random.Next(1, 5)).Select(_ => OddTexts[random.Next(OddTexts.Length)]));

    private static T? Maybe<T>(Random random, Func<T> make)
        where T : class => Chance(random) ? make() : null;

    private static IReadOnlyList<T> Some<T>(Random random, Func<int, T> make) => Chance(random) ? [] : Enumerable.Range(1, random.Next(1, 4)).Select(make).ToList();

    private static bool Chance(Random random) => random.Next(2) == 0;
}
