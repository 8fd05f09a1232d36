using Amazon.EC2.Model;
using HostingOps.Engine.Apex.Addresses;
using HostingOps.Engine.Apex.Instances;
using HostingOps.Engine.Aws;

namespace HostingOps.Aws.Tests.Moto;

/// <summary>What launches and looks at instances, against an emulator that others wrote.</summary>
[Collection(EnvironmentGroup.Name)]
public sealed class MotoApexTests : IDisposable
{
    private readonly EnvironmentScope environment = new();

    public void Dispose() => environment.Dispose();

    [SkippableFact]
    public async Task A_launch_goes_where_it_is_told_and_the_address_to_it()
    {
        await using var moto = await MotoServer.StartAsync();
        using var connection = new AwsConnection(new AwsSettings { EndpointUrl = moto.Url, Region = "eu-west-1" });
        var ec2 = connection.EC2;
        var subnets = (await ec2.DescribeSubnetsAsync(new DescribeSubnetsRequest { Filters = [new Filter("availability-zone", ["eu-west-1b"]), new Filter("default-for-az", ["true"])] })).Subnets!;
        var subnet = Assert.Single(subnets);
        Assert.Equal(("eu-west-1b", "available", true), (subnet.AvailabilityZone, subnet.State, subnet.DefaultForAz));
        Assert.True(subnet.AvailableIpAddressCount > 0);
        Assert.Equal(subnet.SubnetId, Assert.Single((await ec2.DescribeSubnetsAsync(new DescribeSubnetsRequest { SubnetIds = [subnet.SubnetId!] })).Subnets!).SubnetId);
        var unknown = await Assert.ThrowsAsync<Amazon.EC2.AmazonEC2Exception>(() => ec2.DescribeSubnetsAsync(new DescribeSubnetsRequest { SubnetIds = ["subnet-0123456789abcdef0"] }));
        Assert.Equal("InvalidSubnetID.NotFound", unknown.ErrorCode);

        var image = (await ec2.DescribeImagesAsync(new DescribeImagesRequest { Filters = [new Filter("architecture", ["x86_64"])] })).Images![0];
        Assert.Equal(image.ImageId, (await new MachineImages(ec2, TimeProvider.System).FindAsync(image.ImageId, "t3.micro", CancellationToken.None)).ImageId);
        var launcher = new InstanceLauncher(ec2, SilentReporter.Instance, TimeProvider.System, TimeSpan.FromMilliseconds(20));
        var launch = new InstanceLaunch { ClientToken = "once", ImageId = image.ImageId!, InstanceType = "t3.micro", SubnetId = subnet.SubnetId, Tags = new Dictionary<string, string> { ["Name"] = "apex" } };
        var first = await launcher.LaunchAsync(launch, CancellationToken.None);
        Assert.Equal((subnet.SubnetId, "eu-west-1b"), (first.SubnetId, first.Placement!.AvailabilityZone));

        // moto keeps the token, but neither finds by it nor launches once for it.
        Assert.Equal("once", first.ClientToken);

        var reader = new ElasticIpReader(ec2, "eu-west-1", null);
        var allocation = await MotoTests.AllocateAsync(moto);
        await launcher.TagAsync([allocation, first.InstanceId!], new Dictionary<string, string> { ["Role"] = "apex redirector" }, CancellationToken.None);
        Assert.Equal("apex redirector", (await reader.GetAsync(allocation, CancellationToken.None)).Tags["Role"]);
        var planner = new ElasticIpMovePlanner(ec2, reader, TimeProvider.System);
        var plan = await planner.PlanAsync(allocation, first.InstanceId!, allowReassociation: true, "eu-west-1", moto.Url, CancellationToken.None);
        Assert.Equal("", string.Join("; ", plan.Gates.Where(static gate => gate.Outcome == GateOutcome.Refused)));
        Assert.False((await reader.GetAsync(allocation, CancellationToken.None)).IsAssociated);
        await ec2.AssociateAddressAsync(ElasticIpMovePlanner.Request(plan));
        var now = await reader.GetAsync(plan.PublicIp, CancellationToken.None);
        Assert.Equal((first.InstanceId, "running", "eu-west-1b"), (now.InstanceId, now.InstanceState, now.AvailabilityZone));
        Assert.True((await planner.PlanAsync(allocation, first.InstanceId!, true, "eu-west-1", moto.Url, CancellationToken.None)).ChangesNothing);
    }

    [SkippableFact]
    public async Task An_instance_is_launched_found_tagged_and_terminated()
    {
        await using var moto = await MotoServer.StartAsync();
        using var connection = new AwsConnection(new AwsSettings { EndpointUrl = moto.Url, Region = "eu-west-1" });
        var ec2 = connection.EC2;
        var image = (await ec2.DescribeImagesAsync(new DescribeImagesRequest { Filters = [new Filter("architecture", ["x86_64"])] })).Images![0];
        var launcher = new InstanceLauncher(ec2, SilentReporter.Instance, TimeProvider.System, TimeSpan.FromSeconds(1));
        var launch = new InstanceLaunch
        {
            ClientToken = "token-1",
            ImageId = image.ImageId!,
            InstanceType = "t3.micro",
            UserData = "#cloud-config\n"u8.ToArray(),
            Tags = new Dictionary<string, string> { ["Name"] = "apex & co" },
        };
        Assert.Null(await launcher.RefusalOfAsync(launch, CancellationToken.None));
        var instance = await launcher.LaunchAsync(launch, CancellationToken.None);
        Assert.Equal("running", (await launcher.WaitUntilRunningAsync(instance.InstanceId!, TimeSpan.FromSeconds(60), CancellationToken.None)).State!.Name!.Value);
        await launcher.TagAsync([instance.InstanceId!], new Dictionary<string, string> { ["Role"] = "redirector" }, CancellationToken.None);
        var reader = new InstanceReader(ec2, TimeProvider.System);
        var read = await reader.GetAsync(instance.InstanceId!, TimeSpan.Zero, CancellationToken.None);
        Assert.Equal(["apex & co", "redirector"], read.Tags!.OrderBy(static tag => tag.Key, StringComparer.Ordinal).Select(static tag => tag.Value));
        Assert.Single(read.NetworkInterfaces!);
        Assert.NotNull(await reader.StatusAsync(instance.InstanceId!, CancellationToken.None));

        var listed = new List<string?>();
        await foreach (var one in ec2.InstancesAsync([new Filter("tag:Role", ["redirector"])], CancellationToken.None))
        {
            listed.Add(one.InstanceId);
        }

        Assert.Equal([instance.InstanceId], listed);
        Assert.Contains((await launcher.TerminateAsync(instance.InstanceId!, CancellationToken.None)), new[] { "shutting-down", "terminated" });
        Assert.Equal(ErrorIds.ElasticIpNotFound, (await Assert.ThrowsAsync<HostingException>(
            () => new ElasticIpReader(ec2, "eu-west-1", null).GetAsync("203.0.113.7", CancellationToken.None))).ErrorId);
    }
}
