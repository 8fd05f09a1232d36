namespace HostingOps.Engine.Dns.Sync;

/// <summary>What a sync does about one record: a change, or a notice that it is left alone; both null when all is well.</summary>
internal readonly record struct SyncVerdict(DnsRecordChange? Change, ZoneNotice? Notice)
{
    public static SyncVerdict Nothing => default;

    public static SyncVerdict Tell(ZoneNoticeKind kind, string record, string? site, string message) => new(null, new ZoneNotice(kind, record, site, message));
}
