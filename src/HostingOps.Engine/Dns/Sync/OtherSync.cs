namespace HostingOps.Engine.Dns.Sync;

/// <summary>What a sync does about the names that no site of the inventory has, as pure functions.</summary>
internal static class OtherSync
{
    /// <summary>The verdicts, for each name that there is something to say of.</summary>
    public static IEnumerable<SyncVerdict> Judge(SyncFacts facts)
    {
        var zone = facts.Zone;
        var sites = facts.Inventory.Sites.Select(static site => site.Record).ToHashSet(StringComparer.Ordinal);
        var dynamic = facts.Inventory.DynamicDns.Select(static record => record.Record).ToHashSet(StringComparer.Ordinal);
        var present = facts.Inventory.Sites.ToDictionary(static site => site.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var name in zone.Names.Where(name => !IsReserved(name, zone.Zone.Name)))
        {
            if (OwnershipRecord.RecordOf(name) is { } record)
            {
                if (!sites.Contains(record)
                    && !IsReserved(record, zone.Zone.Name)
                    && OwnershipRecord.RecordOf(record) is null
                    && OwnershipRecord.Read(zone.Of(name), out _) is { } ownership
                    && ownership.Owner == facts.Owner
                    && facts.Concerns(ownership.SiteName))
                {
                    yield return JudgeOrphan(record, name, ownership, dynamic.Contains(record), present.GetValueOrDefault(ownership.SiteName), facts);
                }
            }
            else if (facts.WholeZone && !sites.Contains(name) && !dynamic.Contains(name) && IsStranger(zone, name))
            {
                yield return SyncVerdict.Tell(
                    ZoneNoticeKind.Stranger, name, null, $"It is no site's, and nobody has marked it as theirs: {DesiredRecords.Describe(DesiredRecords.AddressSetsOf(zone.Of(name)))}.");
            }
        }
    }

    private static SyncVerdict JudgeOrphan(
        string record, string ownershipName, RecordOwnership ownership, bool isDynamic, HostedSite? present, SyncFacts facts)
    {
        var site = ownership.SiteName;
        var sets = isDynamic ? [] : DesiredRecords.AddressSetsOf(facts.Zone.Of(record));
        if (present is not null && !isDynamic)
        {
            // The clients' names still lead here: they have to be told of the new one first.
            return Tell(ZoneNoticeKind.Orphan, $"The site '{site}' has the record '{present.Record}' now. -Prune leaves this one, for clients' www names may still lead here; delete it and '{ownershipName}' by hand when none does.");
        }

        if (sets.Any(static set => !set.IsSimple))
        {
            return Tell(ZoneNoticeKind.Unsupported, $"The site '{site}' is gone from the inventory, but its record has become an alias or has a routing policy now. Delete it and '{ownershipName}' by hand.");
        }

        if (facts.OpenOperations.TryGetValue(site, out var operation))
        {
            return Tell(ZoneNoticeKind.Orphan, $"The site '{site}' is gone from the inventory, but its failover operation {operation} has not ended. It is left until then.");
        }

        var what = isDynamic ? $"It is one of dynamicDns now, and its ownership still names the site '{site}'." : $"The site '{site}' is gone from the inventory.";
        return facts.Prune
            ? new SyncVerdict(new DnsRecordChange { Record = record, SiteName = site, Before = [.. sets, .. facts.Zone.Of(ownershipName)], After = [], Reason = what }, null)
            : Tell(ZoneNoticeKind.Orphan, $"{what} -Prune deletes {(isDynamic ? "its ownership" : "it")}.");

        SyncVerdict Tell(ZoneNoticeKind kind, string message) => SyncVerdict.Tell(kind, record, site, message);
    }

    // Whose ownership can't be read, or is another's, is somebody's.
    private static bool IsStranger(ZoneContents zone, string name) =>
        DesiredRecords.AddressSetsOf(zone.Of(name)).Count > 0 && zone.OwnershipOf(name, out var problem) is null && problem is null;

    // The apex with its NS and SOA, and the failover's marker.
    private static bool IsReserved(string name, string zone) =>
        name == zone || name == SwitchMarkerRecord.NameIn(zone) || !name.EndsWith("." + zone, StringComparison.Ordinal);
}
