using System.Xml.Linq;
using Amazon.Route53.Model;
using HostingOps.Aws.Wire;

namespace Amazon.Route53.Wire;

/// <summary>Reads zones, record sets and changes, member by member as the Route 53 model names them.</summary>
internal static class Route53Answers
{
    public static HostedZoneConfig HostedZoneConfig(XElement e) => new()
    {
        Comment = e.Text("Comment"),
        PrivateZone = e.Bool("PrivateZone"),
    };

    public static LinkedService LinkedService(XElement e) => new()
    {
        ServicePrincipal = e.Text("ServicePrincipal"),
        Description = e.Text("Description"),
    };

    public static HostedZoneFailureReasons HostedZoneFailureReasons(XElement e) => new()
    {
        AcceleratedRecovery = e.Text("AcceleratedRecovery"),
    };

    public static HostedZoneFeatures HostedZoneFeatures(XElement e) => new()
    {
        AcceleratedRecoveryStatus = e.Text("AcceleratedRecoveryStatus")!,
        FailureReasons = e.Child("FailureReasons", HostedZoneFailureReasons),
    };

    public static HostedZone HostedZone(XElement e) => new()
    {
        Id = Route53Id.Strip(e.Text("Id"))!,
        Name = e.Text("Name")!,
        CallerReference = e.Text("CallerReference")!,
        Config = e.Child("Config", HostedZoneConfig),
        ResourceRecordSetCount = e.Long("ResourceRecordSetCount"),
        LinkedService = e.Child("LinkedService", LinkedService),
        Features = e.Child("Features", HostedZoneFeatures),
    };

    public static ListHostedZonesResponse ListHostedZonesResponse(XElement e) => new()
    {
        HostedZones = e.List("HostedZones", "HostedZone", HostedZone),
        Marker = e.Text("Marker")!,
        IsTruncated = e.Bool("IsTruncated"),
        NextMarker = e.Text("NextMarker"),
        MaxItems = e.Text("MaxItems")!,
    };

    public static ListHostedZonesByNameResponse ListHostedZonesByNameResponse(XElement e) => new()
    {
        HostedZones = e.List("HostedZones", "HostedZone", HostedZone),
        DNSName = e.Text("DNSName"),
        HostedZoneId = Route53Id.Strip(e.Text("HostedZoneId")),
        IsTruncated = e.Bool("IsTruncated"),
        NextDNSName = e.Text("NextDNSName"),
        NextHostedZoneId = Route53Id.Strip(e.Text("NextHostedZoneId")),
        MaxItems = e.Text("MaxItems")!,
    };

    public static DelegationSet DelegationSet(XElement e) => new()
    {
        Id = Route53Id.Strip(e.Text("Id")),
        CallerReference = e.Text("CallerReference"),
        NameServers = e.List("NameServers", "NameServer", static item => item.Value),
    };

    public static VPC VPC(XElement e) => new()
    {
        VPCRegion = e.Text("VPCRegion")!,
        VPCId = e.Text("VPCId"),
    };

    public static GetHostedZoneResponse GetHostedZoneResponse(XElement e) => new()
    {
        HostedZone = e.Child("HostedZone", HostedZone)!,
        DelegationSet = e.Child("DelegationSet", DelegationSet),
        VPCs = e.List("VPCs", "VPC", VPC),
    };

    public static ChangeInfo ChangeInfo(XElement e) => new()
    {
        Id = Route53Id.Strip(e.Text("Id"))!,
        Status = e.Text("Status")!,
        SubmittedAt = e.Time("SubmittedAt"),
        Comment = e.Text("Comment"),
    };

    public static CreateHostedZoneResponse CreateHostedZoneResponse(XElement e) => new()
    {
        HostedZone = e.Child("HostedZone", HostedZone)!,
        ChangeInfo = e.Child("ChangeInfo", ChangeInfo)!,
        DelegationSet = e.Child("DelegationSet", DelegationSet)!,
        VPC = e.Child("VPC", VPC),
    };

    public static DeleteHostedZoneResponse DeleteHostedZoneResponse(XElement e) => new()
    {
        ChangeInfo = e.Child("ChangeInfo", ChangeInfo)!,
    };

    public static GeoLocation GeoLocation(XElement e) => new()
    {
        ContinentCode = e.Text("ContinentCode"),
        CountryCode = e.Text("CountryCode"),
        SubdivisionCode = e.Text("SubdivisionCode"),
    };

    public static ResourceRecord ResourceRecord(XElement e) => new()
    {
        Value = e.Text("Value")!,
    };

    public static AliasTarget AliasTarget(XElement e) => new()
    {
        HostedZoneId = Route53Id.Strip(e.Text("HostedZoneId"))!,
        DNSName = e.Text("DNSName")!,
        EvaluateTargetHealth = e.Bool("EvaluateTargetHealth"),
    };

    public static CidrRoutingConfig CidrRoutingConfig(XElement e) => new()
    {
        CollectionId = e.Text("CollectionId")!,
        LocationName = e.Text("LocationName")!,
    };

    public static Coordinates Coordinates(XElement e) => new()
    {
        Latitude = e.Text("Latitude")!,
        Longitude = e.Text("Longitude")!,
    };

    public static GeoProximityLocation GeoProximityLocation(XElement e) => new()
    {
        AWSRegion = e.Text("AWSRegion"),
        LocalZoneGroup = e.Text("LocalZoneGroup"),
        Coordinates = e.Child("Coordinates", Coordinates),
        Bias = e.Int("Bias"),
    };

    public static ResourceRecordSet ResourceRecordSet(XElement e) => new()
    {
        Name = e.Text("Name")!,
        Type = e.Text("Type")!,
        SetIdentifier = e.Text("SetIdentifier"),
        Weight = e.Long("Weight"),
        Region = e.Text("Region")!,
        GeoLocation = e.Child("GeoLocation", GeoLocation),
        Failover = e.Text("Failover")!,
        MultiValueAnswer = e.Bool("MultiValueAnswer"),
        TTL = e.Long("TTL"),
        ResourceRecords = e.List("ResourceRecords", "ResourceRecord", ResourceRecord),
        AliasTarget = e.Child("AliasTarget", AliasTarget),
        HealthCheckId = e.Text("HealthCheckId"),
        TrafficPolicyInstanceId = e.Text("TrafficPolicyInstanceId"),
        CidrRoutingConfig = e.Child("CidrRoutingConfig", CidrRoutingConfig),
        GeoProximityLocation = e.Child("GeoProximityLocation", GeoProximityLocation),
    };

    public static ListResourceRecordSetsResponse ListResourceRecordSetsResponse(XElement e) => new()
    {
        ResourceRecordSets = e.List("ResourceRecordSets", "ResourceRecordSet", ResourceRecordSet),
        IsTruncated = e.Bool("IsTruncated"),
        NextRecordName = e.Text("NextRecordName"),
        NextRecordType = e.Text("NextRecordType")!,
        NextRecordIdentifier = e.Text("NextRecordIdentifier"),
        MaxItems = e.Text("MaxItems")!,
    };

    public static ChangeResourceRecordSetsResponse ChangeResourceRecordSetsResponse(XElement e) => new()
    {
        ChangeInfo = e.Child("ChangeInfo", ChangeInfo)!,
    };

    public static GetChangeResponse GetChangeResponse(XElement e) => new()
    {
        ChangeInfo = e.Child("ChangeInfo", ChangeInfo)!,
    };
}
