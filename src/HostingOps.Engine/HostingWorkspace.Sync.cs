using HostingOps.Engine.Dns;
using HostingOps.Engine.Dns.Changes;
using HostingOps.Engine.Dns.Sync;

namespace HostingOps.Engine;

/// <content>The sites' records made what the inventory says.</content>
public sealed partial class HostingWorkspace
{
    /// <summary>Plans, by reading only, to make the zone's records what the inventory says. <see cref="ZoneChanges"/> carries it out.</summary>
    /// <exception cref="HostingException">OwnerMissing, SiteNotFound, InvalidArgument, StateUnavailable, or an AWS error.</exception>
    public async Task<ZoneChangePlan> PlanSyncAsync(SyncOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        var owner = Inventory.Owner ?? throw new HostingException(
            ErrorIds.OwnerMissing,
            HostingErrorCategory.InvalidArgument,
            Inventory.Path,
            "The inventory has no 'owner', by which its records are told from those of others in the zone.",
            "Add an id of its own at the top of the inventory, for example 'owner: agency'.");
        var scope = new SyncScope(Inventory, selector, options);
        var zone = await dns.Value.ZoneAsync(cancellationToken).ConfigureAwait(false);
        var contents = await ReadAsync(zone, scope, cancellationToken).ConfigureAwait(false);
        if (options.Prune)
        {
            scope.EnsureKnown(contents, owner);
        }

        var (changes, notices) = SyncPlanner.Decide(new SyncFacts
        {
            Inventory = Inventory,
            Owner = owner,
            Zone = contents,
            Sites = scope.Sites,
            WholeZone = scope.IsWhole,
            Concerns = scope.Concerns,
            Adopt = scope.Adopted,
            Prune = options.Prune,
            OpenOperations = Operations.Find(zone, static _ => false)
                .ToDictionary(static open => open.Key, static open => open.Value.Entry.OperationId, StringComparer.Ordinal),
        });
        return ZoneChangePlans.Create(
            ZoneChangeKind.Sync,
            zone,
            contents.RecordSetCount,
            changes,
            notices,
            new ZoneChangePlanOptions { Limits = ChangeLimits, Overrides = options.Overrides },
            this.options.Time.GetUtcNow(),
            Inventory.Path);
    }

    /// <summary>The operation of that reviewed plan in the inventory's zone that was cut off, or null.</summary>
    /// <exception cref="HostingException">StateCorrupt, StateUnavailable, or an AWS error.</exception>
    public async Task<string?> FindCutOffAsync(ReviewedPlan reviewed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reviewed);
        var zone = await dns.Value.ZoneAsync(cancellationToken).ConfigureAwait(false);
        return ZoneChanges.FindOpen(zone.Id, reviewed.Checksum.ToLowerInvariant());
    }

    /// <summary>Plans to take a sync or an import back.</summary>
    /// <exception cref="HostingException">OperationNotFound, OperationNotUndoable, or an AWS error.</exception>
    public Task<ZoneChangePlan> PlanZoneUndoAsync(string operationId, IReadOnlyCollection<ZoneChangeGateName> overrides, CancellationToken cancellationToken) =>
        ZoneChanges.PlanUndoAsync(operationId, new ZoneChangePlanOptions { Limits = ChangeLimits, Overrides = overrides }, cancellationToken);

    /// <summary>The inventory's sites that do not get their record by a plan, each as an error. A stranger that was there before is none.</summary>
    public IEnumerable<HostingException> SitesLeftOut(ZoneChangePlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var sites = Inventory.Sites.Select(static site => (site.Name, site.Record)).ToHashSet();
        return plan.Notices
            .Where(notice => notice.Kind is ZoneNoticeKind.OtherOwner or ZoneNoticeKind.Unsupported && sites.Contains((notice.SiteName ?? "", notice.Record)))
            .Select(static notice => new HostingException(
                ErrorIds.SiteNotSynced, HostingErrorCategory.Refused, notice.SiteName, $"{notice.SiteName}: '{notice.Record}' is left alone. {notice.Message}"));
    }

    private ZoneChangeLimits ChangeLimits => new(Inventory.Sync.MaxChanges, Inventory.Sync.MaxPercent);

    private async Task<ZoneContents> ReadAsync(HostedZoneReference zone, SyncScope scope, CancellationToken cancellationToken)
    {
        if (scope.NeedsListing)
        {
            var all = await ListAsync(zone, cancellationToken).ConfigureAwait(false);
            return new ZoneContents(zone, all, all.Count);
        }

        var sets = new List<DnsRecordSet>();
        await foreach (var (_, some) in zones.Value.StreamAsync(zone, scope.NamesToRead, cancellationToken).ConfigureAwait(false))
        {
            sets.AddRange(some);
        }

        return new ZoneContents(zone, sets, (int)zone.RecordSetCount);
    }
}
