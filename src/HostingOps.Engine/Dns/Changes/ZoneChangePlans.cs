using System.Globalization;
using HostingOps.Engine.State;

namespace HostingOps.Engine.Dns.Changes;

/// <summary>Makes plans of zone changes, as pure functions.</summary>
public static class ZoneChangePlans
{
    private const int ChecksumBytes = 16;

    /// <summary>A plan: the changes in order, judged by the limits, with a checksum.</summary>
    /// <param name="kind">Why the zone is changed.</param>
    /// <param name="zone">The zone.</param>
    /// <param name="zoneRecordSetCount">Record sets in the zone when it was read.</param>
    /// <param name="changes">The changes, at most one for each <see cref="DnsRecordChange.Record"/>. Those that change nothing are left out.</param>
    /// <param name="notices">What is left alone and worth knowing.</param>
    /// <param name="options">The limits.</param>
    /// <param name="now">When the zone was read.</param>
    /// <param name="inventoryPath">The inventory file, or null.</param>
    public static ZoneChangePlan Create(
        ZoneChangeKind kind,
        HostedZoneReference zone,
        int zoneRecordSetCount,
        IReadOnlyList<DnsRecordChange> changes,
        IReadOnlyList<ZoneNotice> notices,
        ZoneChangePlanOptions options,
        DateTimeOffset now,
        string? inventoryPath)
    {
        var ordered = changes
            .Where(static change => change.Before.Count != change.After.Count || !change.Before.All(change.After.Contains))
            .OrderBy(static change => change.Record, StringComparer.Ordinal)
            .Select(static change => change with { Before = Plain(change.Before), After = Plain(change.After) })
            .ToArray();
        if (ordered.Zip(ordered.Skip(1)).FirstOrDefault(static pair => pair.First.Record == pair.Second.Record) is { First: { } twice })
        {
            throw new ArgumentException($"Two changes of '{twice.Record}'.", nameof(changes));
        }

        return new ZoneChangePlan
        {
            Kind = kind,
            Zone = zone.Name,
            ZoneId = zone.Id,
            Changes = ordered,
            Notices = notices.ToArray(),
            Gates = Judge(ordered, zoneRecordSetCount, options),
            Checksum = ChecksumOf(kind, zone, ordered),
            ZoneRecordSetCount = zoneRecordSetCount,
            CreatedAt = now,
            InventoryPath = inventoryPath,
        };
    }

    /// <summary>Checksum of what a plan would do, as <see cref="ZoneChangePlan.Checksum"/> is made.</summary>
    public static string ChecksumOf(ZoneChangePlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return ChecksumOf(plan.Kind, new HostedZoneReference(plan.ZoneId, plan.Zone, plan.ZoneRecordSetCount), plan.Changes);
    }

    // Arrays, for PowerShell finds no index in the lists that collection expressions make.
    private static DnsRecordSet[] Plain(IReadOnlyList<DnsRecordSet> sets) =>
        sets.Select(static set => set with { Values = set.Values.ToArray() }).ToArray();

    private static string ChecksumOf(ZoneChangeKind kind, HostedZoneReference zone, IReadOnlyList<DnsRecordChange> changes)
    {
        using var fingerprint = new Fingerprint();
        fingerprint.Add(kind.ToString()).Add(zone.Id).Add(StateValue.ZoneKey(zone.Name)).Add(changes.Count);
        foreach (var change in changes)
        {
            fingerprint.Add(change.Record).Add(change.SiteName);
            Add(change.Before);
            Add(change.After);
        }

        return Convert.ToHexString(fingerprint.Take().AsSpan(0, ChecksumBytes)).ToLowerInvariant();

        // Neither Route 53 nor a file promises an order of values.
        void Add(IReadOnlyList<DnsRecordSet> sets)
        {
            fingerprint.Add(sets.Count);
            var texts = sets.Select(static set => StateValue.ToJson(set with { Values = [.. set.Values.Order(StringComparer.Ordinal)] }));
            foreach (var text in texts.Order(StringComparer.Ordinal))
            {
                fingerprint.Add(text);
            }
        }
    }

    private static ZoneChangeGate[] Judge(DnsRecordChange[] changes, int total, ZoneChangePlanOptions options)
    {
        var touched = changes.Sum(static change => change.Before.Count);
        var percent = total == 0 ? 0 : 100.0 * touched / total;
        var counted = string.Create(CultureInfo.InvariantCulture, $"{touched} existing record sets would be updated or deleted, and {options.Limits.MaxChanges} are allowed.");
        var shared = string.Create(
            CultureInfo.InvariantCulture, $"That is {percent:0.#}% of the zone's {total} record sets, and {options.Limits.MaxPercent}% are allowed.");
        return
        [
            Gate(ZoneChangeGateName.ChangeCount, touched <= options.Limits.MaxChanges, counted),
            total < ZoneChangeLimits.SmallZone
                ? new ZoneChangeGate(
                    ZoneChangeGateName.ChangePercent,
                    GateOutcome.Passed,
                    string.Create(CultureInfo.InvariantCulture, $"The zone has {total} record sets; from {ZoneChangeLimits.SmallZone} on the share counts."))
                : Gate(ZoneChangeGateName.ChangePercent, percent <= options.Limits.MaxPercent, shared),
        ];

        ZoneChangeGate Gate(ZoneChangeGateName name, bool passes, string reason) => new(
            name,
            passes ? GateOutcome.Passed : options.Overrides.Contains(name) ? GateOutcome.Overridden : GateOutcome.Refused,
            reason);
    }
}
