using HostingOps.Engine.Watch;
using HostingOps.Engine.Watch.Verdicts;

namespace HostingOps.Engine.Tests.Watch.Metrics;

/// <summary>A watcher that is a snapshot, and the fleet in it.</summary>
internal sealed class FakeView(WatcherSnapshot snapshot) : IWatchView
{
    public static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public WatcherSnapshot Current { get; set; } = snapshot;

    public Exception? Failure { get; set; }

    public HostingWorkspace Workspace => throw new NotSupportedException();

    public static HostingInventory Inventory(int sites, string name = "s{0}")
    {
        SiteHost[] hosts = [.. Enumerable.Range(0, 40).Select(static number => new SiteHost { Name = $"h{number}", Provider = number % 2 == 0 ? "digitalocean" : "linode", Address = $"192.0.2.{number + 1}" })];
        return new HostingInventory
        {
            Path = "/srv/hosting.yml",
            Zone = "sites.example.net",
            Hosts = hosts.ToDictionary(static host => host.Name),
            Sites = [.. Enumerable.Range(0, sites).Select(number => new HostedSite
            {
                Name = string.Format(System.Globalization.CultureInfo.InvariantCulture, name, number),
                Domain = $"s{number}.example",
                Record = $"s{number}.sites.example.net",
                Zone = "sites.example.net",
                Primary = hosts[number * 2 % 40],
                Secondary = hosts[((number * 2) + 1) % 40],
            })],
        };
    }

    public static FakeView Of(HostingInventory inventory, Func<HostedSite, WatchState>? state = null) => new(new WatcherSnapshot
    {
        At = Now,
        StartedAt = Now.AddMinutes(-10),
        Inventory = inventory,
        InventoryReadAt = Now.AddMinutes(-5),
        ChecksBegun = 6_000,
        ChecksUnderWay = 3,
        Lag = TimeSpan.FromMilliseconds(12.5),
        Targets = [.. inventory.Sites.SelectMany(site => new[]
        {
            Target(site, site.Primary, WatchRole.Active, state?.Invoke(site) ?? WatchState.Healthy),
            Target(site, site.Secondary, WatchRole.Standby, WatchState.Healthy),
        })],
    });

    public WatcherSnapshot Snapshot() => Failure is null ? Current : throw Failure;

    public void CheckSoon(IReadOnlyCollection<string> hostNames)
    {
    }

    public void ReadRoutingSoon(IReadOnlyCollection<string> siteNames)
    {
    }

    public static TargetCheck Check(WatchedTarget target, ObservationKind kind = ObservationKind.Answers, double milliseconds = 30, DateTimeOffset? certificate = null) => new(
        target.Target,
        Health(target.Target.Site, target.Target.Host, SiteStatus.Healthy) with { Timings = new ProbeTimings { Total = milliseconds }, CertificateExpires = certificate },
        new Observation(kind, Now, Now, "x"),
        target.Verdict,
        TimeSpan.Zero);

    private static WatchedTarget Target(HostedSite site, SiteHost host, WatchRole role, WatchState state) => new(
        new WatchTarget(site, host, role),
        TargetVerdict.Initial with { State = state, Since = Now.AddHours(-1), Reason = "It is so.", ObservedAt = Now },
        Health(site, host, state == WatchState.Down ? SiteStatus.Down : SiteStatus.Healthy),
        Now.AddSeconds(30));

    private static SiteHealth Health(HostedSite site, SiteHost host, SiteStatus status) => new()
    {
        SiteName = site.Name,
        HostName = host.Name,
        Target = HealthTarget.Active,
        Status = status,
        Reason = "It is so.",
        Timings = new ProbeTimings { Total = 31.25 },
        CertificateExpires = status == SiteStatus.Down ? null : Now.AddDays(60),
        CheckedAt = Now.AddSeconds(-3),
    };
}
