using System.Runtime.CompilerServices;
using HostingOps.Engine.Apex.Addresses;
using HostingOps.Engine.Aws;
using HostingOps.Engine.Dns;
using HostingOps.Engine.Failover;
using HostingOps.Engine.Failover.Hooks;
using HostingOps.Engine.Health;
using HostingOps.Engine.Inventory;
using HostingOps.Engine.Mirror.Checking;
using HostingOps.Engine.State;

namespace HostingOps.Engine;

/// <summary>
/// One open inventory with its AWS connection and state database: what the cmdlets and the agent call.
/// Connections are made on first use. Safe for use from several threads.
/// </summary>
public sealed partial class HostingWorkspace : IAsyncDisposable
{
    private readonly WorkspaceOptions options;
    private readonly IOperationReporter reporter;
    private readonly Lazy<AwsConnection> aws;
    private readonly Lazy<StateDatabase> state;
    private readonly Lazy<SiteProber> prober;
    private readonly Lazy<HostedZoneReader> zones;
    private readonly Lazy<SiteDnsReader> dns;
    private readonly Lazy<MirrorAsker> mirrorAsker;
    private readonly SiteSelector selector;

    private HostingWorkspace(HostingInventory inventory, WorkspaceOptions options, IOperationReporter reporter)
    {
        this.options = options;
        this.reporter = reporter;
        Inventory = inventory with
        {
            Aws = new AwsSettings
            {
                Profile = options.ProfileName ?? inventory.Aws.Profile,
                Region = options.Region ?? inventory.Aws.Region,
                EndpointUrl = options.EndpointUrl ?? inventory.Aws.EndpointUrl,
            },
        };
        aws = new(() => new AwsConnection(Inventory.Aws, time: options.Time, verbose: reporter.Verbose));
        state = new(() => StateDatabase.Open(StatePath, options.Time));
        prober = new(() => new SiteProber(options.Time, reporter: reporter));
        zones = new(() => new HostedZoneReader(aws.Value.Route53, reporter, options.Time));
        dns = new(() => new SiteDnsReader(Inventory, zones.Value));
        selector = new SiteSelector(Inventory);
        alerts = new(NewAlertRoom);
        mirrorAsker = new(() => new MirrorAsker(options.Time, reporter));
    }

    /// <summary>The inventory, with the caller's AWS settings over its own.</summary>
    public HostingInventory Inventory { get; }

    /// <summary>Calls made to AWS so far, by action: what a benchmark counts.</summary>
    public IReadOnlyDictionary<string, int> AwsCalls => aws.IsValueCreated ? aws.Value.CallCounts : new Dictionary<string, int>();

    /// <summary>Elastic IPs: read, plan, move.</summary>
    public ElasticIpOperations ElasticIps => new(Inventory, aws.Value, () => state.Value, reporter, options.Time);

    private FailoverJournal Journal => new(state.Value);

    private PauseRegister Pauses => new(state.Value);

    private OperationLock Locks => new(state.Value);

    private OpenOperations Operations => new(Journal, Locks);

    private FailoverPlanner Planner => new(Inventory, dns.Value, prober.Value, mirrorAsker.Value, Witnesses, () => Journal, () => Pauses, () => Operations, reporter, options.Time);

    private UndoPlanner Undo => new(Inventory, dns.Value, prober.Value, mirrorAsker.Value, Journal, Operations, reporter, options.Time);

    private RecordSwitcher Switcher => new(aws.Value.Route53, zones.Value, reporter, options.Time, options.Random);

    private OperationRunner Runner => new(
        new HookStages(new HookRunner(options.Time, Path.GetDirectoryName(Inventory.Path)), Journal, reporter, options.Time),
        Switcher,
        new ChangeWaiter(aws.Value.Route53, reporter, options.Time),
        new SwitchProof(
            Inventory,
            zones.Value,
            new AuthoritativeServers(),
            new SwitchVerifier(new DnsClient(options.Time, reporter: reporter), options.Time, reporter),
            prober.Value,
            reporter),
        Journal,
        reporter,
        options.Time);

    /// <summary>Finds and reads the inventory. No network, no database yet.</summary>
    /// <exception cref="HostingException">InventoryNotFound, InventoryUnreadable, InventoryInvalid.</exception>
    public static HostingWorkspace Open(WorkspaceOptions options, IOperationReporter reporter) =>
        Open(InventoryLoader.LoadOrThrow(InventoryLocator.Find(options.InventoryPath, options.WorkingDirectory), reporter), options, reporter);

    /// <summary>Uses an inventory that is already in memory.</summary>
    public static HostingWorkspace Open(HostingInventory inventory, WorkspaceOptions options, IOperationReporter reporter) =>
        new(inventory, options, reporter);

    /// <summary>The sites whose names match; all when there are no patterns.</summary>
    /// <exception cref="HostingException">SiteNotFound, with the nearest name, when a name without wildcards matches nothing.</exception>
    public IReadOnlyList<HostedSite> SelectSites(IReadOnlyList<string>? namePatterns) => selector.Select(namePatterns);

    /// <summary>Probes the sites; results come as they are made, in no order.</summary>
    /// <param name="sites">The sites.</param>
    /// <param name="target">Which of their hosts.</param>
    /// <param name="throttleLimit">Probes under way at once.</param>
    /// <param name="cancellationToken">Ends the probing.</param>
    public async IAsyncEnumerable<SiteHealth> CheckHealthAsync(
        IReadOnlyList<HostedSite> sites, HealthTarget target, int throttleLimit, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var probes = new List<(HostedSite Site, SiteHost? Host, HealthTarget Target)>(sites.Count);
        if (target == HealthTarget.Active)
        {
            var reading = await dns.Value.ReadAsync(sites, cancellationToken).ConfigureAwait(false);
            foreach (var (site, where) in sites.Zip(reading.Targets))
            {
                if (where.ActiveHost is { } name)
                {
                    probes.Add((site, SiteHosts.Of(site, name), HealthTarget.Active));
                }
                else
                {
                    yield return new SiteHealth
                    {
                        SiteName = site.Name,
                        Target = HealthTarget.Active,
                        Status = SiteStatus.Unknown,
                        Reason = where.Reason ?? "It is not known which host is active.",
                        CheckedAt = options.Time.GetUtcNow(),
                        InventoryPath = site.InventoryPath,
                    };
                }
            }
        }
        else
        {
            probes.AddRange(sites.SelectMany(site => Hosts(site, target)));
        }

        var checker = new FleetChecker(prober.Value);
        await foreach (var health in checker.CheckAsync(probes, throttleLimit, reporter, cancellationToken).ConfigureAwait(false))
        {
            yield return health;
        }
    }

    /// <summary>Reads where the sites' records point; each is given as soon as its page has been read.</summary>
    public IAsyncEnumerable<SiteDnsTarget> GetDnsTargetsAsync(IReadOnlyList<HostedSite> sites, CancellationToken cancellationToken) =>
        dns.Value.StreamAsync(sites, cancellationToken);

    /// <summary>Every record set of the inventory's zone, or of the zone named.</summary>
    public async Task<IReadOnlyList<DnsRecordSet>> ReadZoneAsync(string? zoneName, CancellationToken cancellationToken)
    {
        var zone = zoneName is null || zoneName == Inventory.Zone
            ? await dns.Value.ZoneAsync(cancellationToken).ConfigureAwait(false)
            : await zones.Value.FindAsync(zoneName, cancellationToken).ConfigureAwait(false);
        return await ListAsync(zone, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Plans, by reading only, to point the sites' records at a host, with no gate but the compare-and-swap.</summary>
    /// <param name="sites">The sites.</param>
    /// <param name="hostName">A host name, or null with <paramref name="role"/>.</param>
    /// <param name="role">Primary or Secondary instead of a host name.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="HostingException">HostNotFound, InvalidArgument, or an AWS error.</exception>
    public async IAsyncEnumerable<SiteFailoverPlan> PlanManualAsync(
        IReadOnlyList<HostedSite> sites, string? hostName, HealthTarget? role, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Func<HostedSite, SiteHost> choose = (hostName, role) switch
        {
            ({ } name, null) => site => SiteHosts.Of(site, name),
            (null, HealthTarget.Primary) => static site => site.Primary,
            (null, HealthTarget.Secondary) => static site => site.Secondary,
            _ => throw new HostingException(
                ErrorIds.InvalidArgument,
                HostingErrorCategory.InvalidArgument,
                hostName,
                "A record is pointed either at a host by name, or at the site's Primary or Secondary."),
        };
        foreach (var plan in await Planner.PlanManualAsync(sites, choose, cancellationToken).ConfigureAwait(false))
        {
            yield return plan;
        }
    }

    /// <summary>Plans the sites' failover by reading only.</summary>
    /// <exception cref="HostingException">OverrideNotAllowed, HostNotFound, or an AWS error.</exception>
    public async IAsyncEnumerable<SiteFailoverPlan> PlanFailoverAsync(
        IReadOnlyList<HostedSite> sites, PlanOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var plan in await Planner.PlanAsync(sites, options, cancellationToken).ConfigureAwait(false))
        {
            yield return plan;
        }
    }

    /// <summary>Plans, by reading only, to take an operation back: all its sites, or those named.</summary>
    /// <param name="operationId">The operation's id or its unique beginning, or null for each named site's newest finished operation.</param>
    /// <param name="siteNames">Names with wildcards, or null for all of the operation.</param>
    /// <param name="options">Overrides, and how many probes at once.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="HostingException">OperationNotFound, OperationNotUndoable, JournalTampered, or an AWS error.</exception>
    public async IAsyncEnumerable<SiteFailoverPlan> PlanUndoAsync(
        string? operationId, IReadOnlyList<string>? siteNames, PlanOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var plan in await Undo.PlanAsync(operationId, siteNames, options, cancellationToken).ConfigureAwait(false))
        {
            yield return plan;
        }
    }

    /// <summary>Carries the plans out, those of one kind as one operation. One site's failure is its result, not an exception.</summary>
    /// <exception cref="HostingException">StateCorrupt, StateUnavailable, or an AWS error before anything was begun.</exception>
    public IAsyncEnumerable<FailoverResult> InvokeAsync(
        IReadOnlyList<SiteFailoverPlan> plans, InvokeOptions options, CancellationToken cancellationToken) =>
        InUse(
            new FailoverOperations(
                Inventory, dns.Value, Planner, Runner, Journal, Pauses, Operations, Locks, Inventory.Aws.EndpointUrl, this.options.Time)
                .InvokeAsync(plans, options, cancellationToken),
            cancellationToken);

    /// <summary>Finishes operations that were cut off: the one named, or every resumable one of this inventory's zone.</summary>
    /// <param name="operationId">The operation's id or its unique beginning, or null.</param>
    /// <param name="siteNames">Names with wildcards, or null for all.</param>
    /// <param name="options">Limits and time-outs.</param>
    /// <param name="cancellationToken">Stops where it is.</param>
    /// <exception cref="HostingException">OperationNotFound, OperationNotResumable, JournalTampered, or an AWS error.</exception>
    public async IAsyncEnumerable<FailoverResult> ResumeAsync(
        string? operationId, IReadOnlyList<string>? siteNames, InvokeOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var journal = Journal;
        var open = OpenOperations(journal, operationId, siteNames);
        if (operationId is null && open.Count > 0)
        {
            // A rehearsal's zone has the same name; what was cut off there must never be finished here.
            var zone = await dns.Value.ZoneAsync(cancellationToken).ConfigureAwait(false);
            open = open.Where(operation => operation.IsIn(zone.Id)).ToArray();
        }

        foreach (var operation in open)
        {
            var resumer = new OperationResumer(
                Inventory, dns.Value, Planner, Undo, Switcher, Runner, journal, Locks, reporter, this.options.Time);
            await foreach (var result in InUse(resumer.ResumeAsync(operation, Wanted(siteNames), options, cancellationToken), cancellationToken).ConfigureAwait(false))
            {
                yield return result;
            }
        }
    }

    /// <summary>What the journal has, newest first.</summary>
    public IReadOnlyList<FailoverHistoryEntry> GetHistory(HistoryFilter filter) => Journal.History(filter);

    /// <summary>Switches failover of a site off.</summary>
    /// <param name="site">The site.</param>
    /// <param name="reason">Why.</param>
    /// <param name="until">Until when, or null for until it is switched on again.</param>
    public FailoverPause Pause(HostedSite site, string reason, DateTimeOffset? until) =>
        Pauses.Pause(site.Zone, site.Name, OperatorIdentity.Current(), reason, until);

    /// <summary>Switches failover of a site on again; null when it was on.</summary>
    public FailoverPause? Unpause(HostedSite site) => Pauses.Resume(site.Zone, site.Name);

    /// <summary>The pauses that hold now.</summary>
    public IReadOnlyList<FailoverPause> GetPauses() => Pauses.All(options.Time.GetUtcNow());

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        if (prober.IsValueCreated)
        {
            prober.Value.Dispose();
        }

        if (mirrorAsker.IsValueCreated)
        {
            mirrorAsker.Value.Dispose();
        }

        DisposeWitnesses();
        if (aws.IsValueCreated)
        {
            aws.Value.Dispose();
        }

        if (alerts.IsValueCreated)
        {
            alerts.Value.Dispose();
        }

        if (state.IsValueCreated)
        {
            state.Value.Dispose();
        }

        return ValueTask.CompletedTask;
    }

    private IReadOnlyList<JournalOperation> OpenOperations(FailoverJournal journal, string? operationId, IReadOnlyList<string>? siteNames)
    {
        if (operationId is not null)
        {
            var named = journal.FindOperation(operationId) ?? throw new HostingException(
                ErrorIds.OperationNotFound,
                HostingErrorCategory.ObjectNotFound,
                operationId,
                $"The journal has no operation '{operationId}'.",
                "Look at Get-SiteFailoverHistory -ResumableOnly; the state database is named by $HOSTINGOPS_STATE.");
            var open = journal.History(new HistoryFilter { OperationId = named.Id, Sites = siteNames, ResumableOnly = true, First = int.MaxValue });
            return open.Count > 0 ? [named] : throw new HostingException(
                ErrorIds.OperationNotResumable,
                HostingErrorCategory.InvalidArgument,
                operationId,
                $"Operation {named.Id} has nothing left to do: every site of it has ended.",
                "Look at Get-SiteFailoverHistory; Undo-SiteFailover takes it back.");
        }

        return journal.History(new HistoryFilter { Sites = siteNames, ResumableOnly = true, First = int.MaxValue })
            .Select(static entry => entry.OperationId).Distinct(StringComparer.Ordinal)
            .Select(id => journal.FindOperation(id)!).Where(operation => operation.Zone == StateValue.ZoneKey(Inventory.Zone))
            .OrderBy(static operation => operation.StartedAt).ToArray();
    }

    private static Func<string, bool> Wanted(IReadOnlyList<string>? siteNames)
    {
        var patterns = siteNames?.Select(NamePattern.Parse).ToArray();
        return name => patterns is not { Length: > 0 } || patterns.Any(pattern => pattern.IsMatch(name));
    }

    private static IEnumerable<(HostedSite Site, SiteHost? Host, HealthTarget Target)> Hosts(HostedSite site, HealthTarget target) => target switch
    {
        HealthTarget.Primary => [(site, site.Primary, target)],
        HealthTarget.Secondary => [(site, site.Secondary, target)],
        HealthTarget.All => [(site, site.Primary, HealthTarget.Primary), (site, site.Secondary, HealthTarget.Secondary)],
        _ => [(site, null, HealthTarget.Public)],
    };
}
