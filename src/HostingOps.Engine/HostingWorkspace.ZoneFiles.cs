using HostingOps.Engine.Dns;
using HostingOps.Engine.Dns.Changes;
using HostingOps.Engine.Dns.Wire;
using HostingOps.Engine.Dns.Sync;
using HostingOps.Engine.Dns.ZoneFiles;
using HostingOps.Engine.Dns.ZoneFiles.Import;
using HostingOps.Engine.Inventory;

namespace HostingOps.Engine;

/// <content>Hosted zones as files.</content>
public sealed partial class HostingWorkspace
{
    // Two equal listings are a snapshot. A zone that changes faster than it can be read three times over is told of.
    private const int MostListings = 4;

    // Route 53's quota of record sets in a hosted zone, as accounts begin with it.
    private const int UsualQuota = 10_000;

    /// <summary>Writes a hosted zone down. Route 53 has no snapshots: the zone is read until two readings in a row are the same.</summary>
    /// <param name="zoneName">The zone, or null for the inventory's.</param>
    /// <param name="format">The form.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="HostingException">HostedZoneNotFound, HostedZoneAmbiguous, InvalidArgument, or an AWS error.</exception>
    public async Task<HostedZoneExport> ExportZoneAsync(string? zoneName, ZoneFileFormat format, CancellationToken cancellationToken)
    {
        var zone = await ZoneNamedAsync(zoneName, cancellationToken).ConfigureAwait(false);
        var sets = await ListAsync(zone, cancellationToken).ConfigureAwait(false);
        var same = false;
        for (var listing = 1; listing < MostListings && !same; listing++)
        {
            var again = await ListAsync(zone, cancellationToken).ConfigureAwait(false);
            same = again.Count == sets.Count && again.Zip(sets).All(static pair => pair.First.Equals(pair.Second) && pair.First.Values.SequenceEqual(pair.Second.Values));
            sets = again;
        }

        var (text, notServed) = ZoneFileText.Write(format, zone.Name, ZoneFile.Portable(sets, zone.Id));
        if (!same)
        {
            reporter.Warning($"The zone '{zone.Name}' changed each time it was read: the file may mix two of its states. Export it again when it is quiet.");
        }

        return new HostedZoneExport
        {
            Zone = zone.Name,
            ZoneId = zone.Id,
            Format = format,
            Text = text,
            RecordSetCount = sets.Count,
            NotServed = ZoneFile.Settled(notServed, zone.Id),
            IsSnapshot = same,
            InventoryPath = Inventory.Path,
        };
    }

    /// <summary>Plans, by reading only, to make a zone's records what a file says. <see cref="ZoneChanges"/> carries it out.</summary>
    /// <exception cref="HostingException">ZoneFileUnreadable, ZoneFileInvalid, HostedZoneNotFound, InvalidArgument, or an AWS error.</exception>
    public async Task<ZoneChangePlan> PlanImportAsync(ZoneImportOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        var patterns = options.IncludeRecords.Select(static name => NamePattern.Parse(name.TrimEnd('.'))).ToArray();
        var file = ZoneFileText.Load(options.Path, options.Format, ZoneNameOf(options.Zone));
        if (file.Zone != ZoneNameOf(options.Zone))
        {
            file = options.Rebase ? file.Rebase(ZoneNameOf(options.Zone)) : throw new HostingException(
                ErrorIds.ZoneFileInvalid,
                HostingErrorCategory.InvalidArgument,
                options.Path,
                $"'{options.Path}' is of the zone '{file.Zone}', and the import is into '{ZoneNameOf(options.Zone)}'.",
                "Name the zone with -Zone; or move the file's records under the other zone's name with -Rebase.");
        }

        var zone = await ZoneNamedAsync(options.Zone, cancellationToken).ConfigureAwait(false);
        var stored = await ListAsync(zone, cancellationToken).ConfigureAwait(false);
        var (changes, notices) = ZoneImportPlanner.Decide(new ZoneImportFacts
        {
            Zone = zone,
            Stored = stored,
            Wanted = ZoneFile.Settled(file.RecordSets, zone.Id),
            MissingHealthChecks = await MissingHealthChecksAsync(file.RecordSets, stored, cancellationToken).ConfigureAwait(false),
            Led = LedRecords(zone, stored),
            IsIncluded = name => Array.Exists(patterns, pattern => pattern.IsMatch(name)),
            IncludeApex = options.IncludeApex,
            Prune = options.Prune,
        });
        var total = stored.Count + changes.Sum(static change => change.After.Count - change.Before.Count);
        if (total > UsualQuota)
        {
            // Beyond it Route 53 refuses each change by itself, which takes long.
            reporter.Warning(FormattableString.Invariant(
                $"The zone would have {total} record sets, and Route 53 allows {UsualQuota} unless the account's quota was raised."));
        }

        return ZoneChangePlans.Create(
            ZoneChangeKind.Import, zone, stored.Count, changes, notices, new ZoneChangePlanOptions { Limits = ChangeLimits, Overrides = options.Overrides }, this.options.Time.GetUtcNow(), Inventory.Path);
    }

    /// <summary>The hosted zone of that name; the inventory's without one.</summary>
    /// <exception cref="HostingException">HostedZoneNotFound, HostedZoneAmbiguous, InvalidArgument, or an AWS error.</exception>
    public Task<HostedZoneReference> ZoneNamedAsync(string? zoneName, CancellationToken cancellationToken)
    {
        var name = ZoneNameOf(zoneName);
        return name == Inventory.Zone ? dns.Value.ZoneAsync(cancellationToken) : zones.Value.FindAsync(name, cancellationToken);
    }

    private string ZoneNameOf(string? zoneName) =>
        zoneName is null ? Inventory.Zone
        : DnsName.TryParse(zoneName, out var name) && !name.IsRoot ? name.ToLower().ToString()
        : throw new HostingException(
            ErrorIds.InvalidArgument, HostingErrorCategory.InvalidArgument, zoneName, $"'{zoneName}' is no zone's name; one such as sites.example.net was expected.");

    // What the zone's own records use is there. Ids of another account, or of a check that was deleted, are not.
    private async Task<IReadOnlySet<string>> MissingHealthChecksAsync(
        IReadOnlyList<DnsRecordSet> wanted, IReadOnlyList<DnsRecordSet> stored, CancellationToken cancellationToken)
    {
        var missing = new HashSet<string>(StringComparer.Ordinal);
        foreach (var id in wanted.Select(static set => set.HealthCheckId).Except(stored.Select(static set => set.HealthCheckId)).OfType<string>())
        {
            if (!await zones.Value.HasHealthCheckAsync(id, cancellationToken).ConfigureAwait(false))
            {
                missing.Add(id);
            }
        }

        return missing;
    }

    // Whoever has marked a record as theirs decides where it leads: another inventory too.
    private Dictionary<string, string?> LedRecords(HostedZoneReference zone, IReadOnlyList<DnsRecordSet> stored)
    {
        var led = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var claim in stored)
        {
            if (OwnershipRecord.RecordOf(claim.Name) is { } record)
            {
                led[record] = OwnershipRecord.Read([claim], out _)?.SiteName;
            }
        }

        if (zone.Name != Inventory.Zone)
        {
            return led;
        }

        foreach (var dynamic in Inventory.DynamicDns)
        {
            led[dynamic.Record] = null;
        }

        foreach (var site in Inventory.Sites)
        {
            led[site.Record] = site.Name;
        }

        return led;
    }

    private async Task<List<DnsRecordSet>> ListAsync(HostedZoneReference zone, CancellationToken cancellationToken)
    {
        var sets = new List<DnsRecordSet>();
        await foreach (var set in zones.Value.ListAsync(zone, cancellationToken).ConfigureAwait(false))
        {
            sets.Add(set);
        }

        return sets;
    }
}
