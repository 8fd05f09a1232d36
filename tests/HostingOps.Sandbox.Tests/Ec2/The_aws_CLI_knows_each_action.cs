using System.Text.Json;
using HostingOps.Sandbox.Tests.World;
using HostingOps.Testing;

namespace HostingOps.Sandbox.Tests.Ec2;

/// <summary>The real aws CLI reads every answer and every refusal.</summary>
public sealed class The_aws_CLI_knows_each_action
{
    private const string Image = "ami-0a000000000000003";

    [SkippableFact]
    public async Task Dry_runs_mismatches_tags_and_terminations()
    {
        RealPart.Require("aws");
        await using var sandbox = await QuickSandbox.StartAsync();
        var url = sandbox.EndpointUrl;
        string[] run = ["ec2", "run-instances", "--image-id", Image, "--instance-type", "t3.micro", "--client-token", "once", "--user-data", "acme.example"];
        Assert.Contains("(DryRunOperation)", (await AwsCli.RunAsync(url, [.. run, "--dry-run"])).Error);
        var id = (await AwsCli.ExpectAsync(url, run)).GetProperty("Instances")[0].GetProperty("InstanceId").GetString()!;
        Assert.Contains("(IdempotentParameterMismatch)", (await AwsCli.RunAsync(url, [.. run, "--placement", "AvailabilityZone=us-east-1b"])).Error);

        await AwsCli.ExpectAsync(url, "ec2", "wait", "instance-running", "--instance-ids", id);
        await AwsCli.ExpectAsync(url, "ec2", "create-tags", "--resources", id, "--tags", "Key=Role,Value=apex redirector");
        var tagged = await AwsCli.ExpectAsync(url, "ec2", "describe-instances", "--filters", "Name=tag:Role,Values=apex*");
        Assert.Equal(id, tagged.GetProperty("Reservations")[0].GetProperty("Instances")[0].GetProperty("InstanceId").GetString());

        var allocation = (await AwsCli.ExpectAsync(url, "ec2", "describe-addresses")).GetProperty("Addresses")[0].GetProperty("AllocationId").GetString()!;
        var dry = await AwsCli.RunAsync(url, "ec2", "associate-address", "--allocation-id", allocation, "--instance-id", id, "--allow-reassociation", "--dry-run");
        Assert.Contains("(DryRunOperation)", dry.Error);
        var association = (await AwsCli.ExpectAsync(
            url, "ec2", "associate-address", "--allocation-id", allocation, "--instance-id", id, "--allow-reassociation")).GetProperty("AssociationId").GetString()!;
        await AwsCli.ExpectAsync(url, "ec2", "disassociate-address", "--association-id", association);
        Assert.False((await AwsCli.ExpectAsync(url, "ec2", "describe-addresses")).GetProperty("Addresses")[0].TryGetProperty("InstanceId", out _));

        var ended = (await AwsCli.ExpectAsync(url, "ec2", "terminate-instances", "--instance-ids", id)).GetProperty("TerminatingInstances")[0];
        Assert.Equal(("running", "shutting-down"), (Name(ended, "PreviousState"), Name(ended, "CurrentState")));
    }

    [SkippableFact]
    public async Task Listings_are_paged_and_images_are_found_by_owner_and_name()
    {
        RealPart.Require("aws");
        await using var sandbox = await QuickSandbox.StartAsync();
        var url = sandbox.EndpointUrl;
        for (var number = 0; number < 7; number++)
        {
            await RawEc2.LaunchAsync(sandbox);
        }

        // The CLI's own paginator follows the tokens to the end.
        var instances = (await AwsCli.ExpectAsync(url, "ec2", "describe-instances", "--page-size", "5")).GetProperty("Reservations");
        Assert.Equal(8, instances.GetArrayLength());
        Assert.Equal(8, (await AwsCli.ExpectAsync(url, "ec2", "describe-instance-status", "--include-all-instances", "--page-size", "5")).GetProperty("InstanceStatuses").GetArrayLength());

        string[] images = ["ec2", "describe-images", "--owners", "136693071363", "--filters", "Name=name,Values=debian-13-amd64-*", "Name=state,Values=available"];
        Assert.Equal(
            ["debian-13-amd64-20260115-0001", "debian-13-amd64-20260201-0002"],
            Names((await AwsCli.ExpectAsync(url, images)).GetProperty("Images")).Order());
        Assert.Contains("debian-13-amd64-20260210-0003", Names((await AwsCli.ExpectAsync(url, [.. images, "--include-deprecated"])).GetProperty("Images")));
        Assert.Equal(3, (await AwsCli.ExpectAsync(url, "ec2", "describe-availability-zones")).GetProperty("AvailabilityZones").GetArrayLength());
    }

    [SkippableFact]
    public async Task Subnets_are_listed_by_zone_and_a_wrong_one_is_refused()
    {
        RealPart.Require("aws");
        await using var sandbox = await QuickSandbox.StartAsync();
        var url = sandbox.EndpointUrl;
        var all = (await AwsCli.ExpectAsync(url, "ec2", "describe-subnets")).GetProperty("Subnets").EnumerateArray().ToList();
        Assert.Equal(["us-east-1a", "us-east-1b", "us-east-1c"], all.Select(static subnet => subnet.GetProperty("AvailabilityZone").GetString()).Order());
        Assert.All(all, static subnet => Assert.True(subnet.GetProperty("DefaultForAz").GetBoolean() && subnet.GetProperty("AvailableIpAddressCount").GetInt32() > 0));

        var one = (await AwsCli.ExpectAsync(url, "ec2", "describe-subnets", "--filters", "Name=availability-zone,Values=us-east-1b", "Name=default-for-az,Values=true")).GetProperty("Subnets");
        var id = one[0].GetProperty("SubnetId").GetString()!;
        Assert.Equal(("us-east-1b", 1), (one[0].GetProperty("AvailabilityZone").GetString(), one.GetArrayLength()));
        Assert.Contains("(InvalidSubnetID.NotFound)", (await AwsCli.RunAsync(url, "ec2", "describe-subnets", "--subnet-ids", "subnet-none")).Error);

        // What is listed can be launched into, and says so.
        var launched = (await AwsCli.ExpectAsync(url, "ec2", "run-instances", "--image-id", Image, "--instance-type", "t3.micro", "--subnet-id", id)).GetProperty("Instances")[0];
        Assert.Equal((id, "us-east-1b"), (launched.GetProperty("SubnetId").GetString(), launched.GetProperty("Placement").GetProperty("AvailabilityZone").GetString()));
        Assert.Contains("(InvalidSubnetID.NotFound)", (await AwsCli.RunAsync(
            url, "ec2", "run-instances", "--image-id", Image, "--instance-type", "t3.micro", "--subnet-id", "subnet-none", "--dry-run")).Error);
    }

    private static string? Name(JsonElement change, string state) => change.GetProperty(state).GetProperty("Name").GetString();

    private static IEnumerable<string> Names(JsonElement images) => images.EnumerateArray().Select(image => image.GetProperty("Name").GetString()!);
}
