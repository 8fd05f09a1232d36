using HostingOps.Engine.Dns;
using HostingOps.Engine.Failover.Hooks;
using HostingOps.Engine.Health;
using HostingOps.Engine.Mirror.Checking;
using HostingOps.Engine.Operations;
using HostingOps.Engine.State;
using HostingOps.Engine.Watch.Witnesses;

namespace HostingOps.Engine.Failover;

/// <summary>Makes plans by reading only: Route 53, the hosts themselves, and the journal.</summary>
internal sealed class FailoverPlanner(
    HostingInventory inventory,
    SiteDnsReader dns,
    SiteProber prober,
    MirrorAsker mirrors,
    IWitnessPanel witnesses,
    Func<FailoverJournal> journal,
    Func<PauseRegister> pauses,
    Func<OpenOperations> operations,
    IOperationReporter reporter,
    TimeProvider time)
{
    /// <summary>Plans the move of each site, with every gate answered.</summary>
    /// <param name="sites">The sites.</param>
    /// <param name="options">Overrides, and how many probes at once.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <param name="resuming">The operation that is being resumed: being open does not speak against itself.</param>
    public async Task<IReadOnlyList<SiteFailoverPlan>> PlanAsync(
        IReadOnlyList<HostedSite> sites, PlanOptions options, CancellationToken cancellationToken, string? resuming = null)
    {
        FailoverGates.EnsureAllowed(options.Overrides, options.OverrideReason);
        if (sites.Count == 0)
        {
            return [];
        }

        var kind = options.Planned ? FailoverKind.Switchover : FailoverKind.Failover;
        var routes = sites.Select(site => new Route(site, options.To)).ToArray();
        var reading = await dns.ReadForChangeAsync(sites, cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < routes.Length; i++)
        {
            routes[i].Take(reading.Targets[i]);
        }

        var observing = new ObserverCheck(prober).CheckAsync(inventory.Policy.ObserverChecks, cancellationToken);
        var asking = AskWitnessesAsync(routes, kind, cancellationToken);
        await ProbeAsync(routes, kind, options.ThrottleLimit, cancellationToken).ConfigureAwait(false);
        await asking.ConfigureAwait(false);
        var observed = await observing.ConfigureAwait(false);
        var observer = new ObserverFacts(
            observed,
            routes.Count(static route => route.Standby is not null),
            routes.Count(static route => route.Standby?.StatusCode is not null));

        var paused = pauses().All(time.GetUtcNow(), inventory.Zone).ToDictionary(static pause => pause.SiteName, StringComparer.Ordinal);
        var switched = journal().LastSwitches(reading.Zone.Name, reading.Zone.Id);
        var open = operations().Find(reading.Zone, entry => entry.OperationId == resuming);
        var facts = routes.Select((route, i) => Facts(route, kind, observer) with
        {
            Obstacle = route.To is null ? null : reading.ObstacleTo(DesiredRecords.For(route.Site, route.To), i),
            Open = open.GetValueOrDefault(route.Site.Name),
            Pause = paused.GetValueOrDefault(route.Site.Name),
            LastSwitch = switched.TryGetValue(route.Site.Name, out var last) ? last : null,
        }).ToArray();
        facts = WithFleet(facts, reading.Zone, options);
        return facts.Select((fact, i) => Plan(fact, routes[i], reading, options)).ToArray();
    }

    /// <summary>Plans to point the sites at a host with no gate but the compare-and-swap.</summary>
    public async Task<IReadOnlyList<SiteFailoverPlan>> PlanManualAsync(
        IReadOnlyList<HostedSite> sites, Func<HostedSite, SiteHost> choose, CancellationToken cancellationToken)
    {
        if (sites.Count == 0)
        {
            return [];
        }

        var chosen = sites.Select(choose).ToArray();
        var reading = await dns.ReadForChangeAsync(sites, cancellationToken).ConfigureAwait(false);
        return sites.Select((site, i) =>
        {
            var target = reading.Targets[i];
            var gate = target.State == DnsTargetState.NotSwitchable
                ? new FailoverGate(GateName.RecordAsExpected, GateOutcome.Refused, target.Reason!)
                : reading.ObstacleTo(DesiredRecords.For(site, chosen[i]), i) is { } obstacle
                ? new FailoverGate(GateName.RecordAsExpected, GateOutcome.Refused, obstacle)
                : new FailoverGate(GateName.RecordAsExpected, GateOutcome.Passed, $"The record is {DesiredRecords.Describe(target.RecordSets)}.");
            return new SiteFailoverPlan
            {
                SiteName = site.Name,
                Kind = FailoverKind.Manual,
                From = target.ActiveHost,
                To = chosen[i].Name,
                Gates = [gate],
                Change = Change(site, target, chosen[i], reading.Marker),
                Zone = reading.Zone.Name,
                ZoneId = reading.Zone.Id,
                PropagationSeconds = target.Ttl,
                CreatedAt = time.GetUtcNow(),
                InventoryPath = site.InventoryPath,
            };
        }).ToArray();
    }

    /// <summary>From when on the policy's limits count.</summary>
    public DateTimeOffset WindowBegin => time.GetUtcNow() - inventory.Policy.Window;

    /// <summary>The sites that failed over or began to, each once, with the provider that it left.</summary>
    public IReadOnlyList<SiteMove> Failovers(IEnumerable<SwitchRecord> moves) =>
    [
        .. moves.Where(static record => record.Kind == FailoverKind.Failover)
            .DistinctBy(static record => record.SiteName)
            .Select(record => new SiteMove(record.SiteName, ProviderOf(record.From))),
    ];

    /// <summary>The provider of a host, or null.</summary>
    public string? ProviderOf(string? hostName) =>
        hostName is not null && inventory.Hosts.TryGetValue(hostName, out var host) ? host.Provider : null;

    /// <summary>The fleet's facts for an operation that would move these sites, one of them away from that provider.</summary>
    public FleetFacts Fleet(string? provider, IReadOnlyList<SiteMove> recent, IReadOnlyList<SiteMove> wanted)
    {
        var again = wanted.Select(static move => move.SiteName).ToHashSet(StringComparer.Ordinal);
        var others = recent.Where(move => !again.Contains(move.SiteName)).ToArray();
        return new FleetFacts(
            inventory.Policy,
            inventory.Sites.Count,
            others.Length,
            wanted.Count,
            provider,
            others.Count(move => move.Provider == provider),
            wanted.Count(move => move.Provider == provider));
    }

    private static DnsSwitch Change(HostedSite site, SiteDnsTarget target, SiteHost to, SwitchMarker? marker) => new()
    {
        SiteName = site.Name,
        Record = site.Record,
        Before = target.RecordSets,
        After = DesiredRecords.For(site, to),
        MarkerSeen = marker?.OperationId,
    };

    private async Task ProbeAsync(Route[] routes, FailoverKind kind, int throttleLimit, CancellationToken cancellationToken)
    {
        var throttled = new ThrottledProber(prober, throttleLimit);
        using var progress = new ActivityProgress(reporter, time, "Probing both hosts", routes.Length);
        await Task.WhenAll(routes.Select(async route =>
        {
            var mirror = MirrorFreshness.IsAsked(route.Site, route.To) ? mirrors.SeeAsync(route.Site, route.To!, cancellationToken) : null;
            var standby = route.To is null ? null : throttled.ProbeAsync(route.Site, route.To, cancellationToken);

            // A planned switch wants one look at the active host; a failover wants it down for certain.
            var active = route.From is null ? null
                : kind == FailoverKind.Failover ? throttled.ConfirmAsync(route.Site, route.From, cancellationToken)
                : OnceAsync(throttled.ProbeAsync(route.Site, route.From, cancellationToken));
            route.Standby = standby is null ? null : await standby.ConfigureAwait(false);
            route.Mirror = mirror is null ? null : await mirror.ConfigureAwait(false);
            route.Active = active is null ? [] : await active.ConfigureAwait(false);
            progress.Advance(route.Site.Name);
        })).ConfigureAwait(false);

        static async Task<IReadOnlyList<SiteHealth>> OnceAsync(Task<SiteHealth> probe) => [await probe.ConfigureAwait(false)];
    }

    private async Task AskWitnessesAsync(Route[] routes, FailoverKind kind, CancellationToken cancellationToken)
    {
        if (kind != FailoverKind.Failover || !witnesses.IsConfigured || inventory.Witnesses is not { } policy)
        {
            return;
        }

        var asked = routes.Where(static route => route.From is not null).ToArray();
        var opinions = await witnesses.AskAsync([.. asked.Select(static route => (route.Site, route.From!))], cancellationToken).ConfigureAwait(false);
        foreach (var route in routes)
        {
            route.Witnesses = new WitnessFacts(policy, []);
        }

        for (var i = 0; i < asked.Length; i++)
        {
            asked[i].Witnesses = new WitnessFacts(policy, opinions[i]);
        }
    }

    private GateFacts Facts(Route route, FailoverKind kind, ObserverFacts observer) => new()
    {
        Site = route.Site,
        Kind = kind,
        Target = route.Target!,
        From = route.From,
        To = route.To,
        ActiveVerdict = route.Active.Count == 0 ? null : HealthVerdict.Decide(route.Active, route.Site.Check),
        Standby = route.Standby,
        Mirror = route.Mirror,
        Observer = observer,
        Witnesses = route.Witnesses,
        Fleet = Fleet(route.From?.Provider, [], []),
        Now = time.GetUtcNow(),
    };

    // The fleet's limit counts only what every other gate lets through: forty healthy sites of which two are down are two.
    private GateFacts[] WithFleet(GateFacts[] facts, HostedZoneReference zone, PlanOptions options)
    {
        var recent = Failovers(journal().MovesSince(zone.Name, WindowBegin, zone.Id));
        var wanted = facts
            .Where(fact => FailoverGates.Override(FailoverGates.Evaluate(fact), options.Overrides, options.OverrideReason)
                .All(static gate => gate.Allows || gate.Name == GateName.FleetLimit))
            .Select(static fact => new SiteMove(fact.Site.Name, fact.From?.Provider))
            .ToArray();
        if (options.UpToFleetLimit)
        {
            return UpToTheLimit(facts, recent, wanted);
        }

        var byProvider = facts.Select(static fact => fact.From?.Provider ?? "").Distinct(StringComparer.Ordinal)
            .ToDictionary(static provider => provider, provider => Fleet(provider, recent, wanted), StringComparer.Ordinal);
        return facts.Select(fact => fact with { Fleet = byProvider[fact.From?.Provider ?? ""] }).ToArray();
    }

    // Each is counted with those let through before it; one that is over the limit leaves room for a later one of another provider.
    private GateFacts[] UpToTheLimit(GateFacts[] facts, IReadOnlyList<SiteMove> recent, IReadOnlyList<SiteMove> wanted)
    {
        var order = wanted.ToDictionary(static move => move.SiteName, StringComparer.Ordinal);
        var through = new List<SiteMove>();
        return facts.Select(fact =>
        {
            if (!order.TryGetValue(fact.Site.Name, out var move))
            {
                return fact with { Fleet = Fleet(fact.From?.Provider, recent, through) };
            }

            var fleet = Fleet(move.Provider, recent, [.. through, move]);
            if (FailoverGates.FleetLimit(fact.Kind, fleet).Allows)
            {
                through.Add(move);
            }

            return fact with { Fleet = fleet };
        }).ToArray();
    }

    private SiteFailoverPlan Plan(GateFacts facts, Route route, SiteDnsReading reading, PlanOptions options)
    {
        var gates = FailoverGates.Override(FailoverGates.Evaluate(facts), options.Overrides, options.OverrideReason);
        return new SiteFailoverPlan
        {
            SiteName = facts.Site.Name,
            Kind = facts.Kind,
            From = facts.From?.Name,
            To = facts.To?.Name,
            Gates = gates,
            Change = facts.To is null ? null : Change(facts.Site, facts.Target, facts.To, reading.Marker),
            Zone = reading.Zone.Name,
            ZoneId = reading.Zone.Id,
            Observations = [.. route.Active, .. route.Standby is { } standby ? [standby] : Array.Empty<SiteHealth>()],
            Hooks = facts.From is null || facts.To is null ? [] : HookPlan.For(facts.Site, facts.From, facts.To),
            PropagationSeconds = facts.Target.Ttl,
            OverrideReason = gates.Any(static gate => gate.Outcome == GateOutcome.Overridden) ? options.OverrideReason : null,
            CreatedAt = time.GetUtcNow(),
            InventoryPath = facts.Site.InventoryPath,
        };
    }

    private sealed class Route(HostedSite site, string? to)
    {
        public HostedSite Site => site;

        public SiteDnsTarget? Target { get; private set; }

        public SiteHost? From { get; private set; }

        public SiteHost? To { get; private set; } = to is null ? null : SiteHosts.Of(site, to);

        public IReadOnlyList<SiteHealth> Active { get; set; } = [];

        public SiteHealth? Standby { get; set; }

        public MirrorSighting? Mirror { get; set; }

        public WitnessFacts? Witnesses { get; set; }

        public void Take(SiteDnsTarget target)
        {
            Target = target;
            From = target.ActiveHost is { } active ? SiteHosts.Of(site, active) : null;
            To ??= From is null ? null : site.PeerOf(From);
        }
    }
}
