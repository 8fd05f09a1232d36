namespace HostingOps.Engine.Dns.ZoneFiles;

/// <summary>Which routing policy record sets of one name and type share.</summary>
internal static class RoutingKind
{
    /// <summary>The kind's name; null for a simple record set.</summary>
    public static string? Of(DnsRecordSet set) => set.Routing switch
    {
        null => set.SetIdentifier is null ? null : "unknown",
        { Weight: not null } => "weighted",
        { Region: not null } => "latency",
        { Failover: not null } => "failover",
        { MultiValueAnswer: not null } => "multivalue",
        { CidrCollectionId: not null } => "IP-based",
        { ProximityRegion: not null } or { ProximityLocalZoneGroup: not null } or { ProximityLatitude: not null } or { ProximityBias: not null } => "geoproximity",
        _ => "geolocation",
    };
}
