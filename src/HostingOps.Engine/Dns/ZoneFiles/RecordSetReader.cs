using HostingOps.Engine.Dns.Wire;
using HostingOps.Engine.Inventory;
using HostingOps.Engine.Inventory.Reading;
using HostingOps.Engine.Inventory.Yaml;

namespace HostingOps.Engine.Dns.ZoneFiles;

/// <summary>Reads a record set from the fields that <see cref="RecordSetFields"/> writes.</summary>
internal sealed class RecordSetReader(FindingCollector findings)
{
    private const int MaxIdentifier = 128;

    /// <summary>The record set, or null with findings.</summary>
    public DnsRecordSet? Read(YamlMap map)
    {
        var source = new MapReader(map, RecordSetKeys.RecordSet, "the record set", findings);
        source.Require(map, "name", "type");
        var name = NameOf(source);
        var type = source.Word("type", RecordSetKeys.Types);
        var alias = source.Mapping("alias") is { } aliasMap ? new MapReader(aliasMap, RecordSetKeys.Alias, "the alias", findings) : null;
        alias?.Require(alias.Map, "target", "zoneId", "evaluateTargetHealth");
        var set = new DnsRecordSet
        {
            Name = name ?? "",
            Type = type ?? "",
            Ttl = Number(source, "ttl", 0, int.MaxValue),
            Values = source.Scalars("values", "texts")?.Select(static value => value.Text).ToArray() ?? [],
            AliasTarget = alias?.Text("target"),
            AliasZoneId = alias?.Text("zoneId"),
            EvaluateTargetHealth = alias?.Flag("evaluateTargetHealth"),
            SetIdentifier = source.Text("setIdentifier"),
            Routing = RoutingOf(source),
            HealthCheckId = source.Text("healthCheckId"),
            TrafficPolicyInstanceId = source.Text("trafficPolicyInstanceId"),
        };
        Judge(set, source, alias is not null);
        return name is null || type is null || findings.HasErrors ? null : set;
    }

    private string? NameOf(MapReader source)
    {
        if (source.Text("name") is not { } text)
        {
            return null;
        }

        if (DnsName.TryParse(text, out var name))
        {
            return name.ToLower().ToString();
        }

        findings.Add(InventoryRules.BadRecord, source.At("name"), $"{YamlScalar.Quote(text)} is no domain name; a full name was expected, with \\ddd in decimal for a byte that is not printable.");
        return null;
    }

    private DnsRoutingPolicy? RoutingOf(MapReader source)
    {
        var place = Group(source, "geoLocation", RecordSetKeys.GeoLocation);
        var cidr = Group(source, "cidr", RecordSetKeys.Cidr);
        cidr?.Require(cidr.Map, "collectionId", "location");
        var proximity = Group(source, "geoProximity", RecordSetKeys.GeoProximity);
        var routing = new DnsRoutingPolicy
        {
            Weight = Number(source, "weight", 0, 255),
            Region = source.Text("region"),
            Failover = source.Word("failover", "PRIMARY", "SECONDARY"),
            MultiValueAnswer = source.Flag("multiValueAnswer"),
            GeoContinent = place?.Text("continent"),
            GeoCountry = place?.Text("country"),
            GeoSubdivision = place?.Text("subdivision"),
            CidrCollectionId = cidr?.Text("collectionId"),
            CidrLocation = cidr?.Text("location"),
            ProximityRegion = proximity?.Text("region"),
            ProximityLocalZoneGroup = proximity?.Text("localZoneGroup"),
            ProximityLatitude = proximity?.Text("latitude"),
            ProximityLongitude = proximity?.Text("longitude"),
            ProximityBias = proximity?.Number("bias", -99, 99),
        };
        return routing == new DnsRoutingPolicy() ? null : routing;
    }

    private void Judge(DnsRecordSet set, MapReader source, bool isAlias)
    {
        var plain = source.Has("ttl") && source.Has("values") && set.Values.Count > 0;
        if (isAlias == plain || (isAlias && (source.Has("ttl") || source.Has("values"))))
        {
            findings.Add(
                InventoryRules.MissingKey, source.Map, "A record set has either 'ttl' and 'values', or 'alias'.", "Write the one that is meant, and leave out the other.");
        }

        var kinds = new[] { "weight", "region", "failover", "multiValueAnswer", "geoLocation", "cidr", "geoProximity" }.Count(source.Has);
        if (kinds != (set.SetIdentifier is null ? 0 : 1) && set.TrafficPolicyInstanceId is null)
        {
            findings.Add(
                InventoryRules.MissingKey,
                source.Map,
                set.SetIdentifier is null ? "A record set with a routing policy has a 'setIdentifier'." : $"A record set with a 'setIdentifier' has one routing policy; this has {kinds}.",
                "Write one of weight, region, failover, multiValueAnswer, geoLocation, cidr and geoProximity together with setIdentifier, or none of them.");
        }

        // Route 53's XML can't carry them, and a terminal would obey them.
        string?[] texts = [.. set.Values, set.SetIdentifier, set.AliasTarget, set.AliasZoneId, set.HealthCheckId, set.TrafficPolicyInstanceId, set.Routing?.ToString()];
        if (texts.OfType<string>().Any(static text => text.Any(static character => character is < ' ' and not ('\t' or '\n' or '\r'))))
        {
            findings.Add(InventoryRules.NotText, source.Map, "A text of the record set has a control character.", "Write the byte as \\ooo in octal, as Route 53 has it.");
        }

        if (set.SetIdentifier is { Length: > MaxIdentifier })
        {
            findings.Add(InventoryRules.OutOfRange, source.At("setIdentifier"), FormattableString.Invariant($"A 'setIdentifier' has at most {MaxIdentifier} characters."));
        }
    }

    private MapReader? Group(MapReader source, string key, KeySet keys) =>
        source.Mapping(key) is { } map ? new MapReader(map, keys, $"'{key}'", findings) : null;

    private static long? Number(MapReader source, string key, int least, int most) => source.Number(key, least, most);
}
