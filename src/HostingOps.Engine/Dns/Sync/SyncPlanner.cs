namespace HostingOps.Engine.Dns.Sync;

/// <summary>What a sync changes and what it tells: a pure function of inventory, zone and what was asked for.</summary>
internal static class SyncPlanner
{
    /// <summary>The changes, and the notices by name.</summary>
    public static (IReadOnlyList<DnsRecordChange> Changes, IReadOnlyList<ZoneNotice> Notices) Decide(SyncFacts facts)
    {
        var verdicts = facts.Sites.Select(site => SiteSync.Judge(site, facts)).Concat(OtherSync.Judge(facts)).ToArray();
        return (
            [.. verdicts.Select(static verdict => verdict.Change).OfType<DnsRecordChange>()],
            [.. verdicts.Select(static verdict => verdict.Notice).OfType<ZoneNotice>().OrderBy(static notice => notice.Record, StringComparer.Ordinal)]);
    }
}
