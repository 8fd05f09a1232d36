using Amazon.Route53;
using Amazon.Route53.Model;
using HostingOps.Engine.Dns.Wire;

namespace HostingOps.Engine.Dns;

/// <summary>Between Route 53's record sets and ours. Values pass through untouched: a DELETE must match them exactly.</summary>
internal static class RecordSetMapping
{
    private static readonly DnsRoutingPolicy NoRouting = new();

    public static DnsRecordSet FromRoute53(ResourceRecordSet set) => new()
    {
        Name = Route53Name.Decode(set.Name),
        Type = set.Type.Value,
        Ttl = set.AliasTarget is null ? set.TTL : null,
        Values = set.ResourceRecords?.Select(static record => record.Value).ToArray() ?? [],
        AliasTarget = set.AliasTarget?.DNSName,
        AliasZoneId = set.AliasTarget?.HostedZoneId,
        EvaluateTargetHealth = set.AliasTarget?.EvaluateTargetHealth,
        SetIdentifier = set.SetIdentifier,
        Routing = RoutingOf(set),
        HealthCheckId = set.HealthCheckId,
        TrafficPolicyInstanceId = set.TrafficPolicyInstanceId,
    };

    /// <summary>The record set as Route 53 takes it.</summary>
    /// <exception cref="HostingException">RecordNotSwitchable: it belongs to a traffic policy, through which alone it is changed.</exception>
    public static ResourceRecordSet ToRoute53(DnsRecordSet set) => set.TrafficPolicyInstanceId is null
        ? new ResourceRecordSet
        {
            Name = Route53Name.Encode(set.Name),
            Type = RRType.FindValue(set.Type),
            TTL = set.Ttl,
            ResourceRecords = set.AliasTarget is null ? [.. set.Values.Select(static value => new ResourceRecord { Value = value })] : null,
            AliasTarget = set.AliasTarget is { } target
                ? new AliasTarget { DNSName = target, HostedZoneId = set.AliasZoneId!, EvaluateTargetHealth = set.EvaluateTargetHealth ?? false }
                : null,
            SetIdentifier = set.SetIdentifier,
            Weight = set.Routing?.Weight,
            Region = Constant(set.Routing?.Region, ResourceRecordSetRegion.FindValue),
            Failover = Constant(set.Routing?.Failover, ResourceRecordSetFailover.FindValue),
            MultiValueAnswer = set.Routing?.MultiValueAnswer,
            GeoLocation = GeoLocationOf(set.Routing),
            CidrRoutingConfig = set.Routing?.CidrCollectionId is { } collection
                ? new CidrRoutingConfig { CollectionId = collection, LocationName = set.Routing.CidrLocation! }
                : null,
            GeoProximityLocation = ProximityOf(set.Routing),
            HealthCheckId = set.HealthCheckId,
        }
        : throw new HostingException(
            ErrorIds.RecordNotSwitchable,
            HostingErrorCategory.InvalidArgument,
            set.Name,
            $"The record set {set.Type} '{set.Name}' belongs to the traffic policy instance {set.TrafficPolicyInstanceId}.",
            "Change it through its traffic policy.");

    private static DnsRoutingPolicy? RoutingOf(ResourceRecordSet set)
    {
        var routing = new DnsRoutingPolicy
        {
            Weight = set.Weight,
            Region = set.Region?.Value,
            Failover = set.Failover?.Value,
            MultiValueAnswer = set.MultiValueAnswer,
            GeoContinent = set.GeoLocation?.ContinentCode,
            GeoCountry = set.GeoLocation?.CountryCode,
            GeoSubdivision = set.GeoLocation?.SubdivisionCode,
            CidrCollectionId = set.CidrRoutingConfig?.CollectionId,
            CidrLocation = set.CidrRoutingConfig?.LocationName,
            ProximityRegion = set.GeoProximityLocation?.AWSRegion,
            ProximityLocalZoneGroup = set.GeoProximityLocation?.LocalZoneGroup,
            ProximityLatitude = set.GeoProximityLocation?.Coordinates?.Latitude,
            ProximityLongitude = set.GeoProximityLocation?.Coordinates?.Longitude,
            ProximityBias = set.GeoProximityLocation?.Bias,
        };
        return routing == NoRouting ? null : routing;
    }

    private static GeoLocation? GeoLocationOf(DnsRoutingPolicy? routing) =>
        routing is null or { GeoContinent: null, GeoCountry: null, GeoSubdivision: null }
            ? null
            : new GeoLocation { ContinentCode = routing.GeoContinent, CountryCode = routing.GeoCountry, SubdivisionCode = routing.GeoSubdivision };

    private static GeoProximityLocation? ProximityOf(DnsRoutingPolicy? routing) =>
        routing is null or { ProximityRegion: null, ProximityLocalZoneGroup: null, ProximityLatitude: null, ProximityLongitude: null, ProximityBias: null }
            ? null
            : new GeoProximityLocation
            {
                AWSRegion = routing.ProximityRegion,
                LocalZoneGroup = routing.ProximityLocalZoneGroup,
                Coordinates = routing.ProximityLatitude is { } latitude
                    ? new Coordinates { Latitude = latitude, Longitude = routing.ProximityLongitude! }
                    : null,
                Bias = routing.ProximityBias,
            };

    private static T? Constant<T>(string? value, Func<string, T> find)
        where T : class => value is null ? null : find(value);
}
