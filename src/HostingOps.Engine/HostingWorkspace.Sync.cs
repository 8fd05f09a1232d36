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
            new ZoneChangePlanOptions { Limits = new ZoneChangeLimits(Inventory.Sync.MaxChanges, Inventory.Sync.MaxPercent), Overrides = options.Overrides },
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

    private async Task<ZoneContents> ReadAsync(HostedZoneReference zone, SyncScope scope, CancellationToken cancellationToken)
    {
        var sets = new List<DnsRecordSet>();
        if (scope.NeedsListing)
        {
            await foreach (var set in zones.Value.ListAsync(zone, cancellationToken).ConfigureAwait(false))
            {
                sets.Add(set);
            }

            return new ZoneContents(zone, sets, sets.Count);
        }

        await foreach (var (_, some) in zones.Value.StreamAsync(zone, scope.NamesToRead, cancellationToken).ConfigureAwait(false))
        {
            sets.AddRange(some);
        }

        return new ZoneContents(zone, sets, (int)zone.RecordSetCount);
    }
}
