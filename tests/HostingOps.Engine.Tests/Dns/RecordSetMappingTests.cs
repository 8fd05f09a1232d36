using HostingOps.Engine.Dns;

namespace HostingOps.Engine.Tests.Dns;

/// <summary>A record set goes to Route 53 and back with every field that decides whether a DELETE matches.</summary>
public sealed class RecordSetMappingTests
{
    private static readonly DnsRecordSet Plain = new() { Name = "a.example.net", Type = "A", Ttl = 60, Values = ["192.0.2.1", "192.0.2.2"] };

    public static TheoryData<DnsRecordSet> Sets() =>
    [
        Plain,
        Plain with { Name = "*.example.net" },
        Plain with { HealthCheckId = "11111111-2222-3333-4444-555555555555" },
        Plain with { Ttl = null, Values = [], AliasTarget = "d111.cloudfront.net.", AliasZoneId = "Z2FDTNDATAQYW2", EvaluateTargetHealth = true },
        Plain with { SetIdentifier = "one", Routing = new DnsRoutingPolicy { Weight = 0 } },
        Plain with { SetIdentifier = "one", Routing = new DnsRoutingPolicy { Region = "eu-west-1" } },
        Plain with { SetIdentifier = "one", Routing = new DnsRoutingPolicy { Failover = "PRIMARY" } },
        Plain with { SetIdentifier = "one", Routing = new DnsRoutingPolicy { MultiValueAnswer = true } },
        Plain with { SetIdentifier = "one", Routing = new DnsRoutingPolicy { GeoContinent = "EU" } },
        Plain with { SetIdentifier = "one", Routing = new DnsRoutingPolicy { GeoCountry = "US", GeoSubdivision = "CA" } },
        Plain with { SetIdentifier = "one", Routing = new DnsRoutingPolicy { CidrCollectionId = "c-1", CidrLocation = "office" } },
        Plain with { SetIdentifier = "one", Routing = new DnsRoutingPolicy { ProximityRegion = "eu-west-1", ProximityBias = -10 } },
        Plain with { SetIdentifier = "one", Routing = new DnsRoutingPolicy { ProximityLocalZoneGroup = "eu-west-1-ham-1" } },
        Plain with { SetIdentifier = "one", Routing = new DnsRoutingPolicy { ProximityLatitude = "53.55", ProximityLongitude = "9.99", ProximityBias = 5 } },
    ];

    [Theory]
    [MemberData(nameof(Sets))]
    public void Comes_back_as_it_went(DnsRecordSet set) => Assert.Equal(set, RecordSetMapping.FromRoute53(RecordSetMapping.ToRoute53(set)));

    [Fact]
    public void What_a_traffic_policy_owns_is_not_sent() => Assert.Equal(
        ErrorIds.RecordNotSwitchable,
        Assert.Throws<HostingException>(() => RecordSetMapping.ToRoute53(Plain with { TrafficPolicyInstanceId = "t-1" })).ErrorId);
}
