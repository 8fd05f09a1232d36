using HostingOps.Engine.Dns.Sync;

namespace HostingOps.Engine.Dns.ZoneFiles.Import;

/// <summary>Decides, as a pure function, what an import changes: of each name the record sets that differ, in one change.</summary>
internal sealed class ZoneImportPlanner(ZoneImportFacts facts)
{
    private static readonly string[] ApexTypes = ["SOA", "NS"];
    private static readonly string[] AddressTypes = ["A", "AAAA", "CNAME"];

    private readonly List<ZoneNotice> notices = [];

    /// <summary>The changes, and what is left alone.</summary>
    public static (IReadOnlyList<DnsRecordChange> Changes, IReadOnlyList<ZoneNotice> Notices) Decide(ZoneImportFacts facts)
    {
        var planner = new ZoneImportPlanner(facts);
        var stored = facts.Stored.ToLookup(static set => set.Name, StringComparer.Ordinal);
        var wanted = facts.Wanted.ToLookup(static set => set.Name, StringComparer.Ordinal);
        var changes = stored.Select(static group => group.Key).Union(wanted.Select(static group => group.Key), StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .Select(name => planner.Decide(name, [.. stored[name]], [.. wanted[name]]))
            .OfType<DnsRecordChange>()
            .ToList();
        return (AliasedTogether.Join(changes, facts), planner.notices);
    }

    private DnsRecordChange? Decide(string name, List<DnsRecordSet> stored, List<DnsRecordSet> wanted)
    {
        // The marker says who switched last; an older one from a file would say what is not so.
        if (name == SwitchMarkerRecord.NameIn(facts.Zone.Name) && stored.Count > 0 && !facts.IsIncluded(name))
        {
            return null;
        }

        // Who owns a record is for Sync-SiteDns to say; a file is as old as it is.
        if (OwnershipRecord.RecordOf(name) is not null && stored.Count > 0 && !facts.IsIncluded(name))
        {
            if (!DesiredRecords.SameRecords(stored, wanted, compareTtl: true) && (wanted.Count > 0 || facts.Prune))
            {
                notices.Add(new ZoneNotice(
                    ZoneNoticeKind.OtherOwner, name, null, $"It says who owns a record, and the file says otherwise. Sync-SiteDns decides that; -IncludeRecord '{name}' takes the file's."));
            }

            return null;
        }

        LeaveApex(name, stored, wanted);
        LeaveTrafficPolicies(name, stored, wanted);
        LeaveUnchecked(name, stored, wanted);
        if (!LeaveLed(name, stored, wanted))
        {
            return null;
        }

        var gone = stored.Where(set => !wanted.Exists(other => Same(set, other))).ToList();
        var after = wanted.Where(set => !stored.Exists(other => Same(set, other))).ToList();
        var before = gone.Where(set => IsReplaced(set, wanted)).ToList();
        var extra = gone.Except(before).Where(set => !IsApex(name, set)).ToList();
        if (facts.Prune)
        {
            before.AddRange(extra);
        }
        else if (extra.Count > 0)
        {
            notices.Add(new ZoneNotice(
                ZoneNoticeKind.NotInFile, name, null, $"The zone has {DesiredRecords.Describe(extra)}, and the file does not. -Prune deletes it."));
        }

        return before.Count + after.Count == 0
            ? null
            : new DnsRecordChange
            {
                Record = name,
                SiteName = facts.Led.GetValueOrDefault(name),
                Before = before,
                After = after,
                Reason = before.Count == 0 ? "The file has it, and the zone does not."
                    : after.Count == 0 ? "The zone has it, and the file does not."
                    : "The file has it otherwise.",
            };
    }

    // A set of the file takes its place, or can't stand beside it.
    private static bool IsReplaced(DnsRecordSet set, List<DnsRecordSet> wanted) => wanted.Exists(other =>
        other.Type == set.Type
            ? other.SetIdentifier == set.SetIdentifier || RoutingKind.Of(other) != RoutingKind.Of(set)
            : other.Type == "CNAME" || set.Type == "CNAME");

    private void LeaveApex(string name, List<DnsRecordSet> stored, List<DnsRecordSet> wanted)
    {
        if (name != facts.Zone.Name)
        {
            return;
        }

        foreach (var type in ApexTypes.Except(facts.IncludeApex, StringComparer.OrdinalIgnoreCase))
        {
            Leave(type, stored, wanted, () => notices.Add(new ZoneNotice(
                ZoneNoticeKind.Unsupported,
                name,
                null,
                $"The file's {type} record of the zone itself is another one, and belongs to the zone that it came from. -IncludeApex {type} takes it over.")));
        }
    }

    private void LeaveTrafficPolicies(string name, List<DnsRecordSet> stored, List<DnsRecordSet> wanted)
    {
        foreach (var type in stored.Concat(wanted).Where(static set => set.TrafficPolicyInstanceId is not null).Select(static set => set.Type).Distinct().ToArray())
        {
            Leave(type, stored, wanted, () => notices.Add(new ZoneNotice(
                ZoneNoticeKind.Unsupported,
                name,
                null,
                $"The {type} record belongs to a traffic policy, through which alone Route 53 lets it be changed. It is left alone.")));
        }
    }

    // Route 53 refuses a whole request for one health check that is not there.
    private void LeaveUnchecked(string name, List<DnsRecordSet> stored, List<DnsRecordSet> wanted)
    {
        foreach (var needy in wanted.Where(set => set.HealthCheckId is { } id && facts.MissingHealthChecks.Contains(id)).ToLookup(static set => set.Type))
        {
            var ids = string.Join(", ", needy.Select(static set => set.HealthCheckId).Distinct());
            notices.Add(new ZoneNotice(
                ZoneNoticeKind.Unsupported,
                name,
                facts.Led.GetValueOrDefault(name),
                $"The file's {needy.Key} record needs the health check {ids}, which this account does not have. Make one, and write its id into the file."));
            stored.RemoveAll(set => set.Type == needy.Key);
            wanted.RemoveAll(set => set.Type == needy.Key);
        }
    }

    /// <summary>Leaves alone where a site or dynamic DNS leads; false when nothing else of the name can be changed either.</summary>
    private bool LeaveLed(string name, List<DnsRecordSet> stored, List<DnsRecordSet> wanted)
    {
        if (!facts.Led.TryGetValue(name, out var site) || facts.IsIncluded(name) || !stored.Exists(IsAddress))
        {
            return true;
        }

        var was = stored.Where(IsAddress).ToList();
        var would = wanted.Where(IsAddress).ToList();
        if (!SameSets(was, would) && (would.Count > 0 || facts.Prune))
        {
            var (from, to) = (was.Where(set => !would.Exists(other => Same(set, other))).ToList(), would.Where(set => !was.Exists(other => Same(set, other))).ToList());
            notices.Add(new ZoneNotice(
                ZoneNoticeKind.Unsupported,
                name,
                site,
                $"The file has {DesiredRecords.Describe(to)} in place of {DesiredRecords.Describe(from)}. "
                    + (site is null ? "Dynamic DNS decides that" : $"Where '{site}' leads is for failover to decide")
                    + $". It is left alone; -IncludeRecord '{name}' imports it."));
        }

        stored.RemoveAll(IsAddress);
        wanted.RemoveAll(IsAddress);
        return !was.Concat(would).Any(static set => set.Type == "CNAME");
    }

    private static void Leave(string type, List<DnsRecordSet> stored, List<DnsRecordSet> wanted, Action tell)
    {
        var (was, would) = (stored.Where(set => set.Type == type).ToList(), wanted.Where(set => set.Type == type).ToList());
        if (would.Count > 0 && !SameSets(was, would))
        {
            tell();
        }

        stored.RemoveAll(set => set.Type == type);
        wanted.RemoveAll(set => set.Type == type);
    }

    // Route 53 lets nobody delete them.
    private bool IsApex(string name, DnsRecordSet set) => name == facts.Zone.Name && ApexTypes.Contains(set.Type);

    private static bool IsAddress(DnsRecordSet set) => AddressTypes.Contains(set.Type);

    private static bool Same(DnsRecordSet left, DnsRecordSet right) => left.SetIdentifier == right.SetIdentifier && SameSets([left], [right]);

    private static bool SameSets(IReadOnlyList<DnsRecordSet> left, IReadOnlyList<DnsRecordSet> right) => DesiredRecords.SameRecords(left, right, compareTtl: true);
}
