using System.Globalization;

namespace HostingOps.Engine.Dns.Sync;

/// <summary>What a sync changes and what it tells: a pure function of inventory, zone and what was asked for.</summary>
internal static class SyncPlanner
{
    // "Quotas" of the Route 53 developer guide. AWS raises it on request.
    private const int UsualQuota = 10_000;

    /// <summary>The changes, and the notices by name.</summary>
    public static (IReadOnlyList<DnsRecordChange> Changes, IReadOnlyList<ZoneNotice> Notices) Decide(SyncFacts facts)
    {
        var verdicts = facts.Sites.Select(site => SiteSync.Judge(site, facts)).Concat(OtherSync.Judge(facts)).ToArray();
        DnsRecordChange[] changes = [.. verdicts.Select(static verdict => verdict.Change).OfType<DnsRecordChange>()];
        ZoneNotice?[] notices = [QuotaNotice(changes, facts.Zone), .. verdicts.Select(static verdict => verdict.Notice)];
        return (changes, [.. notices.OfType<ZoneNotice>().OrderBy(static notice => notice.Record, StringComparer.Ordinal)]);
    }

    private static ZoneNotice? QuotaNotice(DnsRecordChange[] changes, ZoneContents zone)
    {
        var more = changes.Sum(static change => change.After.Count - change.Before.Count);
        return more > 0 && zone.RecordSetCount + more > UsualQuota
            ? new ZoneNotice(
                ZoneNoticeKind.Unsupported,
                zone.Zone.Name,
                null,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The zone would have {zone.RecordSetCount + more} record sets. Route 53 allows {UsualQuota} until the quota MAX_RRSETS_BY_ZONE is raised, and refuses the rest."))
            : null;
    }
}
