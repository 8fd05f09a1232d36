using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using HostingOps.Engine.Alerts;
using HostingOps.Engine.Failover;
using HostingOps.Engine.Watch;
using HostingOps.Engine.Watch.Automatic;
using HostingOps.Engine.Watch.Verdicts;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.Watch.Automatic;

/// <summary>A watcher whose verdicts are set by hand, an inventory whose plans and operations do what the test says, and people who note what they are told.</summary>
internal sealed class MoveWorld : IWatchView, IAlertSink
{
    private readonly Lock gate = new();
    private readonly Dictionary<(string Site, string Host), WatchedTarget> targets = [];
    private readonly List<HostedSite> sites = [];
    private int operations;
    private int cutOffAsked;
    private int snapshots;
    private HostingInventory? inventory;

    public MoveWorld(int sites = 1, SitePolicy? policy = null)
    {
        for (var i = 1; i <= sites; i++)
        {
            Add(TestSites.Site($"site{i}") with { Policy = policy ?? new SitePolicy { Automatic = true, AutomaticAfter = TimeSpan.Zero } });
        }
    }

    public ManualTimeProvider Clock { get; } = new();

    public FleetPolicy Fleet { get; set; } = new() { MaxFailovers = 1000, MaxFailoverPercent = 100 };

    public string? ObserverProblem { get; set; }

    /// <summary>Makes a plan of a site; by default all gates agree.</summary>
    public Func<HostedSite, PlanOptions, SiteFailoverPlan>? Planning { get; set; }

    /// <summary>Happens while plans are made.</summary>
    public Func<Task>? WhilePlanning { get; set; }

    /// <summary>Happens before an operation's results come.</summary>
    public Func<IReadOnlyList<SiteFailoverPlan>, Task>? WhileMoving { get; set; }

    /// <summary>Happens while it is looked for what was cut off.</summary>
    public Func<Task>? WhileLooking { get; set; }

    /// <summary>How a plan ends; by default it succeeds.</summary>
    public Func<SiteFailoverPlan, FailoverOutcome> Ending { get; set; } = static _ => FailoverOutcome.Succeeded;

    public ConcurrentQueue<IReadOnlyList<SiteFailoverPlan>> Invoked { get; } = [];

    public ConcurrentQueue<InvokeOptions> InvokedWith { get; } = [];

    public ConcurrentQueue<(DateTimeOffset At, string[] Sites, PlanOptions Options)> Planned { get; } = [];

    public ConcurrentQueue<HostingAlert> Told { get; } = [];

    public ConcurrentQueue<(string Operation, string[] Sites)> Resumed { get; } = [];

    public ConcurrentQueue<string> RoutingAsked { get; } = [];

    public ConcurrentQueue<string> ChecksAsked { get; } = [];

    public List<FailoverHistoryEntry> CutOff { get; } = [];

    public List<FailoverHistoryEntry> History { get; } = [];

    public FailoverOutcome ResumeEnds { get; set; } = FailoverOutcome.Succeeded;

    public IEnumerable<string> Moved => Invoked.SelectMany(static plans => plans).Select(static plan => plan.SiteName);

    /// <summary>The incidents that people know of.</summary>
    public IReadOnlyList<HostingIncident> Incidents { get; set; } = [];

    public HostingWorkspace Workspace => throw new NotSupportedException("A fake has none.");

    public HostingInventory Inventory
    {
        get
        {
            lock (gate)
            {
                return inventory ??= new()
                {
                    Zone = "sites.example.net",
                    Path = "/etc/hosting.yml",
                    Hosts = new[] { TestSites.DigitalOcean, TestSites.Linode }.ToDictionary(static host => host.Name),
                    Sites = [.. sites],
                    Policy = Fleet,
                };
            }
        }
    }

    public AutomaticFailover Listener(AutomaticOptions? options = null) => new(_ => new Opened(this, Inventory), () => Incidents, this, SilentReporter.Instance, Clock, options);

    public void Add(HostedSite site)
    {
        sites.Add(site);
        inventory = null;
        Set(site.Name, WatchState.Healthy);
        Set(site.Name, WatchState.Healthy, standby: true);
    }

    /// <summary>Reads the inventory again, in which a site may be another.</summary>
    public void Reload(Func<HostedSite, HostedSite>? change = null)
    {
        lock (gate)
        {
            for (var i = 0; i < sites.Count; i++)
            {
                sites[i] = change?.Invoke(sites[i]) ?? sites[i];
            }

            inventory = null;
        }
    }

    public HostedSite Site(string name) => sites.Single(site => site.Name == name);

    /// <summary>Sets a verdict.</summary>
    public VerdictChange Set(string name, WatchState state, bool standby = false, string? activeHost = null, TimeSpan? answering = null, int answers = 100,
        TimeSpan? seen = null, int flaps = 0, int silences = 0)
    {
        lock (gate)
        {
            var site = Site(name);
            var active = activeHost ?? targets.Values.FirstOrDefault(watched => watched.Target.Site.Name == name && watched.Target.Role == WatchRole.Active)?.Target.Host.Name ?? site.Primary.Name;
            if (activeHost is not null)
            {
                foreach (var host in new[] { site.Primary, site.Secondary })
                {
                    var before = targets[(name, host.Name)];
                    targets[(name, host.Name)] = before with { Target = before.Target with { Role = host.Name == active ? WatchRole.Active : WatchRole.Standby } };
                }
            }

            var on = (site.Primary.Name == active) == standby ? site.Secondary : site.Primary;
            var held = targets.GetValueOrDefault((name, on.Name))?.Verdict ?? TargetVerdict.Initial;
            var from = held.State;
            var verdict = new TargetVerdict
            {
                State = state,
                Since = Clock.GetUtcNow(),
                Reason = $"It is {state}.",
                Flaps = flaps,
                Silences = silences,
                Answers = state == WatchState.Healthy ? answers : 0,
                AnsweringSince = state == WatchState.Healthy ? Clock.GetUtcNow() - (answering ?? TimeSpan.FromDays(1)) : null,
                AnsweringFor = state == WatchState.Healthy ? seen ?? answering ?? TimeSpan.FromDays(1) : TimeSpan.Zero,
                ObservedAt = Clock.GetUtcNow(),
                DownSince = state == WatchState.Down ? held.DownSince ?? Clock.GetUtcNow() : state == WatchState.Healthy ? null : held.DownSince,
            };
            var target = new WatchTarget(site, on, standby ? WatchRole.Standby : WatchRole.Active);
            targets[(name, on.Name)] = new WatchedTarget(target, verdict, null, null);
            return new VerdictChange(target, from, verdict, null);
        }
    }

    public WatcherSnapshot Snapshot()
    {
        Interlocked.Increment(ref snapshots);
        lock (gate)
        {
            return new WatcherSnapshot
            {
                At = Clock.GetUtcNow(),
                StartedAt = Clock.GetUtcNow(),
                Inventory = Inventory,
                InventoryReadAt = Clock.GetUtcNow(),
                ObserverProblem = ObserverProblem,
                Targets = [.. targets.Values],
                ChecksBegun = 0,
                ChecksUnderWay = 0,
                Lag = TimeSpan.Zero,
            };
        }
    }

    public void CheckSoon(IReadOnlyCollection<string> hostNames) => hostNames.ToList().ForEach(ChecksAsked.Enqueue);

    public void ReadRoutingSoon(IReadOnlyCollection<string> siteNames) => siteNames.ToList().ForEach(RoutingAsked.Enqueue);

    public void Post(HostingAlert alert) => Told.Enqueue(alert);

    public async Task<IReadOnlyList<SiteFailoverPlan>> PlanAsync(IReadOnlyList<HostedSite> wanted, PlanOptions options, CancellationToken cancellationToken)
    {
        Planned.Enqueue((Clock.GetUtcNow(), [.. wanted.Select(static site => site.Name)], options));
        if (WhilePlanning is { } happening)
        {
            await happening().WaitAsync(cancellationToken);
        }

        return [.. wanted.Select(site => Planning is { } plan ? plan(site, options) : Plan(site, options))];
    }

    public SiteFailoverPlan Plan(HostedSite site, PlanOptions options, params FailoverGate[] gates)
    {
        var from = Snapshot().Targets.Single(watched => watched.Target.Site.Name == site.Name && watched.Target.Role == WatchRole.Active).Target.Host;
        var to = site.PeerOf(from);
        return new SiteFailoverPlan
        {
            SiteName = site.Name,
            Kind = options.Planned ? FailoverKind.Switchover : FailoverKind.Failover,
            From = from.Name,
            To = to.Name,
            Gates = gates.Length > 0 ? gates : [new FailoverGate(GateName.ActiveDown, GateOutcome.Passed, "Down.")],
            Change = new DnsSwitch { SiteName = site.Name, Record = site.Record, Before = [], After = [] },
            Zone = site.Zone,
            CreatedAt = Clock.GetUtcNow(),
        };
    }

    public async IAsyncEnumerable<FailoverResult> InvokeAsync(
        IReadOnlyList<SiteFailoverPlan> plans, InvokeOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Invoked.Enqueue(plans);
        InvokedWith.Enqueue(options);
        var id = $"OP{Interlocked.Increment(ref operations)}";
        if (WhileMoving is { } happening)
        {
            await happening(plans).WaitAsync(cancellationToken);
        }

        foreach (var plan in plans)
        {
            yield return Result(plan.SiteName, plan.Kind, Ending(plan), id, plan.From, plan.To);
        }
    }

    public async Task<IReadOnlyList<FailoverHistoryEntry>> CutOffAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref cutOffAsked);
        if (WhileLooking is { } happening)
        {
            await happening().WaitAsync(cancellationToken);
        }

        lock (CutOff)
        {
            return [.. CutOff];
        }
    }

    public async IAsyncEnumerable<FailoverResult> ResumeAsync(
        string operationId, IReadOnlyList<string> siteNames, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Resumed.Enqueue((operationId, [.. siteNames]));
        await Task.Yield();
        foreach (var name in siteNames)
        {
            lock (CutOff)
            {
                CutOff.RemoveAll(entry => ResumeEnds != FailoverOutcome.Unknown && entry.OperationId == operationId && entry.SiteName == name);
            }

            yield return Result(name, FailoverKind.Failover, ResumeEnds, operationId, "do-1", "li-1");
        }
    }

    public Task<IReadOnlyList<FailoverHistoryEntry>> HistoryAsync(IReadOnlyList<string> siteNames, DateTimeOffset since, CancellationToken cancellationToken)
    {
        lock (History)
        {
            return Task.FromResult<IReadOnlyList<FailoverHistoryEntry>>([.. History.Where(entry => siteNames.Contains(entry.SiteName))]);
        }
    }

    public DateTimeOffset? LastTold(string incidentId) => ToldBefore.TryGetValue(incidentId, out var at) ? at : null;

    /// <summary>How often it was looked for what was cut off.</summary>
    public int CutOffAsked => Volatile.Read(ref cutOffAsked);

    public IReadOnlySet<string>? SitesTold(string incidentId) =>
        SitesToldBefore.TryGetValue(incidentId, out var names) ? names : sites.Select(static site => site.Name).ToHashSet();

    public IReadOnlyList<HostingAlert>? OpenNotices() => NoticesBefore;

    /// <summary>Of which sites earlier processes told under an id; of all, where there is nothing.</summary>
    public Dictionary<string, HashSet<string>> SitesToldBefore { get; } = [];

    /// <summary>What earlier processes told, and whose end they did not.</summary>
    public List<HostingAlert> NoticesBefore { get; } = [];

    /// <summary>How often the watcher was looked at.</summary>
    public int Snapshots => Volatile.Read(ref snapshots);

    /// <summary>What an earlier process told.</summary>
    public Dictionary<string, DateTimeOffset> ToldBefore { get; } = [];

    public FailoverHistoryEntry Entry(
        string site, FailoverKind kind, FailoverOutcome outcome, TimeSpan ago, string by = "root@mon/watch", FailoverStep step = FailoverStep.Finish, string id = "OP0", string to = "li-1") => new()
    {
        OperationId = id,
        SiteName = site,
        Kind = kind,
        Outcome = outcome,
        Reason = outcome.ToString(),
        LastStep = step,
        From = to == "li-1" ? "do-1" : "li-1",
        To = to,
        By = by,
        StartedAt = Clock.GetUtcNow() - ago,
        EndedAt = outcome is FailoverOutcome.InProgress or FailoverOutcome.Unknown ? null : Clock.GetUtcNow() - ago,
        Resumable = outcome is FailoverOutcome.InProgress or FailoverOutcome.Unknown,
    };

    public static FailoverGate Refused(GateName name) => new(name, GateOutcome.Refused, $"{name} says no.");

    private FailoverResult Result(string name, FailoverKind kind, FailoverOutcome outcome, string id, string? from, string? to) => new()
    {
        OperationId = id,
        SiteName = name,
        Kind = kind,
        Outcome = outcome,
        Reason = outcome == FailoverOutcome.Succeeded ? $"Moved from {from} to {to}, proven." : $"It ended {outcome}.",
        ErrorId = outcome is FailoverOutcome.Failed ? ErrorIds.HookFailed : outcome is FailoverOutcome.Conflict ? ErrorIds.RecordConflict : null,
        From = from,
        To = to,
        StartedAt = Clock.GetUtcNow(),
    };

    /// <summary>The world by one reading of its inventory.</summary>
    private sealed class Opened(MoveWorld world, HostingInventory inventory) : ISiteMover
    {
        public HostingInventory Inventory => inventory;

        public Task<IReadOnlyList<SiteFailoverPlan>> PlanAsync(IReadOnlyList<HostedSite> sites, PlanOptions options, CancellationToken cancellationToken) =>
            world.PlanAsync(sites, options, cancellationToken);

        public IAsyncEnumerable<FailoverResult> InvokeAsync(IReadOnlyList<SiteFailoverPlan> plans, InvokeOptions options, CancellationToken cancellationToken) =>
            world.InvokeAsync(plans, options, cancellationToken);

        public Task<IReadOnlyList<FailoverHistoryEntry>> CutOffAsync(CancellationToken cancellationToken) => world.CutOffAsync(cancellationToken);

        public IAsyncEnumerable<FailoverResult> ResumeAsync(string operationId, IReadOnlyList<string> siteNames, CancellationToken cancellationToken) =>
            world.ResumeAsync(operationId, siteNames, cancellationToken);

        public Task<IReadOnlyList<FailoverHistoryEntry>> HistoryAsync(IReadOnlyList<string> siteNames, DateTimeOffset since, CancellationToken cancellationToken) =>
            world.HistoryAsync(siteNames, since, cancellationToken);

        public DateTimeOffset? LastTold(string incidentId) => world.LastTold(incidentId);

        public IReadOnlySet<string>? SitesTold(string incidentId) => world.SitesTold(incidentId);

        public IReadOnlyList<HostingAlert>? OpenNotices() => world.OpenNotices();
    }
}
