using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.Route53;
using Amazon.Route53.Model;
using HostingOps.Engine.Aws;

namespace HostingOps.Aws.Tests.Moto;

/// <summary>Both clients against an AWS emulator that others wrote. It is no judge of compare-and-swap; it is one of the wire.</summary>
[Collection(EnvironmentGroup.Name)]
public sealed class MotoTests : IDisposable
{
    private readonly EnvironmentScope environment = new();

    public void Dispose() => environment.Dispose();

    [SkippableFact]
    public async Task A_zone_with_hundreds_of_records_is_made_listed_switched_and_deleted()
    {
        await using var moto = await MotoServer.StartAsync();
        using var connection = new AwsConnection(new AwsSettings { EndpointUrl = moto.Url });
        var route53 = connection.Route53;

        var created = await route53.CreateHostedZoneAsync(new CreateHostedZoneRequest("sites.example.net", "ref-1")
        {
            HostedZoneConfig = new HostedZoneConfig { Comment = "made by a test" },
        });
        Assert.DoesNotContain('/', created.HostedZone.Id);
        Assert.NotEmpty(created.DelegationSet.NameServers!);
        var found = Assert.Single((await route53.ListHostedZonesByNameAsync(new ListHostedZonesByNameRequest { DNSName = "sites.example.net." })).HostedZones!);
        Assert.Equal((created.HostedZone.Id, "sites.example.net.", "made by a test"), (found.Id, found.Name, found.Config!.Comment));

        for (var batch = 0; batch < 4; batch++)
        {
            var changes = Enumerable.Range(batch * 100, 100).Select(static number => new Change(ChangeAction.CREATE, Cname($"site{number:000}.sites.example.net.", "do-1.example.net."))).ToList();
            var change = await route53.ChangeResourceRecordSetsAsync(new ChangeResourceRecordSetsRequest(found.Id, new ChangeBatch(changes)));
            var status = await route53.GetChangeAsync(new GetChangeRequest(change.ChangeInfo.Id));
            Assert.Equal(ChangeStatus.INSYNC, status.ChangeInfo.Status);
        }

        var listed = await ListAllAsync(route53, found.Id);
        Assert.Equal(400, listed.Count(static set => set.Type == RRType.CNAME));
        Assert.True(connection.CallCounts["route53:ListResourceRecordSets"] > 1);

        var before = listed.Single(static set => set.Name == "site123.sites.example.net.");
        await route53.ChangeResourceRecordSetsAsync(new ChangeResourceRecordSetsRequest(found.Id, new ChangeBatch(
            [new Change(ChangeAction.DELETE, before), new Change(ChangeAction.CREATE, Cname(before.Name, "li-1.example.net."))])));
        var after = (await route53.ListResourceRecordSetsAsync(new ListResourceRecordSetsRequest(found.Id)
        {
            StartRecordName = before.Name,
            StartRecordType = RRType.CNAME,
            MaxItems = "1",
        })).ResourceRecordSets!.Single();
        Assert.Equal(("site123.sites.example.net.", "li-1.example.net.", 60L), (after.Name, after.ResourceRecords!.Single().Value, after.TTL));
    }

    [SkippableFact]
    public async Task Names_and_values_with_special_characters_survive()
    {
        await using var moto = await MotoServer.StartAsync();
        using var connection = new AwsConnection(new AwsSettings { EndpointUrl = moto.Url });
        var zone = (await connection.Route53.CreateHostedZoneAsync(new CreateHostedZoneRequest("example.org.", "ref-2"))).HostedZone;
        var text = "\"v=spf1 include:a.example ~all\" \"a & b < c > \\\"d\\\" é\"";

        await connection.Route53.ChangeResourceRecordSetsAsync(new ChangeResourceRecordSetsRequest(zone.Id, new ChangeBatch(
        [
            new Change(ChangeAction.CREATE, new ResourceRecordSet("*.example.org.", RRType.A) { TTL = 60, ResourceRecords = [new ResourceRecord("192.0.2.1"), new ResourceRecord("192.0.2.2")] }),
            new Change(ChangeAction.CREATE, new ResourceRecordSet("text.example.org.", RRType.TXT) { TTL = 60, ResourceRecords = [new ResourceRecord(text)] }),
            new Change(ChangeAction.CREATE, new ResourceRecordSet("blue.example.org.", RRType.A) { TTL = 60, SetIdentifier = "one", Weight = 0, ResourceRecords = [new ResourceRecord("192.0.2.3")] }),
        ])));

        var sets = await ListAllAsync(connection.Route53, zone.Id);
        var wildcard = sets.Single(static set => set.Type == RRType.A && set.SetIdentifier is null);

        // Route 53 answers the octal escape, this emulator the plain star: both must come through untouched.
        Assert.Contains(wildcard.Name, new[] { "\\052.example.org.", "*.example.org." });
        Assert.Equal(["192.0.2.1", "192.0.2.2"], wildcard.ResourceRecords!.Select(static r => r.Value));
        Assert.Equal(text, sets.Single(static set => set.Type == RRType.TXT).ResourceRecords!.Single().Value);
        var weighted = sets.Single(static set => set.SetIdentifier == "one");
        Assert.Equal(0, weighted.Weight);
    }

    [SkippableFact]
    public async Task An_unknown_zone_is_translated_with_its_id()
    {
        await using var moto = await MotoServer.StartAsync();
        using var connection = new AwsConnection(new AwsSettings { EndpointUrl = moto.Url });

        var thrown = await Assert.ThrowsAsync<NoSuchHostedZoneException>(() => connection.Route53.GetHostedZoneAsync(new GetHostedZoneRequest("ZNONE")));

        Assert.Equal(ErrorIds.HostedZoneNotFound, AwsErrorTranslation.Translate(thrown, "ZNONE", "route53:GetHostedZone").ErrorId);
    }

    [SkippableFact]
    public async Task A_health_check_is_made_and_read()
    {
        await using var moto = await MotoServer.StartAsync();
        using var connection = new AwsConnection(new AwsSettings { EndpointUrl = moto.Url });

        var made = await connection.Route53.CreateHealthCheckAsync(new CreateHealthCheckRequest
        {
            CallerReference = "ref-3",
            HealthCheckConfig = new HealthCheckConfig(HealthCheckType.HTTPS)
            {
                FullyQualifiedDomainName = "www.example.org",
                Port = 443,
                ResourcePath = "/up",
                RequestInterval = 10,
                FailureThreshold = 2,
                EnableSNI = true,
            },
        });

        var read = (await connection.Route53.GetHealthCheckAsync(new GetHealthCheckRequest { HealthCheckId = made.HealthCheck.Id })).HealthCheck;
        Assert.Equal((HealthCheckType.HTTPS, 443, 10, "/up"), (read.HealthCheckConfig.Type, read.HealthCheckConfig.Port, read.HealthCheckConfig.RequestInterval, read.HealthCheckConfig.ResourcePath));
        Assert.Contains((await connection.Route53.ListHealthChecksAsync()).HealthChecks!, check => check.Id == made.HealthCheck.Id);
    }

    [SkippableFact]
    public async Task An_instance_is_launched_gets_an_address_and_goes()
    {
        await using var moto = await MotoServer.StartAsync();
        using var connection = new AwsConnection(new AwsSettings { EndpointUrl = moto.Url, Region = "eu-west-1" });
        var ec2 = connection.EC2;
        var zones = (await ec2.DescribeAvailabilityZonesAsync()).AvailabilityZones!;
        Assert.Contains(zones, static zone => zone.ZoneName == "eu-west-1a" && zone.State == AvailabilityZoneState.Available);
        var image = (await ec2.DescribeImagesAsync(new DescribeImagesRequest { Filters = [new Filter("architecture", ["x86_64"])] })).Images!.First();
        Assert.StartsWith("ami-", image.ImageId);

        var request = new RunInstancesRequest(image.ImageId!, 2, 2)
        {
            InstanceType = InstanceType.T3Micro,
            ClientToken = "token-1",
            TagSpecifications = [new TagSpecification { ResourceType = ResourceType.Instance, Tags = [new Tag("Name", "redirector")] }],
        };
        request.DryRun = true;
        var dry = await Assert.ThrowsAsync<AmazonEC2Exception>(() => ec2.RunInstancesAsync(request));
        Assert.Equal("DryRunOperation", dry.ErrorCode);
        request.DryRun = null;
        var launched = (await ec2.RunInstancesAsync(request)).Reservation!.Instances!.Select(static instance => instance.InstanceId!).ToList();
        var (id, other) = (launched[0], launched[1]);

        await ec2.CreateTagsAsync(new CreateTagsRequest([id], [new Tag("owner", "tests")]));
        var instance = (await ec2.DescribeInstancesAsync(new DescribeInstancesRequest { InstanceIds = [id] })).Reservations!.Single().Instances!.Single();
        Assert.Equal(InstanceStateName.Running, instance.State!.Name);
        Assert.Equal(["redirector", "tests"], instance.Tags!.OrderBy(static tag => tag.Key).Select(static tag => tag.Value));
        Assert.Equal("eu-west-1", instance.Placement!.AvailabilityZone![..^1]);
        var checks = (await ec2.DescribeInstanceStatusAsync(new DescribeInstanceStatusRequest { InstanceIds = [id] })).InstanceStatuses!.Single();
        Assert.Equal(SummaryStatus.Ok, checks.Status!.Status);

        var console = await ec2.GetConsoleOutputAsync(new GetConsoleOutputRequest(id));
        Assert.Equal(id, console.InstanceId);
        Assert.NotEmpty(Convert.FromBase64String(console.Output!));

        var allocation = await AllocateAsync(moto);
        var association = (await ec2.AssociateAddressAsync(new AssociateAddressRequest { AllocationId = allocation, InstanceId = id, AllowReassociation = false })).AssociationId;
        var address = (await ec2.DescribeAddressesAsync(new DescribeAddressesRequest { AllocationIds = [allocation] })).Addresses!.Single();
        Assert.Equal((id, association, DomainType.Vpc), (address.InstanceId, address.AssociationId, address.Domain));
        var twice = await Assert.ThrowsAsync<AmazonEC2Exception>(() => ec2.AssociateAddressAsync(
            new AssociateAddressRequest { AllocationId = allocation, InstanceId = other, AllowReassociation = false }));
        Assert.Equal("Resource.AlreadyAssociated", twice.ErrorCode);
        Assert.Equal(HostingErrorCategory.Conflict, AwsErrorTranslation.Translate(twice, allocation, "ec2:AssociateAddress").Category);

        await ec2.DisassociateAddressAsync(new DisassociateAddressRequest { AssociationId = association });
        var end = (await ec2.TerminateInstancesAsync(new TerminateInstancesRequest([id]))).TerminatingInstances!.Single();
        Assert.Equal((id, InstanceStateName.ShuttingDown), (end.InstanceId, end.CurrentState!.Name));
        var gone = await Assert.ThrowsAsync<AmazonEC2Exception>(() => ec2.DescribeInstancesAsync(new DescribeInstancesRequest { InstanceIds = ["i-0123456789abcdef0"] }));
        Assert.Equal("InvalidInstanceID.NotFound", gone.ErrorCode);
    }

    private static ResourceRecordSet Cname(string name, string target) =>
        new(name, RRType.CNAME) { TTL = 60, ResourceRecords = [new ResourceRecord(target)] };

    private static async Task<List<ResourceRecordSet>> ListAllAsync(IAmazonRoute53 route53, string zoneId)
    {
        var all = new List<ResourceRecordSet>();
        var request = new ListResourceRecordSetsRequest(zoneId);
        while (true)
        {
            var page = await route53.ListResourceRecordSetsAsync(request);
            all.AddRange(page.ResourceRecordSets!);
            if (page.IsTruncated != true)
            {
                return all;
            }

            request.StartRecordName = page.NextRecordName;
            request.StartRecordType = page.NextRecordType;
            request.StartRecordIdentifier = page.NextRecordIdentifier;
        }
    }

    // HostingOps allocates no addresses, so its client cannot; this is the bare query protocol.
    internal static async Task<string> AllocateAsync(MotoServer moto)
    {
        using var http = new HttpClient();
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["Action"] = "AllocateAddress", ["Domain"] = "vpc", ["Version"] = "2016-11-15" });
        http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", "AWS4-HMAC-SHA256 Credential=k/20260101/eu-west-1/ec2/aws4_request, SignedHeaders=host, Signature=0");
        var answer = await (await http.PostAsync(moto.Url, form)).Content.ReadAsStringAsync();
        return System.Xml.Linq.XElement.Parse(answer).Elements().Single(static e => e.Name.LocalName == "allocationId").Value;
    }
}
