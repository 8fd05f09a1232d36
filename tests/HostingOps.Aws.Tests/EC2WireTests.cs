using Amazon.EC2;
using Amazon.EC2.Model;
using HostingOps.Aws.Tests.Stub;

namespace HostingOps.Aws.Tests;

/// <summary>What goes over the wire to EC2 and what is read back, against the API's published model.</summary>
[Collection(EnvironmentGroup.Name)]
public sealed class EC2WireTests : IDisposable
{
    private const string Ns = "xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\"";
    private readonly EnvironmentScope environment = new();

    public void Dispose() => environment.Dispose();

    [Fact]
    public async Task A_launch_is_a_flat_form_with_numbered_lists()
    {
        await using var server = new StubServer(StubAnswer.Xml(
            $"<RunInstancesResponse {Ns}><requestId>q</requestId><reservationId>r-1</reservationId><ownerId>1</ownerId><instancesSet><item><instanceId>i-1</instanceId><instanceState><code>0</code><name>pending</name></instanceState><launchTime>2026-01-02T03:04:05.000Z</launchTime></item></instancesSet></RunInstancesResponse>"));
        using var client = Client(server);

        var answer = await client.RunInstancesAsync(new RunInstancesRequest("ami-1", 1, 1)
        {
            InstanceType = InstanceType.T3Micro,
            ClientToken = "token",
            Monitoring = false,
            SecurityGroupIds = ["sg-1", "sg-2"],
            UserData = "IyE=",
            IamInstanceProfile = new IamInstanceProfileSpecification { Name = "p" },
            TagSpecifications = [new TagSpecification { ResourceType = ResourceType.Instance, Tags = [new Tag("Name", "a & b")] }],
            BlockDeviceMappings = [new BlockDeviceMapping { DeviceName = "/dev/xvda", Ebs = new EbsBlockDevice { VolumeSize = 8, VolumeType = VolumeType.Gp3 } }],
            MetadataOptions = new InstanceMetadataOptionsRequest { HttpTokens = HttpTokensState.Required },
        });

        var request = server.Only;
        Assert.Equal("POST", request.Method);
        Assert.Matches("/eu-west-3/ec2/aws4_request", request.Authorization);
        Assert.Equal(
            """
            Action=RunInstances
            BlockDeviceMapping.1.DeviceName=/dev/xvda
            BlockDeviceMapping.1.Ebs.VolumeSize=8
            BlockDeviceMapping.1.Ebs.VolumeType=gp3
            ClientToken=token
            IamInstanceProfile.Name=p
            ImageId=ami-1
            InstanceType=t3.micro
            MaxCount=1
            MetadataOptions.HttpTokens=required
            MinCount=1
            Monitoring.Enabled=false
            SecurityGroupId.1=sg-1
            SecurityGroupId.2=sg-2
            TagSpecification.1.ResourceType=instance
            TagSpecification.1.Tag.1.Key=Name
            TagSpecification.1.Tag.1.Value=a & b
            UserData=IyE=
            Version=2016-11-15
            """.ReplaceLineEndings("\n"),
            string.Join('\n', request.Form.OrderBy(static pair => pair.Key, StringComparer.Ordinal).Select(static pair => $"{pair.Key}={pair.Value}")));
        var instance = Assert.Single(answer.Reservation!.Instances!);
        Assert.Equal(("i-1", InstanceStateName.Pending, 0), (instance.InstanceId, instance.State!.Name, instance.State.Code));
        Assert.Equal(new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc), instance.LaunchTime);
    }

    [Fact]
    public async Task A_launch_into_a_subnet_with_all_that_a_redirector_may_need_says_each_by_its_name()
    {
        await using var server = new StubServer(StubAnswer.Xml($"<RunInstancesResponse {Ns}><reservationId>r-1</reservationId><instancesSet/></RunInstancesResponse>"));
        using var client = Client(server);

        await client.RunInstancesAsync(new RunInstancesRequest("ami-1", 1, 1)
        {
            CreditSpecification = new CreditSpecificationRequest { CpuCredits = "standard" },
            DisableApiTermination = true,
            IamInstanceProfile = new IamInstanceProfileSpecification { Arn = "arn:aws:iam::1:instance-profile/p" },
            InstanceInitiatedShutdownBehavior = ShutdownBehavior.Stop,
            KeyName = "ops",
            LaunchTemplate = new LaunchTemplateSpecification { LaunchTemplateId = "lt-1", Version = "3" },
            MetadataOptions = new InstanceMetadataOptionsRequest { HttpEndpoint = InstanceMetadataEndpointState.Enabled, HttpPutResponseHopLimit = 2 },
            NetworkInterfaces = [new InstanceNetworkInterfaceSpecification { DeviceIndex = 0, AssociatePublicIpAddress = true, SubnetId = "subnet-2", Groups = ["sg-9"] }],
            Placement = new Placement { AvailabilityZone = "eu-west-3a" },
            SecurityGroups = ["web"],
            SubnetId = "subnet-1",
        });

        Assert.Equal(
            """
            Action=RunInstances
            CreditSpecification.CpuCredits=standard
            DisableApiTermination=true
            IamInstanceProfile.Arn=arn:aws:iam::1:instance-profile/p
            ImageId=ami-1
            InstanceInitiatedShutdownBehavior=stop
            KeyName=ops
            LaunchTemplate.LaunchTemplateId=lt-1
            LaunchTemplate.Version=3
            MaxCount=1
            MetadataOptions.HttpEndpoint=enabled
            MetadataOptions.HttpPutResponseHopLimit=2
            MinCount=1
            NetworkInterface.1.AssociatePublicIpAddress=true
            NetworkInterface.1.DeviceIndex=0
            NetworkInterface.1.SecurityGroupId.1=sg-9
            NetworkInterface.1.SubnetId=subnet-2
            Placement.AvailabilityZone=eu-west-3a
            SecurityGroup.1=web
            SubnetId=subnet-1
            Version=2016-11-15
            """.ReplaceLineEndings("\n"),
            string.Join('\n', server.Only.Form.OrderBy(static pair => pair.Key, StringComparer.Ordinal).Select(static pair => $"{pair.Key}={pair.Value}")));
    }

    [Fact]
    public async Task An_instance_is_read_with_all_that_a_move_looks_at()
    {
        await using var server = new StubServer(StubAnswer.Xml(
            $"<DescribeInstancesResponse {Ns}><reservationSet><item><reservationId>r-1</reservationId><ownerId>1</ownerId><instancesSet><item><instanceId>i-1</instanceId><imageId>ami-1</imageId><instanceState><code>16</code><name>running</name></instanceState><clientToken>t</clientToken><keyName>ops</keyName><instanceType>t4g.micro</instanceType><placement><availabilityZone>eu-west-3a</availabilityZone></placement><subnetId>subnet-1</subnetId><vpcId>vpc-1</vpcId><privateIpAddress>172.31.0.9</privateIpAddress><ipAddress>198.51.100.9</ipAddress><stateReason><code>c</code><message>m</message></stateReason><architecture>arm64</architecture><networkInterfaceSet><item><networkInterfaceId>eni-1</networkInterfaceId></item><item><networkInterfaceId>eni-2</networkInterfaceId></item></networkInterfaceSet><tagSet><item><key>Name</key><value>apex</value></item></tagSet></item></instancesSet></item></reservationSet></DescribeInstancesResponse>"));
        using var client = Client(server);

        var instance = Assert.Single(Assert.Single((await client.DescribeInstancesAsync(new DescribeInstancesRequest { InstanceIds = ["i-1"] })).Reservations!).Instances!);

        Assert.Equal("i-1", server.Only.Form["InstanceId.1"]);
        Assert.Equal(
            ("i-1", "ami-1", InstanceStateName.Running, "t", "ops", "t4g.micro", "eu-west-3a", "subnet-1"),
            (instance.InstanceId, instance.ImageId, instance.State!.Name, instance.ClientToken, instance.KeyName, instance.InstanceType!.Value, instance.Placement!.AvailabilityZone, instance.SubnetId));
        Assert.Equal(("172.31.0.9", "198.51.100.9", "m", "arm64"), (instance.PrivateIpAddress, instance.PublicIpAddress, instance.StateReason!.Message, instance.Architecture!.Value));
        Assert.Equal(["eni-1", "eni-2"], instance.NetworkInterfaces!.Select(static one => one.NetworkInterfaceId));
    }

    [Fact]
    public async Task A_dry_run_that_would_be_allowed_is_an_error_of_its_own()
    {
        await using var server = new StubServer(StubAnswer.EC2Error(412, "DryRunOperation", "Request would have succeeded, but DryRun flag is set."));
        using var client = Client(server);

        var error = await Assert.ThrowsAsync<AmazonEC2Exception>(() => client.AssociateAddressAsync(
            new AssociateAddressRequest { AllocationId = "eipalloc-1", InstanceId = "i-1", AllowReassociation = false, DryRun = true }));

        Assert.Equal(("DryRunOperation", "req-2"), (error.ErrorCode, error.RequestId));
        Assert.Equal("true", server.Only.Form["DryRun"]);
        Assert.Equal("false", server.Only.Form["AllowReassociation"]);
    }

    [Fact]
    public async Task An_address_is_read_with_what_it_is_associated_with()
    {
        await using var server = new StubServer(StubAnswer.Xml(
            $"<DescribeAddressesResponse {Ns}><requestId>q</requestId><addressesSet><item><publicIp>198.51.100.9</publicIp><allocationId>eipalloc-1</allocationId><domain>vpc</domain><instanceId>i-1</instanceId><associationId>eipassoc-1</associationId><networkBorderGroup>eu-west-3</networkBorderGroup><tagSet><item><key>k</key><value>v</value></item></tagSet></item></addressesSet></DescribeAddressesResponse>"));
        using var client = Client(server);

        var address = Assert.Single((await client.DescribeAddressesAsync(new DescribeAddressesRequest { PublicIps = ["198.51.100.9"], Filters = [new Filter("domain", ["vpc", "standard"])] })).Addresses!);

        Assert.Equal("198.51.100.9", server.Only.Form["PublicIp.1"]);
        Assert.Equal(("domain", "vpc", "standard"), (server.Only.Form["Filter.1.Name"], server.Only.Form["Filter.1.Value.1"], server.Only.Form["Filter.1.Value.2"]));
        Assert.Equal(("eipalloc-1", "i-1", "eipassoc-1", DomainType.Vpc, "eu-west-3"), (address.AllocationId, address.InstanceId, address.AssociationId, address.Domain, address.NetworkBorderGroup));
        Assert.Equal("v", Assert.Single(address.Tags!).Value);
    }

    [Fact]
    public async Task A_console_is_asked_for_by_its_instance_and_read_with_its_time()
    {
        await using var server = new StubServer(static (_, number) => StubAnswer.Xml(
            $"<GetConsoleOutputResponse {Ns}><requestId>q</requestId><instanceId>i-1</instanceId><timestamp>2026-01-02T03:04:05.000Z</timestamp>{(number == 1 ? "<output>bGluZQo=</output>" : "")}</GetConsoleOutputResponse>"));
        using var client = Client(server);

        var answer = await client.GetConsoleOutputAsync(new GetConsoleOutputRequest("i-1") { Latest = true, DryRun = false });
        Assert.Equal(
            "Action=GetConsoleOutput&DryRun=false&InstanceId=i-1&Latest=true&Version=2016-11-15",
            string.Join('&', server.Only.Form.OrderBy(static pair => pair.Key, StringComparer.Ordinal).Select(static pair => $"{pair.Key}={pair.Value}")));
        Assert.Equal(("i-1", "bGluZQo=", new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc)), (answer.InstanceId, answer.Output, answer.Timestamp));

        var early = await client.GetConsoleOutputAsync(new GetConsoleOutputRequest { InstanceId = "i-1" });
        Assert.Null(early.Output);
        Assert.False(server.Requests[1].Form.ContainsKey("Latest"));
    }

    [Theory]
    [InlineData("DisassociateAddress")]
    [InlineData("CreateTags")]
    public async Task An_operation_that_answers_only_success_succeeds(string operation)
    {
        await using var server = new StubServer(StubAnswer.Xml($"<{operation}Response {Ns}><requestId>q</requestId><return>true</return></{operation}Response>"));
        using var client = Client(server);

        if (operation == "CreateTags")
        {
            await client.CreateTagsAsync(new CreateTagsRequest(["i-1"], [new Tag("k", "v")]));
            Assert.Equal(("i-1", "k", "v"), (server.Only.Form["ResourceId.1"], server.Only.Form["Tag.1.Key"], server.Only.Form["Tag.1.Value"]));
        }
        else
        {
            await client.DisassociateAddressAsync(new DisassociateAddressRequest { AssociationId = "eipassoc-1" });
            Assert.Equal("eipassoc-1", server.Only.Form["AssociationId"]);
        }
    }

    [Fact]
    public async Task A_status_check_is_read()
    {
        await using var server = new StubServer(StubAnswer.Xml(
            $"<DescribeInstanceStatusResponse {Ns}><instanceStatusSet><item><instanceId>i-1</instanceId><instanceState><code>16</code><name>running</name></instanceState><instanceStatus><status>ok</status><details><item><name>reachability</name><status>passed</status></item></details></instanceStatus><systemStatus><status>initializing</status></systemStatus></item></instanceStatusSet></DescribeInstanceStatusResponse>"));
        using var client = Client(server);

        var status = Assert.Single((await client.DescribeInstanceStatusAsync(new DescribeInstanceStatusRequest { InstanceIds = ["i-1"], IncludeAllInstances = true })).InstanceStatuses!);

        Assert.Equal("true", server.Only.Form["IncludeAllInstances"]);
        Assert.Equal((SummaryStatus.Ok, SummaryStatus.Initializing, InstanceStateName.Running), (status.Status!.Status, status.SystemStatus!.Status, status.InstanceState!.Name));
        Assert.Equal(StatusType.Passed, Assert.Single(status.Status.Details!).Status);
    }

    [Fact]
    public async Task EC2s_own_throttling_code_is_retried()
    {
        await using var server = new StubServer((_, number) => number == 1
            ? StubAnswer.EC2Error(503, "EC2ThrottledException", "slow down")
            : StubAnswer.Xml($"<DescribeImagesResponse {Ns}><imagesSet><item><imageId>ami-1</imageId><isPublic>true</isPublic><creationDate>2026-01-01</creationDate></item></imagesSet></DescribeImagesResponse>"));
        using var client = new AmazonEC2Client("key", "secret", new AmazonEC2Config { ServiceURL = server.Url, AuthenticationRegion = "eu-west-3", MaxErrorRetry = 1 });

        var image = Assert.Single((await client.DescribeImagesAsync(new DescribeImagesRequest { Owners = ["self"] })).Images!);

        Assert.Equal(("ami-1", true, "2026-01-01"), (image.ImageId, image.Public, image.CreationDate));
        Assert.Equal(2, server.Requests.Count);
    }

    private static AmazonEC2Client Client(StubServer server) =>
        new("key", "secret", new AmazonEC2Config { ServiceURL = server.Url, AuthenticationRegion = "eu-west-3", MaxErrorRetry = 0 });
}
