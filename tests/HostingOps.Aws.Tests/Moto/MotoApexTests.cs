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
