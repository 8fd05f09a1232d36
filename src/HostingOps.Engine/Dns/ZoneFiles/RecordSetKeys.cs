using HostingOps.Engine.Inventory.Reading;

namespace HostingOps.Engine.Dns.ZoneFiles;

/// <summary>The keys of a record set in a file, in the order in which they are written. The API's ResourceRecordSet has the same fields.</summary>
internal static class RecordSetKeys
{
    public static readonly KeySet Document = new("zoneFile", "version", "zone", "recordSets");

    public static readonly KeySet RecordSet = new(
        "recordSet", "name", "type", "setIdentifier", "weight", "region", "failover", "multiValueAnswer", "geoLocation", "cidr", "geoProximity",
        "healthCheckId", "trafficPolicyInstanceId", "ttl", "values", "alias");

    public static readonly KeySet Alias = new("alias", "target", "zoneId", "evaluateTargetHealth");

    public static readonly KeySet GeoLocation = new("geoLocation", "continent", "country", "subdivision");

    public static readonly KeySet Cidr = new("cidr", "collectionId", "location");

    public static readonly KeySet GeoProximity = new("geoProximity", "region", "localZoneGroup", "latitude", "longitude", "bias");

    /// <summary>The record types that Route 53 has.</summary>
    public static readonly string[] Types =
        ["A", "AAAA", "CAA", "CNAME", "DS", "HTTPS", "MX", "NAPTR", "NS", "PTR", "SOA", "SPF", "SRV", "SSHFP", "SVCB", "TLSA", "TXT"];
}
