using Amazon.EC2;
using Amazon.EC2.Model;
using HostingOps.Aws.Tests.Stub;
using HostingOps.Engine.Aws;

namespace HostingOps.Aws.Tests;

/// <summary>Listings in pages, and the answers of the operations around a launch, against the API's published model.</summary>
[Collection(EnvironmentGroup.Name)]
public sealed class EC2PagingTests : IDisposable
{
    private const string Ns = "xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\"";
    private readonly EnvironmentScope environment = new();

    public void Dispose() => environment.Dispose();

    [Fact]
    public async Task Every_page_is_asked_for_until_no_token_comes_and_an_empty_page_is_not_the_end()
    {
        await using var server = new StubServer((_, number) => StubAnswer.Xml(number switch
        {
            1 => Instances("<item><instanceId>i-1</instanceId></item><item><instanceId>i-2</instanceId></item>", "<nextToken>a+/=</nextToken>"),
            2 => Instances("", "<nextToken>b</nextToken>"),
            _ => Instances("<item><instanceId>i-3</instanceId></item>", ""),
        }));
        using var client = Client(server);
        var ids = new List<string?>();
        await foreach (var instance in client.InstancesAsync([new Filter("client-token", ["t"])], CancellationToken.None))
        {
            ids.Add(instance.InstanceId);
        }

        Assert.Equal(["i-1", "i-2", "i-3"], ids);
        Assert.Equal([null, "a+/=", "b"], server.Requests.Select(static request => request.Form.GetValueOrDefault("NextToken")));
        Assert.All(server.Requests, static request => Assert.Equal(
            ("DescribeInstances", "1000", "client-token", "t"),
            (request.Form["Action"], request.Form["MaxResults"], request.Form["Filter.1.Name"], request.Form["Filter.1.Value.1"])));
    }

    [Fact]
    public async Task Images_and_statuses_are_paged_the_same_way()
    {
        await using var server = new StubServer((request, number) => StubAnswer.Xml(request.Form["Action"] == "DescribeImages"
            ? $"<DescribeImagesResponse {Ns}><imagesSet><item><imageId>ami-{number}</imageId><imageOwnerId>1</imageOwnerId><imageState>available</imageState><deprecationTime>2027-01-01T00:00:00.000Z</deprecationTime></item></imagesSet>{(number < 2 ? "<nextToken>n</nextToken>" : "")}</DescribeImagesResponse>"
            : $"<DescribeInstanceStatusResponse {Ns}><instanceStatusSet><item><instanceId>i-{number}</instanceId></item></instanceStatusSet>{(number < 4 ? "<nextToken>n</nextToken>" : "")}</DescribeInstanceStatusResponse>"));
        using var client = Client(server);
        var images = new List<Image>();
        await foreach (var image in client.ImagesAsync("136693071363", [], CancellationToken.None))
        {
            images.Add(image);
        }

        Assert.Equal(["ami-1", "ami-2"], images.Select(static image => image.ImageId));
        Assert.Equal(("1", ImageState.Available, "2027-01-01T00:00:00.000Z"), (images[0].OwnerId, images[0].State, images[0].DeprecationTime));
        Assert.Equal("136693071363", server.Requests[0].Form["Owner.1"]);
        Assert.False(server.Requests[0].Form.ContainsKey("IncludeDeprecated"));

        var statuses = new List<string?>();
        await foreach (var status in client.InstanceStatusesAsync([], CancellationToken.None))
        {
            statuses.Add(status.InstanceId);
        }

        Assert.Equal(["i-3", "i-4"], statuses);
        Assert.Equal("true", server.Requests[2].Form["IncludeAllInstances"]);
    }

    [Fact]
    public async Task A_zone_is_read_with_its_border_group()
    {
        await using var server = new StubServer(StubAnswer.Xml(
            $"<DescribeAvailabilityZonesResponse {Ns}><availabilityZoneInfo><item><optInStatus>opt-in-not-required</optInStatus><messageSet><item><message>m</message></item></messageSet><regionName>eu-west-3</regionName><zoneName>eu-west-3a</zoneName><zoneId>euw3-az1</zoneId><groupName>eu-west-3-zg-1</groupName><networkBorderGroup>eu-west-3</networkBorderGroup><zoneType>availability-zone</zoneType><zoneState>impaired</zoneState></item></availabilityZoneInfo></DescribeAvailabilityZonesResponse>"));
        using var client = Client(server);
        var zone = Assert.Single((await client.DescribeAvailabilityZonesAsync(new DescribeAvailabilityZonesRequest { ZoneNames = ["eu-west-3a"] })).AvailabilityZones!);
        Assert.Equal("eu-west-3a", server.Only.Form["ZoneName.1"]);
        Assert.Equal(("eu-west-3a", "euw3-az1", "eu-west-3", AvailabilityZoneState.Impaired), (zone.ZoneName, zone.ZoneId, zone.NetworkBorderGroup, zone.State));
        Assert.Equal("m", Assert.Single(zone.Messages!).Message);
    }

    [Fact]
    public async Task A_subnet_is_asked_for_by_all_that_can_be_said_and_read_with_its_zone()
    {
        await using var server = new StubServer(StubAnswer.Xml(
            $"<DescribeSubnetsResponse {Ns}><requestId>q</requestId><subnetSet><item><subnetId>subnet-1</subnetId><state>available</state><vpcId>vpc-1</vpcId><cidrBlock>172.31.0.0/20</cidrBlock><availableIpAddressCount>4091</availableIpAddressCount><availabilityZone>eu-west-3a</availabilityZone><defaultForAz>true</defaultForAz><mapPublicIpOnLaunch>false</mapPublicIpOnLaunch></item><item><subnetId>subnet-2</subnetId><state>pending</state></item></subnetSet><nextToken>n+/=</nextToken></DescribeSubnetsResponse>"));
        using var client = Client(server);

        var answer = await client.DescribeSubnetsAsync(new DescribeSubnetsRequest
        {
            DryRun = false, Filters = [new Filter("availability-zone", ["eu-west-3a", "eu-west-3b"])], MaxResults = 5, NextToken = "a+/=", SubnetIds = ["subnet-1", "subnet-2"],
        });

        Assert.Equal(
            """
            Action=DescribeSubnets
            DryRun=false
            Filter.1.Name=availability-zone
            Filter.1.Value.1=eu-west-3a
            Filter.1.Value.2=eu-west-3b
            MaxResults=5
            NextToken=a+/=
            SubnetId.1=subnet-1
            SubnetId.2=subnet-2
            Version=2016-11-15
            """.ReplaceLineEndings("\n"),
            string.Join('\n', server.Only.Form.OrderBy(static pair => pair.Key, StringComparer.Ordinal).Select(static pair => $"{pair.Key}={pair.Value}")));
        Assert.Equal("n+/=", answer.NextToken);
        var subnet = answer.Subnets![0];
        Assert.Equal(
            ("subnet-1", "available", "vpc-1", "eu-west-3a", 4091, true, false),
            (subnet.SubnetId, subnet.State, subnet.VpcId, subnet.AvailabilityZone, subnet.AvailableIpAddressCount, subnet.DefaultForAz, subnet.MapPublicIpOnLaunch));
        Assert.Equal(("subnet-2", "pending", null, null), (answer.Subnets[1].SubnetId, answer.Subnets[1].State, answer.Subnets[1].AvailabilityZone, answer.Subnets[1].DefaultForAz));
    }

    [Fact]
    public async Task A_redirector_never_gives_its_role_to_who_merely_asks_for_an_address()
    {
        await using var server = new StubServer(StubAnswer.Xml(
            $"<RunInstancesResponse {Ns}><reservationId>r</reservationId><instancesSet><item><instanceId>i-1</instanceId></item></instancesSet></RunInstancesResponse>"));
        using var client = Client(server);
        await new HostingOps.Engine.Apex.Instances.InstanceLauncher(client, SilentReporter.Instance, TimeProvider.System, TimeSpan.FromMilliseconds(20)).LaunchAsync(
            new() { ClientToken = "t", ImageId = "ami-1", InstanceType = "t3.micro", SubnetId = "subnet-1", AvailabilityZone = "eu-west-3a", InstanceProfile = "p" }, CancellationToken.None);
        var form = server.Only.Form;
        Assert.Equal(("required", "t", "subnet-1", "p"), (form["MetadataOptions.HttpTokens"], form["ClientToken"], form["SubnetId"], form["IamInstanceProfile.Name"]));
        Assert.False(form.ContainsKey("Placement.AvailabilityZone"));
    }

    [Fact]
    public async Task A_termination_says_from_what_to_what()
    {
        await using var server = new StubServer(StubAnswer.Xml(
            $"<TerminateInstancesResponse {Ns}><instancesSet><item><instanceId>i-1</instanceId><currentState><code>32</code><name>shutting-down</name></currentState><previousState><code>16</code><name>running</name></previousState></item></instancesSet></TerminateInstancesResponse>"));
        using var client = Client(server);
        var change = Assert.Single((await client.TerminateInstancesAsync(new TerminateInstancesRequest(["i-1", "i-2"]))).TerminatingInstances!);
        Assert.Equal(("i-1", "i-2"), (server.Only.Form["InstanceId.1"], server.Only.Form["InstanceId.2"]));
        Assert.Equal((InstanceStateName.ShuttingDown, InstanceStateName.Running), (change.CurrentState!.Name, change.PreviousState!.Name));
    }

    [Fact]
    public async Task An_association_names_the_instance_and_nothing_that_was_not_said()
    {
        await using var server = new StubServer(StubAnswer.Xml(
            $"<AssociateAddressResponse {Ns}><requestId>q</requestId><return>true</return><associationId>eipassoc-9</associationId></AssociateAddressResponse>"));
        using var client = Client(server);
        Assert.Equal("eipassoc-9", (await client.AssociateAddressAsync(
            new AssociateAddressRequest { AllocationId = "eipalloc-1", InstanceId = "i-1", AllowReassociation = true })).AssociationId);
        Assert.Equal(
            "Action=AssociateAddress&AllocationId=eipalloc-1&AllowReassociation=true&InstanceId=i-1&Version=2016-11-15",
            string.Join('&', server.Only.Form.OrderBy(static pair => pair.Key, StringComparer.Ordinal).Select(static pair => $"{pair.Key}={pair.Value}")));
    }

    private static string Instances(string items, string token) =>
        $"<DescribeInstancesResponse {Ns}><reservationSet>{(items.Length == 0 ? "" : $"<item><reservationId>r</reservationId><instancesSet>{items}</instancesSet></item>")}</reservationSet>{token}</DescribeInstancesResponse>";

    private static AmazonEC2Client Client(StubServer server) =>
        new("key", "secret", new AmazonEC2Config { ServiceURL = server.Url, AuthenticationRegion = "eu-west-3", MaxErrorRetry = 0 });
}
