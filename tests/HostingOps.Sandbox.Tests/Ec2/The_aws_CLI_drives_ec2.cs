using HostingOps.Sandbox.Tests.World;
using HostingOps.Testing;

namespace HostingOps.Sandbox.Tests.Ec2;

public sealed class The_aws_CLI_drives_ec2
{
    [SkippableFact]
    public async Task A_redirector_is_launched_once_per_token_and_takes_the_Elastic_IP_over()
    {
        RealPart.Require("aws");
        await using var sandbox = await QuickSandbox.StartAsync();
        var url = sandbox.EndpointUrl;
        string[] run =
        [
            "ec2", "run-instances", "--image-id", "ami-0a000000000000001", "--instance-type", "t3.micro", "--client-token", "restore-1",
            "--tag-specifications", "ResourceType=instance,Tags=[{Key=Name,Value=apex}]",
        ];
        var first = (await AwsCli.ExpectAsync(url, run)).GetProperty("Instances")[0].GetProperty("InstanceId").GetString()!;
        var again = (await AwsCli.ExpectAsync(url, run)).GetProperty("Instances")[0];
        Assert.Equal(first, again.GetProperty("InstanceId").GetString());
        Assert.Equal("apex", again.GetProperty("Tags")[0].GetProperty("Value").GetString());

        await AwsCli.ExpectAsync(url, "ec2", "wait", "instance-running", "--instance-ids", first);
        var before = (await AwsCli.ExpectAsync(url, "ec2", "describe-addresses", "--public-ips", "198.51.100.99")).GetProperty("Addresses")[0];
        var allocation = before.GetProperty("AllocationId").GetString()!;
        Assert.NotEqual(first, before.GetProperty("InstanceId").GetString());

        var refused = await AwsCli.RunAsync(
            url, "ec2", "associate-address", "--allocation-id", allocation, "--instance-id", first, "--no-allow-reassociation");
        Assert.Contains("(Resource.AlreadyAssociated)", refused.Error);
        await AwsCli.ExpectAsync(url, "ec2", "associate-address", "--allocation-id", allocation, "--instance-id", first);
        var after = (await AwsCli.ExpectAsync(
            url, "ec2", "describe-addresses", "--filters", "Name=instance-id,Values=" + first)).GetProperty("Addresses")[0];
        Assert.Equal("198.51.100.99", after.GetProperty("PublicIp").GetString());
    }
}
