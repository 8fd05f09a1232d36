using System.Net;
using HostingOps.Sandbox.Tests.Route53;
using HostingOps.Sandbox.Tests.World;
using HostingOps.Testing;

namespace HostingOps.Sandbox.Tests.Ec2;

/// <summary>The rules by which EC2 refuses: each of them decides whether a recovery works.</summary>
public sealed class Ec2_is_strict_about_moves
{
    private const string Elastic = "198.51.100.99";

    [Fact]
    public async Task An_instance_with_two_interfaces_takes_an_address_by_interface_only()
    {
        var (sandbox, clock) = await StartAsync();
        await using var _ = sandbox;
        var id = await RawEc2.LaunchAsync(sandbox, ("NetworkInterface.1.DeviceIndex", "0"), ("NetworkInterface.2.DeviceIndex", "1"));
        clock.Advance(TimeSpan.FromSeconds(5));
        var (status, body) = await RawEc2.CallAsync(sandbox, "AssociateAddress", ("PublicIp", Elastic), ("InstanceId", id));
        Assert.Equal((HttpStatusCode.BadRequest, "InvalidInstanceID"), (status, RawRoute53.Text(body, "Code")));
        Assert.Contains("multiple interfaces", RawRoute53.Text(body, "Message"));

        var interfaces = RawRoute53.Texts((await RawEc2.CallAsync(sandbox, "DescribeInstances", ("InstanceId.1", id))).Body, "networkInterfaceId");
        Assert.Equal(2, interfaces.Count());
        Assert.Equal("InvalidParameterCombination", await RawEc2.CodeAsync(
            sandbox, "AssociateAddress", ("PublicIp", Elastic), ("InstanceId", id), ("NetworkInterfaceId", interfaces.First())));
        Assert.Equal(HttpStatusCode.OK, (await RawEc2.CallAsync(
            sandbox, "AssociateAddress", ("PublicIp", Elastic), ("NetworkInterfaceId", interfaces.Last()))).Status);
    }

    [Fact]
    public async Task An_address_of_another_border_group_stays_there()
    {
        var (sandbox, clock) = await StartAsync();
        await using var _ = sandbox;
        var id = await RawEc2.LaunchAsync(sandbox);
        clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("InvalidParameterValue", await RawEc2.CodeAsync(sandbox, "AllocateAddress", ("NetworkBorderGroup", "us-west-2-lax-1")));
        var allocated = (await RawEc2.CallAsync(sandbox, "AllocateAddress", ("NetworkBorderGroup", "eu-west-1-lon-1"))).Body;
        Assert.Equal("InvalidParameterValue", await RawEc2.CodeAsync(
            sandbox, "AssociateAddress", ("AllocationId", RawRoute53.Text(allocated, "allocationId")), ("InstanceId", id)));
    }

    [Fact]
    public async Task A_move_is_listed_a_moment_after_it_was_made()
    {
        var (sandbox, clock) = await StartAsync();
        await using var _ = sandbox;
        var id = await RawEc2.LaunchAsync(sandbox);
        clock.Advance(TimeSpan.FromSeconds(5));
        var before = await ListedAsync(sandbox);
        Assert.Equal(HttpStatusCode.OK, (await RawEc2.CallAsync(sandbox, "AssociateAddress", ("PublicIp", Elastic), ("InstanceId", id))).Status);
        Assert.Equal(before, await ListedAsync(sandbox));
        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(id, await ListedAsync(sandbox));
    }

    [Fact]
    public async Task AllowReassociation_false_protects_what_is_associated_and_nothing_else()
    {
        var (sandbox, clock) = await StartAsync();
        await using var _ = sandbox;
        var id = await RawEc2.LaunchAsync(sandbox);
        clock.Advance(TimeSpan.FromSeconds(5));
        (string, string)[] call = [("PublicIp", Elastic), ("InstanceId", id), ("AllowReassociation", "false")];
        Assert.Equal("Resource.AlreadyAssociated", await RawEc2.CodeAsync(sandbox, "AssociateAddress", call));
        Assert.Equal("Resource.AlreadyAssociated", await RawEc2.CodeAsync(sandbox, "AssociateAddress", [.. call, ("DryRun", "true")]));
        Assert.Equal(HttpStatusCode.OK, (await RawEc2.CallAsync(sandbox, "DisassociateAddress", ("PublicIp", Elastic))).Status);
        Assert.Equal("DryRunOperation", await RawEc2.CodeAsync(sandbox, "AssociateAddress", [.. call, ("DryRun", "true")]));
        var first = RawRoute53.Text((await RawEc2.CallAsync(sandbox, "AssociateAddress", call)).Body, "associationId");
        Assert.Equal(first, RawRoute53.Text((await RawEc2.CallAsync(sandbox, "AssociateAddress", call)).Body, "associationId"));
    }

    [Theory]
    [InlineData("InvalidUserData.Malformed", "UserData", "not base64!")]
    [InlineData("InvalidSubnetID.NotFound", "SubnetId", "subnet-1")]
    [InlineData("InvalidKeyPair.NotFound", "KeyName", "nobody")]
    [InlineData("InvalidGroup.NotFound", "SecurityGroup.1", "nowhere")]
    [InlineData("InvalidParameterValue", "Placement.AvailabilityZone", "eu-west-1x")]
    [InlineData("InvalidParameterValue", "InstanceType", "t4g.micro")]
    [InlineData("InvalidAMIID.Unavailable", "ImageId", "ami-0a000000000000009")]
    [InlineData("InvalidParameterValue", "ClientToken", "a token of more than sixty-four characters, which EC2 does not take.")]
    public async Task A_launch_names_what_exists(string code, string name, string value)
    {
        var (sandbox, _) = await StartAsync();
        await using var scope = sandbox;
        var parameters = new Dictionary<string, string> { ["ImageId"] = RawEc2.Image, ["MinCount"] = "1", ["MaxCount"] = "1", ["InstanceType"] = "t3.micro", [name] = value };
        Assert.Equal(code, await RawEc2.CodeAsync(sandbox, "RunInstances", parameters.Select(pair => (pair.Key, pair.Value)).ToArray()));
        Assert.Equal(code, await RawEc2.CodeAsync(sandbox, "RunInstances", parameters.Select(pair => (pair.Key, pair.Value)).Append(("DryRun", "true")).ToArray()));
    }

    [Fact]
    public async Task User_data_ends_at_16_KiB()
    {
        var (sandbox, _) = await StartAsync();
        await using var scope = sandbox;
        (string, string)[] demand = [("ImageId", RawEc2.Image), ("MinCount", "1"), ("MaxCount", "1"), ("InstanceType", "t3.micro")];
        Assert.Equal("DryRunOperation", await RawEc2.CodeAsync(sandbox, "RunInstances", [.. demand, ("UserData", Convert.ToBase64String(new byte[16384])), ("DryRun", "true")]));
        Assert.Equal("InvalidParameterValue", await RawEc2.CodeAsync(sandbox, "RunInstances", [.. demand, ("UserData", Convert.ToBase64String(new byte[16385])), ("DryRun", "true")]));
    }

    [Fact]
    public async Task Listings_come_in_pages()
    {
        var (sandbox, clock) = await StartAsync();
        await using var _ = sandbox;
        for (var number = 0; number < 12; number++)
        {
            await RawEc2.LaunchAsync(sandbox);
        }

        clock.Advance(TimeSpan.FromSeconds(5));
        foreach (var (action, item) in new[] { ("DescribeInstances", "reservationId"), ("DescribeInstanceStatus", "availabilityZone") })
        {
            var (sizes, token) = (new List<int>(), "");
            do
            {
                var (_, page) = await RawEc2.CallAsync(sandbox, action, token.Length == 0 ? [("MaxResults", "5")] : [("MaxResults", "5"), ("NextToken", token)]);
                sizes.Add(RawRoute53.Texts(page, item).Count());
                token = RawRoute53.Texts(page, "nextToken").FirstOrDefault() ?? "";
            }
            while (token.Length > 0);
            Assert.Equal([5, 5, 3], sizes);
            Assert.Equal("InvalidParameterValue", await RawEc2.CodeAsync(sandbox, action, ("MaxResults", "4")));
            Assert.Equal("InvalidPaginationToken", await RawEc2.CodeAsync(sandbox, action, ("NextToken", "a")));
        }
    }

    [Fact]
    public async Task Launches_are_throttled_sooner_than_looks()
    {
        await using var sandbox = await QuickSandbox.StartAsync(
            SampleInventory.Create(), QuickSandbox.Options with { Throttling = new(), TimeProvider = new ManualTimeProvider() });
        for (var number = 0; number < 5; number++)
        {
            await RawEc2.LaunchAsync(sandbox);
        }

        Assert.Equal("RequestLimitExceeded", await RawEc2.CodeAsync(sandbox, "RunInstances", ("ImageId", RawEc2.Image), ("MinCount", "1"), ("MaxCount", "1")));
        Assert.Equal(HttpStatusCode.OK, (await RawEc2.CallAsync(sandbox, "DescribeAddresses")).Status);
    }

    private static async Task<string> ListedAsync(RehearsalSandbox sandbox) =>
        RawRoute53.Text((await RawEc2.CallAsync(sandbox, "DescribeAddresses", ("PublicIp.1", Elastic))).Body, "instanceId");

    private static async Task<(RehearsalSandbox Sandbox, ManualTimeProvider Clock)> StartAsync()
    {
        var clock = new ManualTimeProvider();
        var options = QuickSandbox.Options with
        {
            TimeProvider = clock,
            Timings = QuickSandbox.Options.Timings with { InstanceTransition = TimeSpan.FromSeconds(1), AddressVisible = TimeSpan.FromSeconds(1) },
        };
        return (await QuickSandbox.StartAsync(SampleInventory.Create(), options), clock);
    }
}
