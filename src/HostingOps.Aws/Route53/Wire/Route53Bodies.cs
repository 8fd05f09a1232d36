using System.Xml.Linq;
using Amazon.Route53.Model;
using HostingOps.Aws.Wire;

namespace Amazon.Route53.Wire;

/// <summary>Writes request bodies in the order of the Route 53 model.</summary>
internal static class Route53Bodies
{
    public static XmlBody Body { get; } = new("https://route53.amazonaws.com/doc/2013-04-01/");

    public static IEnumerable<XElement?> GeoLocation(GeoLocation r) =>
    [
        Body.Leaf("ContinentCode", r.ContinentCode),
        Body.Leaf("CountryCode", r.CountryCode),
        Body.Leaf("SubdivisionCode", r.SubdivisionCode),
    ];

    public static IEnumerable<XElement?> ResourceRecord(ResourceRecord r) =>
    [
        Body.Leaf("Value", r.Value),
    ];

    public static IEnumerable<XElement?> AliasTarget(AliasTarget r) =>
    [
        Body.Leaf("HostedZoneId", Route53Id.Strip(r.HostedZoneId)),
        Body.Leaf("DNSName", r.DNSName),
        Body.Leaf("EvaluateTargetHealth", r.EvaluateTargetHealth),
    ];

    public static IEnumerable<XElement?> CidrRoutingConfig(CidrRoutingConfig r) =>
    [
        Body.Leaf("CollectionId", r.CollectionId),
        Body.Leaf("LocationName", r.LocationName),
    ];

    public static IEnumerable<XElement?> Coordinates(Coordinates r) =>
    [
        Body.Leaf("Latitude", r.Latitude),
        Body.Leaf("Longitude", r.Longitude),
    ];

    public static IEnumerable<XElement?> GeoProximityLocation(GeoProximityLocation r) =>
    [
        Body.Leaf("AWSRegion", r.AWSRegion),
        Body.Leaf("LocalZoneGroup", r.LocalZoneGroup),
        Body.Nested("Coordinates", r.Coordinates, Coordinates),
        Body.Leaf("Bias", r.Bias),
    ];

    public static IEnumerable<XElement?> ResourceRecordSet(ResourceRecordSet r) =>
    [
        Body.Leaf("Name", r.Name),
        Body.Leaf("Type", r.Type?.Value),
        Body.Leaf("SetIdentifier", r.SetIdentifier),
        Body.Leaf("Weight", r.Weight),
        Body.Leaf("Region", r.Region?.Value),
        Body.Nested("GeoLocation", r.GeoLocation, GeoLocation),
        Body.Leaf("Failover", r.Failover?.Value),
        Body.Leaf("MultiValueAnswer", r.MultiValueAnswer),
        Body.Leaf("TTL", r.TTL),
        Body.List("ResourceRecords", "ResourceRecord", r.ResourceRecords, ResourceRecord),
        Body.Nested("AliasTarget", r.AliasTarget, AliasTarget),
        Body.Leaf("HealthCheckId", r.HealthCheckId),
        Body.Leaf("TrafficPolicyInstanceId", r.TrafficPolicyInstanceId),
        Body.Nested("CidrRoutingConfig", r.CidrRoutingConfig, CidrRoutingConfig),
        Body.Nested("GeoProximityLocation", r.GeoProximityLocation, GeoProximityLocation),
    ];

    public static IEnumerable<XElement?> Change(Change r) =>
    [
        Body.Leaf("Action", r.Action?.Value),
        Body.Nested("ResourceRecordSet", r.ResourceRecordSet, ResourceRecordSet),
    ];

    public static IEnumerable<XElement?> ChangeBatch(ChangeBatch r) =>
    [
        Body.Leaf("Comment", r.Comment),
        Body.List("Changes", "Change", r.Changes, Change),
    ];

    public static IEnumerable<XElement?> ChangeResourceRecordSetsRequest(ChangeResourceRecordSetsRequest r) =>
    [
        Body.Nested("ChangeBatch", r.ChangeBatch, ChangeBatch),
    ];

    public static IEnumerable<XElement?> VPC(VPC r) =>
    [
        Body.Leaf("VPCRegion", r.VPCRegion?.Value),
        Body.Leaf("VPCId", r.VPCId),
    ];

    public static IEnumerable<XElement?> HostedZoneConfig(HostedZoneConfig r) =>
    [
        Body.Leaf("Comment", r.Comment),
        Body.Leaf("PrivateZone", r.PrivateZone),
    ];

    public static IEnumerable<XElement?> CreateHostedZoneRequest(CreateHostedZoneRequest r) =>
    [
        Body.Leaf("Name", r.Name),
        Body.Nested("VPC", r.VPC, VPC),
        Body.Leaf("CallerReference", r.CallerReference),
        Body.Nested("HostedZoneConfig", r.HostedZoneConfig, HostedZoneConfig),
        Body.Leaf("DelegationSetId", Route53Id.Strip(r.DelegationSetId)),
    ];

    public static IEnumerable<XElement?> AlarmIdentifier(AlarmIdentifier r) =>
    [
        Body.Leaf("Region", r.Region?.Value),
        Body.Leaf("Name", r.Name),
    ];

    public static IEnumerable<XElement?> HealthCheckConfig(HealthCheckConfig r) =>
    [
        Body.Leaf("IPAddress", r.IPAddress),
        Body.Leaf("Port", r.Port),
        Body.Leaf("Type", r.Type?.Value),
        Body.Leaf("ResourcePath", r.ResourcePath),
        Body.Leaf("FullyQualifiedDomainName", r.FullyQualifiedDomainName),
        Body.Leaf("SearchString", r.SearchString),
        Body.Leaf("RequestInterval", r.RequestInterval),
        Body.Leaf("FailureThreshold", r.FailureThreshold),
        Body.Leaf("MeasureLatency", r.MeasureLatency),
        Body.Leaf("Inverted", r.Inverted),
        Body.Leaf("Disabled", r.Disabled),
        Body.Leaf("HealthThreshold", r.HealthThreshold),
        Body.List("ChildHealthChecks", "ChildHealthCheck", r.ChildHealthChecks, static item => item),
        Body.Leaf("EnableSNI", r.EnableSNI),
        Body.List("Regions", "Region", r.Regions, static item => item.Value),
        Body.Nested("AlarmIdentifier", r.AlarmIdentifier, AlarmIdentifier),
        Body.Leaf("InsufficientDataHealthStatus", r.InsufficientDataHealthStatus?.Value),
        Body.Leaf("RoutingControlArn", r.RoutingControlArn),
    ];

    public static IEnumerable<XElement?> CreateHealthCheckRequest(CreateHealthCheckRequest r) =>
    [
        Body.Leaf("CallerReference", r.CallerReference),
        Body.Nested("HealthCheckConfig", r.HealthCheckConfig, HealthCheckConfig),
    ];
}
