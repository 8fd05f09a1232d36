using System.Globalization;

namespace HostingOps.Engine.Dns.ZoneFiles;

/// <summary>The fields of a record set that a file has, by key, in order. A value is a text, a number, a truth, a list of texts, or fields again.</summary>
internal static class RecordSetFields
{
    public static IReadOnlyList<(string Key, object Value)> Of(DnsRecordSet set)
    {
        var routing = set.Routing;
        return Present(
            ("name", set.Name),
            ("type", set.Type),
            ("setIdentifier", set.SetIdentifier),
            ("weight", routing?.Weight),
            ("region", routing?.Region),
            ("failover", routing?.Failover),
            ("multiValueAnswer", routing?.MultiValueAnswer),
            ("geoLocation", Group(("continent", routing?.GeoContinent), ("country", routing?.GeoCountry), ("subdivision", routing?.GeoSubdivision))),
            ("cidr", Group(("collectionId", routing?.CidrCollectionId), ("location", routing?.CidrLocation))),
            ("geoProximity", Group(
                ("region", routing?.ProximityRegion),
                ("localZoneGroup", routing?.ProximityLocalZoneGroup),
                ("latitude", routing?.ProximityLatitude),
                ("longitude", routing?.ProximityLongitude),
                ("bias", routing?.ProximityBias is { } bias ? (long)bias : null))),
            ("healthCheckId", set.HealthCheckId),
            ("trafficPolicyInstanceId", set.TrafficPolicyInstanceId),
            ("ttl", set.Ttl),
            ("values", set.Values.Count == 0 ? null : set.Values),
            ("alias", Group(("target", set.AliasTarget), ("zoneId", set.AliasZoneId), ("evaluateTargetHealth", set.EvaluateTargetHealth))));
    }

    /// <summary>A number or truth as YAML and JSON write it.</summary>
    public static string Plain(object value) => value is bool truth ? (truth ? "true" : "false") : ((long)value).ToString(CultureInfo.InvariantCulture);

    private static IReadOnlyList<(string Key, object Value)>? Group(params (string Key, object? Value)[] fields) =>
        Present(fields) is { Count: > 0 } present ? present : null;

    private static List<(string Key, object Value)> Present(params (string Key, object? Value)[] fields) =>
        [.. fields.Where(static field => field.Value is not null).Select(static field => (field.Key, field.Value!))];
}
