using Amazon.Route53;
using Amazon.Route53.Model;
using Amazon.Runtime;
using HostingOps.Aws.Tests.Stub;

namespace HostingOps.Aws.Tests;

/// <summary>What goes over the wire to Route 53 and what is read back, against the API's published model.</summary>
[Collection(EnvironmentGroup.Name)]
public sealed class Route53WireTests : IDisposable
{
    private const string Ns = "xmlns=\"https://route53.amazonaws.com/doc/2013-04-01/\"";
    private readonly EnvironmentScope environment = new();

    public void Dispose() => environment.Dispose();

    [Fact]
    public async Task A_listing_is_asked_with_its_continuation_and_signed_for_the_partitions_region()
    {
        await using var server = new StubServer(StubAnswer.Xml(
            $"<ListResourceRecordSetsResponse {Ns}><ResourceRecordSets/><IsTruncated>false</IsTruncated><MaxItems>300</MaxItems></ListResourceRecordSetsResponse>"));
        using var client = Client(server);

        var answer = await client.ListResourceRecordSetsAsync(new ListResourceRecordSetsRequest
        {
            HostedZoneId = "/hostedzone/Z123",
            StartRecordName = "\\052.example.com.",
            StartRecordType = RRType.CNAME,
            StartRecordIdentifier = "blue & green",
            MaxItems = "100",
        });

        var request = server.Only;
        Assert.Equal("GET", request.Method);
        Assert.Equal("/2013-04-01/hostedzone/Z123/rrset", request.Path);
        Assert.Equal("\\052.example.com.", request.Query["name"]);
        Assert.Equal("CNAME", request.Query["type"]);
        Assert.Equal("blue & green", request.Query["identifier"]);
        Assert.Equal("100", request.Query["maxitems"]);
        Assert.Matches("^AWS4-HMAC-SHA256 Credential=key/[0-9]{8}/us-east-1/route53/aws4_request, SignedHeaders=.*host.*, Signature=[0-9a-f]{64}$", request.Authorization);
        Assert.Empty(answer.ResourceRecordSets!);
        Assert.False(answer.IsTruncated);
        Assert.Equal("header-id", answer.ResponseMetadata.RequestId);
    }

    [Fact]
    public async Task A_listed_record_set_goes_back_verbatim_in_a_deletion()
    {
        const string Stored = "<Name>\\052.example.com.</Name><Type>A</Type><SetIdentifier>eu</SetIdentifier><Weight>0</Weight><Region>eu-west-1</Region>"
            + "<GeoLocation><ContinentCode>EU</ContinentCode></GeoLocation><Failover>PRIMARY</Failover><MultiValueAnswer>true</MultiValueAnswer><TTL>60</TTL>"
            + "<ResourceRecords><ResourceRecord><Value>\"a &amp; b \\\" c\" \"d\"</Value></ResourceRecord><ResourceRecord><Value>192.0.2.1</Value></ResourceRecord></ResourceRecords>"
            + "<AliasTarget><HostedZoneId>Z9</HostedZoneId><DNSName>x.example.</DNSName><EvaluateTargetHealth>false</EvaluateTargetHealth></AliasTarget>"
            + "<HealthCheckId>hc</HealthCheckId><TrafficPolicyInstanceId>tp</TrafficPolicyInstanceId>"
            + "<CidrRoutingConfig><CollectionId>c</CollectionId><LocationName>*</LocationName></CidrRoutingConfig>"
            + "<GeoProximityLocation><AWSRegion>eu-west-1</AWSRegion><LocalZoneGroup>g</LocalZoneGroup><Coordinates><Latitude>1.5</Latitude><Longitude>-2.5</Longitude></Coordinates><Bias>-7</Bias></GeoProximityLocation>";
        await using var server = new StubServer((request, _) => request.Method == "GET"
            ? StubAnswer.Xml($"<ListResourceRecordSetsResponse {Ns}><ResourceRecordSets><ResourceRecordSet>{Stored}</ResourceRecordSet></ResourceRecordSets><IsTruncated>true</IsTruncated><NextRecordName>n.</NextRecordName><NextRecordType>TXT</NextRecordType><NextRecordIdentifier>i</NextRecordIdentifier><MaxItems>1</MaxItems></ListResourceRecordSetsResponse>")
            : StubAnswer.Xml($"<ChangeResourceRecordSetsResponse {Ns}><ChangeInfo><Id>/change/C1</Id><Status>PENDING</Status><SubmittedAt>2026-01-02T03:04:05.678Z</SubmittedAt><Comment>c</Comment></ChangeInfo></ChangeResourceRecordSetsResponse>"));
        using var client = Client(server);

        var listed = await client.ListResourceRecordSetsAsync(new ListResourceRecordSetsRequest("Z1"));
        var changed = await client.ChangeResourceRecordSetsAsync(new ChangeResourceRecordSetsRequest(
            "Z1", new ChangeBatch([new Change(ChangeAction.DELETE, listed.ResourceRecordSets![0])]) { Comment = "why" }));

        Assert.Equal(("n.", RRType.TXT, "i", true), (listed.NextRecordName, listed.NextRecordType, listed.NextRecordIdentifier, listed.IsTruncated));
        var sent = server.Requests[1];
        Assert.Equal("POST", sent.Method);
        Assert.Equal("/2013-04-01/hostedzone/Z1/rrset/", sent.Path);
        var expected = System.Xml.Linq.XElement.Parse(
            $"<ChangeResourceRecordSetsRequest {Ns}><ChangeBatch><Comment>why</Comment><Changes><Change><Action>DELETE</Action><ResourceRecordSet>{Stored}</ResourceRecordSet></Change></Changes></ChangeBatch></ChangeResourceRecordSetsRequest>");
        Assert.Equal(expected.ToString(), sent.Xml.ToString());
        Assert.Equal(("C1", ChangeStatus.PENDING, "c"), (changed.ChangeInfo.Id, changed.ChangeInfo.Status, changed.ChangeInfo.Comment));
        Assert.Equal(new DateTime(2026, 1, 2, 3, 4, 5, 678, DateTimeKind.Utc), changed.ChangeInfo.SubmittedAt);
    }

    [Fact]
    public async Task What_an_answer_leaves_out_is_null()
    {
        await using var server = new StubServer(StubAnswer.Xml(
            $"<ListResourceRecordSetsResponse {Ns}><ResourceRecordSets><ResourceRecordSet><Name>a.</Name><Type>NEWTYPE</Type></ResourceRecordSet></ResourceRecordSets></ListResourceRecordSetsResponse>"));
        using var client = Client(server);

        var set = (await client.ListResourceRecordSetsAsync(new ListResourceRecordSetsRequest("Z1"))).ResourceRecordSets![0];

        Assert.Equal("NEWTYPE", set.Type.Value);
        Assert.Null(set.TTL);
        Assert.Null(set.ResourceRecords);
        Assert.Null(set.AliasTarget);
        Assert.Null(set.Weight);
        Assert.Null(set.Failover);
    }

    [Fact]
    public async Task A_refused_batch_lists_its_messages()
    {
        await using var server = new StubServer(new StubAnswer(400,
            $"<InvalidChangeBatch {Ns}><Messages><Message>one is wrong</Message><Message>two is wrong</Message></Messages><RequestId>r</RequestId></InvalidChangeBatch>"));
        using var client = Client(server);

        var error = await Assert.ThrowsAsync<InvalidChangeBatchException>(() => client.ChangeResourceRecordSetsAsync(
            new ChangeResourceRecordSetsRequest("Z1", new ChangeBatch([]))));

        Assert.Equal(["one is wrong", "two is wrong"], error.Messages!);
        Assert.Equal(("InvalidChangeBatch", "r", 400), (error.ErrorCode, error.RequestId, (int)error.StatusCode));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_refused_batch_in_the_newer_form_has_its_message_too()
    {
        await using var server = new StubServer(StubAnswer.Error(400, "InvalidChangeBatch", "[Tried to create it, but it already exists]"));
        using var client = Client(server);

        var error = await Assert.ThrowsAsync<InvalidChangeBatchException>(() => client.ChangeResourceRecordSetsAsync(
            new ChangeResourceRecordSetsRequest("Z1", new ChangeBatch([]))));

        Assert.Equal(["[Tried to create it, but it already exists]"], error.Messages!);
    }

    [Theory]
    [InlineData("NoSuchHostedZone", 404, typeof(NoSuchHostedZoneException))]
    [InlineData("NoSuchChange", 404, typeof(NoSuchChangeException))]
    [InlineData("InvalidInput", 400, typeof(InvalidInputException))]
    [InlineData("SomethingNew", 400, typeof(AmazonRoute53Exception))]
    public async Task Each_code_has_its_exception(string code, int status, Type type)
    {
        await using var server = new StubServer(StubAnswer.Error(status, code, "said so"));
        using var client = Client(server);

        var error = await Assert.ThrowsAsync(type, () => client.GetChangeAsync(new GetChangeRequest("C1")));

        var answer = Assert.IsAssignableFrom<AmazonServiceException>(error);
        Assert.Equal((code, "said so", "req-1", status), (answer.ErrorCode, answer.Message, answer.RequestId, (int)answer.StatusCode));
    }

    [Fact]
    public async Task An_empty_id_is_refused_before_anything_is_sent()
    {
        await using var server = new StubServer(StubAnswer.HangUp);
        using var client = Client(server);

        await Assert.ThrowsAsync<AmazonRoute53Exception>(() => client.DeleteHostedZoneAsync(new DeleteHostedZoneRequest("")));

        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_created_zone_tells_its_name_servers_and_location()
    {
        await using var server = new StubServer(new StubAnswer(201,
            $"<CreateHostedZoneResponse {Ns}><HostedZone><Id>/hostedzone/Z1</Id><Name>e.example.</Name><CallerReference>ref</CallerReference><Config><Comment>c</Comment><PrivateZone>false</PrivateZone></Config><ResourceRecordSetCount>2</ResourceRecordSetCount></HostedZone><ChangeInfo><Id>/change/C1</Id><Status>INSYNC</Status><SubmittedAt>2026-01-02T03:04:05Z</SubmittedAt></ChangeInfo><DelegationSet><NameServers><NameServer>ns-1.example.</NameServer><NameServer>ns-2.example.</NameServer></NameServers></DelegationSet></CreateHostedZoneResponse>",
            Location: "https://route53.amazonaws.com/2013-04-01/hostedzone/Z1"));
        using var client = Client(server);

        var answer = await client.CreateHostedZoneAsync(new CreateHostedZoneRequest("e.example", "ref") { HostedZoneConfig = new HostedZoneConfig { Comment = "c" } });

        Assert.Equal("https://route53.amazonaws.com/doc/2013-04-01/", server.Only.Xml.Name.NamespaceName);
        Assert.Equal("CreateHostedZoneRequest", server.Only.Xml.Name.LocalName);
        Assert.Equal(["e.example", "ref", "c"], server.Only.Xml.Elements().Select(static e => e.Value));
        Assert.Equal(("Z1", 2L, false), (answer.HostedZone.Id, answer.HostedZone.ResourceRecordSetCount, answer.HostedZone.Config!.PrivateZone));
        Assert.Equal(["ns-1.example.", "ns-2.example."], answer.DelegationSet.NameServers!);
        Assert.Equal("https://route53.amazonaws.com/2013-04-01/hostedzone/Z1", answer.Location);
    }

    [Fact]
    public async Task A_health_checks_observations_are_read_one_by_one()
    {
        await using var server = new StubServer(StubAnswer.Xml(
            $"<GetHealthCheckStatusResponse {Ns}><HealthCheckObservations><HealthCheckObservation><Region>eu-west-1</Region><IPAddress>192.0.2.9</IPAddress><StatusReport><Status>Success: HTTP 200</Status><CheckedTime>2026-01-02T03:04:05Z</CheckedTime></StatusReport></HealthCheckObservation></HealthCheckObservations></GetHealthCheckStatusResponse>"));
        using var client = Client(server);

        var seen = Assert.Single((await client.GetHealthCheckStatusAsync(new GetHealthCheckStatusRequest { HealthCheckId = "abc" })).HealthCheckObservations!);

        Assert.Equal("/2013-04-01/healthcheck/abc/status", server.Only.Path);
        Assert.Equal((HealthCheckRegion.EuWest1, "192.0.2.9", "Success: HTTP 200"), (seen.Region, seen.IPAddress, seen.StatusReport!.Status));
    }

    [Theory]
    [InlineData("eu-central-1", "https://route53.amazonaws.com", "us-east-1")]
    [InlineData("cn-north-1", "https://route53.amazonaws.com.cn", "cn-northwest-1")]
    [InlineData("us-gov-east-1", "https://route53.us-gov.amazonaws.com", "us-gov-west-1")]
    [InlineData("eusc-de-east-1", "https://route53.amazonaws.eu", "eusc-de-east-1")]
    public void Each_partition_has_its_one_endpoint_and_signing_region(string region, string url, string signingRegion)
    {
        var config = new AmazonRoute53Config { RegionEndpoint = Amazon.RegionEndpoint.GetBySystemName(region) };

        var endpoint = config.DetermineServiceOperationEndpoint(new Amazon.Runtime.Endpoints.ServiceOperationEndpointParameters(new ListHostedZonesRequest()));

        Assert.Equal(url, endpoint.URL);
        var scheme = Assert.Single(((System.Collections.IEnumerable)endpoint.Attributes["authSchemes"]).Cast<Amazon.Runtime.Endpoints.PropertyBag>());
        Assert.Equal(signingRegion, scheme["signingRegion"]);
    }

    private static AmazonRoute53Client Client(StubServer server) =>
        new("key", "secret", new AmazonRoute53Config { ServiceURL = server.Url, MaxErrorRetry = 0 });
}
