using HostingOps.Sandbox.Tests.World;
using HostingOps.Testing;

namespace HostingOps.Sandbox.Tests.Ec2;

/// <summary>The whole recovery by hand, as an admin without HostingOps would type it, with real nginx on the instances.</summary>
public sealed class The_aws_CLI_recovers_the_redirector
{
    [SkippableFact]
    public async Task By_hand_with_real_nginx()
    {
        RealPart.Require("aws");
        await using var sandbox = await Nginx_on_instances.StartAsync();
        using var folder = new TemporaryFolder();
        var url = sandbox.EndpointUrl;
        const string Region = "eu-west-1";
        var userData = folder.Write("user-data", System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(
            Nginx_on_instances.UserData(Nginx_on_instances.Configuration(sandbox), packed: false))));

        var address = (await AwsCli.ExpectAsync(url, "ec2", "describe-addresses", "--region", Region)).GetProperty("Addresses")[0];
        var old = address.GetProperty("InstanceId").GetString()!;
        await Nginx_on_instances.EventuallyAsync(async () => Assert.Empty(await Nginx_on_instances.ProblemsAsync(sandbox, old)));
        var zone = (await AwsCli.ExpectAsync(url, "ec2", "describe-instances", "--region", Region, "--instance-ids", old))
            .GetProperty("Reservations")[0].GetProperty("Instances")[0].GetProperty("Placement").GetProperty("AvailabilityZone").GetString()!;

        sandbox.StopZone(zone);
        Assert.NotEmpty(await Nginx_on_instances.ProblemsAsync(sandbox, old, 500));
        var zones = await AwsCli.ExpectAsync(url, "ec2", "describe-availability-zones", "--region", Region, "--filters", "Name=state,Values=available");
        var other = zones.GetProperty("AvailabilityZones")[0].GetProperty("ZoneName").GetString()!;
        Assert.NotEqual(zone, other);

        string[] Launch(string where) =>
        [
            "ec2", "run-instances", "--region", Region, "--image-id", RawEc2.Image, "--instance-type", "t3.micro", "--client-token", "by-hand-" + where,
            "--placement", "AvailabilityZone=" + where, "--user-data", "file://" + userData,
        ];
        var (code, _, error) = await AwsCli.RunAsync(url, Launch(zone));
        Assert.NotEqual(0, code);
        Assert.Contains("InsufficientInstanceCapacity", error, StringComparison.Ordinal);
        var fresh = (await AwsCli.ExpectAsync(url, Launch(other))).GetProperty("Instances")[0].GetProperty("InstanceId").GetString()!;
        Assert.Equal(fresh, (await AwsCli.ExpectAsync(url, Launch(other))).GetProperty("Instances")[0].GetProperty("InstanceId").GetString());
        await AwsCli.ExpectAsync(url, "ec2", "wait", "instance-status-ok", "--region", Region, "--instance-ids", fresh);

        await AwsCli.ExpectAsync(
            url, "ec2", "associate-address", "--region", Region, "--allocation-id", address.GetProperty("AllocationId").GetString()!, "--instance-id", fresh);
        await Nginx_on_instances.EventuallyAsync(async () => Assert.Empty(await Nginx_on_instances.ProblemsAsync(sandbox, fresh)));
        await AwsCli.ExpectAsync(url, "ec2", "terminate-instances", "--region", Region, "--instance-ids", old);
        Assert.Empty(await Nginx_on_instances.ProblemsAsync(sandbox, fresh));
    }
}
