namespace HostingOps.Engine.Dns.Sync;

/// <summary>What a sync does about a site of the inventory, as pure functions. No answer ever changes which host is live.</summary>
internal static class SiteSync
{
    /// <summary>The verdict on one site.</summary>
    public static SyncVerdict Judge(HostedSite site, SyncFacts facts)
    {
        var verdict = JudgeRecord(site, facts);

        // Its switch is a compare-and-swap from what was there when it began: whatever is repaired now would stop it.
        return verdict.Change is { } change && facts.OpenOperations.TryGetValue(site.Name, out var operation)
            ? Tell(site, ZoneNoticeKind.Drift, $"The failover operation {operation} of this site has not ended. Left until then: {change.Reason}")
            : verdict;
    }

    private static SyncVerdict JudgeRecord(HostedSite site, SyncFacts facts)
    {
        var zone = facts.Zone;
        if (OwnershipRecord.NameFor(site.Record) is not { } ownershipName)
        {
            return Tell(site, ZoneNoticeKind.Unsupported, $"With '{OwnershipRecord.Label}.' in front of it its name is too long, so nobody can own it. Give the site a shorter record.");
        }

        if (zone.DelegationOf(site.Record) is { } cut)
        {
            return Tell(site, ZoneNoticeKind.Unsupported, $"'{cut}' is delegated to other name servers, so nobody asks for it here. Give the site another record.");
        }

        var target = DesiredRecords.Evaluate(site, zone.Zone, zone.Of(site.Record));
        if (target.State == DnsTargetState.NotSwitchable)
        {
            return Tell(site, ZoneNoticeKind.Unsupported, target.Reason!);
        }

        var ownership = zone.OwnershipOf(site.Record, out var problem);
        if (problem is not null)
        {
            return Tell(site, ZoneNoticeKind.Unsupported, $"'{ownershipName}' {problem}, so it can't be told who owns the record. Remove it if nobody needs it.");
        }

        return ownership is null ? JudgeUnowned(site, target, ownershipName, facts)
            : ownership.Owner == facts.Owner ? JudgeOwned(site, target, ownershipName, ownership, facts)
            : Tell(site, ZoneNoticeKind.OtherOwner, $"It belongs to the inventory '{ownership.Owner}' (site '{ownership.SiteName}'). Give one of the two sites another record.");
    }

    private static SyncVerdict JudgeUnowned(HostedSite site, SiteDnsTarget target, string ownershipName, SyncFacts facts)
    {
        var claim = OwnershipRecord.ToRecordSet(ownershipName, new RecordOwnership(facts.Owner, site.Name));
        if (target.State == DnsTargetState.Missing)
        {
            return Create(site, facts, [], [claim], $"New, at its primary {site.Primary.Name}.");
        }

        var adopt = facts.Adopt.Contains(site.Name);
        if (target.ActiveHost is not { } live)
        {
            return Tell(
                site,
                ZoneNoticeKind.Stranger,
                $"Nobody has marked it as theirs. {target.Reason}{(adopt ? " So it is not adopted." : "")} Set-SiteDnsTarget points it at a host, and then -Adopt {site.Name} takes it over.");
        }

        if (!adopt)
        {
            return Tell(site, ZoneNoticeKind.Stranger, $"Nobody has marked it as theirs. It points at {live}; -Adopt {site.Name} takes it over as it is.");
        }

        var (before, after, reason) = Repair(site, target);
        return new SyncVerdict(Change(site, before, [claim, .. after], $"Taken over at {live}.{(reason is null ? "" : " " + reason)}"), null);
    }

    private static SyncVerdict JudgeOwned(HostedSite site, SiteDnsTarget target, string ownershipName, RecordOwnership ownership, SyncFacts facts)
    {
        var stored = facts.Zone.Of(ownershipName);
        var claims = ownership.SiteName == site.Name ? [] : new[] { OwnershipRecord.ToRecordSet(ownershipName, new RecordOwnership(facts.Owner, site.Name)) };
        switch (target.State)
        {
            case DnsTargetState.Missing:
                // The ownership stands on both sides: who takes it away in the meantime makes this a conflict.
                return Create(site, facts, stored, claims.Length > 0 ? claims : stored, $"It was removed; made again, at its primary {site.Primary.Name}.");

            case DnsTargetState.Stranger:
                return Tell(
                    site,
                    ZoneNoticeKind.Drift,
                    $"{target.Reason} Sync does not decide which host is live: Set-SiteDnsTarget {site.Name} -HostName {site.Primary.Name}, or {site.Secondary.Name}, does.");

            case DnsTargetState.Drifted when LiveHost(site, target) is null:
                return Tell(site, ZoneNoticeKind.Drift, $"{target.Reason} {site.Primary.Name} and {site.Secondary.Name} share that address, so it can't be told which is live.");
        }

        var (before, after, reason) = Repair(site, target);
        if (claims.Length > 0)
        {
            (before, after) = ([.. stored, .. before], [.. claims, .. after]);
            reason = $"Its ownership names the site '{ownership.SiteName}'.{(reason is null ? "" : " " + reason)}";
        }

        return reason is null ? SyncVerdict.Nothing : new SyncVerdict(Change(site, before, after, reason), null);
    }

    private static SyncVerdict Create(HostedSite site, SyncFacts facts, IReadOnlyList<DnsRecordSet> before, IReadOnlyList<DnsRecordSet> claims, string reason)
    {
        var wanted = DesiredRecords.For(site, site.Primary);
        var others = DesiredRecords.OtherTypesOf(facts.Zone.Of(site.Record));
        return others.Count > 0 && wanted.Any(static set => set.Type == "CNAME")
            ? Tell(
                site,
                ZoneNoticeKind.Unsupported,
                $"It has {string.Join(", ", others)}, and the CNAME of {site.Primary.Name} can't stand beside other records (RFC 1034 §3.6.2). Move them to another name.")
            : new SyncVerdict(Change(site, before, [.. wanted, .. claims], reason), null);
    }

    /// <summary>TTL and address families made those of the live host, which stays live. Empty when they are.</summary>
    private static (IReadOnlyList<DnsRecordSet> Before, IReadOnlyList<DnsRecordSet> After, string? Reason) Repair(HostedSite site, SiteDnsTarget target)
    {
        if (target.State != DnsTargetState.Drifted || LiveHost(site, target) is not { } live)
        {
            return ([], [], null);
        }

        var late = target.RecordSets.Where(set => set.Ttl != site.Ttl).ToArray();
        var missing = DesiredRecords.For(site, live).Where(wanted => target.RecordSets.All(set => set.Type != wanted.Type)).ToArray();

        // What is there stands on both sides of a change that would only add: a switch in the meantime makes it a conflict.
        var before = late.Length > 0 ? late : missing.Length > 0 ? [target.RecordSets[0]] : [];
        IEnumerable<string> reasons =
        [
            .. late.Select(set => FormattableString.Invariant($"TTL of {set.Type} {set.Ttl} -> {site.Ttl}")),
            .. missing.Select(set => $"{set.Type} of {live.Name} added"),
        ];
        return (before, [.. before.Select(set => set with { Ttl = site.Ttl }), .. missing], $"{string.Join(", ", reasons)}; {live.Name} stays live.");
    }

    // Of two hosts that share an address, a record that has only that one tells neither.
    private static SiteHost? LiveHost(HostedSite site, SiteDnsTarget target)
    {
        SiteHost[] fitting = [.. new[] { site.Primary, site.Secondary }.Where(host => PointsOnlyAt(site, host, target.RecordSets))];
        return fitting is [var only] ? only : null;
    }

    private static bool PointsOnlyAt(HostedSite site, SiteHost host, IReadOnlyList<DnsRecordSet> sets)
    {
        var desired = DesiredRecords.For(site, host);
        return sets.All(set => desired.Any(wanted => DesiredRecords.SameRecords([set], [wanted], compareTtl: false)));
    }

    private static DnsRecordChange Change(HostedSite site, IReadOnlyList<DnsRecordSet> before, IReadOnlyList<DnsRecordSet> after, string reason) =>
        new() { Record = site.Record, SiteName = site.Name, Before = before, After = after, Reason = reason };

    private static SyncVerdict Tell(HostedSite site, ZoneNoticeKind kind, string message) => SyncVerdict.Tell(kind, site.Record, site.Name, message);
}
