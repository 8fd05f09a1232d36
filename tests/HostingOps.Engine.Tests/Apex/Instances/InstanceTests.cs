using HostingOps.Engine.Apex.Instances;
using HostingOps.Engine.Aws;
using HostingOps.Sandbox.Api;

namespace HostingOps.Engine.Tests.Apex.Instances;

public sealed class InstanceTests
{
    [Theory]
    [InlineData("t3.micro", "x86_64")]
    [InlineData("t3a.nano", "x86_64")]
    [InlineData("t4g.micro", "arm64")]
    [InlineData("m7gd.2xlarge", "arm64")]
    [InlineData("im4gn.large", "arm64")]
    [InlineData("a1.medium", "arm64")]
    [InlineData("g4dn.xlarge", "x86_64")]
    [InlineData("g5g.xlarge", "arm64")]
    [InlineData("gr6.4xlarge", "x86_64")]
    [InlineData("c7i-flex.large", "x86_64")]
    [InlineData("u-6tb1.metal", "x86_64")]
    [InlineData("m7g.metal", "arm64")]
    public void The_architecture_follows_from_the_type_s_name(string type, string architecture) =>
        Assert.Equal(architecture, InstanceTypeArchitecture.Of(type));

    [Theory]
    [InlineData("mac2.metal")]
    [InlineData("t3")]
    [InlineData("t3.micro\n")]
    [InlineData("")]
    public void What_is_no_server_s_type_is_refused(string type) =>
        Assert.Equal(ErrorIds.InvalidArgument, Assert.Throws<HostingException>(() => InstanceTypeArchitecture.Of(type)).ErrorId);

    [Theory]
    [InlineData(null, "t3.micro", "debian-13-amd64-20260201-0002")]
    [InlineData("debian-13", "t4g.micro", "debian-13-arm64-20260201-0002")]
    [InlineData("Debian-12", "t3.micro", "debian-12-amd64-20260101-0001")]
    [InlineData("ubuntu-24.04", "t4g.small", "ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-arm64-server-20260120")]
    [InlineData("ami-0a00000000000000b", "t3.micro", "debian-13-amd64-20260301-0001")]
    public async Task The_newest_image_of_the_pinned_owner_is_found_and_no_pending_deprecated_or_foreign_one(string? wanted, string type, string name)
    {
        await using var world = await ApexWorld.StartAsync();
        var image = await new MachineImages(world.EC2, TimeProvider.System).FindAsync(wanted, type, CancellationToken.None);
        Assert.Equal(name, image.Name);
    }

    [Theory]
    [InlineData("ubuntu-22.04", ErrorIds.ImageNotFound)]
    [InlineData("arch", ErrorIds.InvalidArgument)]
    [InlineData("ami-0a000000000000009", ErrorIds.ImageNotFound)]
    [InlineData("ami-0a000000000000005", ErrorIds.ImageNotFound)]
    public async Task An_image_that_can_t_be_launched_is_an_error(string wanted, string errorId)
    {
        await using var world = await ApexWorld.StartAsync();
        var error = await Assert.ThrowsAsync<HostingException>(
            () => new MachineImages(world.EC2, TimeProvider.System).FindAsync(wanted, "t3.micro", CancellationToken.None));
        Assert.Equal(errorId, error.ErrorId);
    }

    [Theory]
    [InlineData(SandboxApiFault.AnswerLost)]
    [InlineData(SandboxApiFault.GarbageAnswer)]
    public async Task A_launch_whose_answer_is_lost_again_and_again_launches_once(SandboxApiFault fault)
    {
        await using var world = await ApexWorld.StartAsync();
        world.Sandbox.Faults.FailNext("RunInstances", fault, 6);
        var launched = await world.Launcher.LaunchAsync(world.Launch("restore-1"), CancellationToken.None);
        var again = await world.Launcher.LaunchAsync(world.Launch("restore-1"), CancellationToken.None);
        Assert.Equal(launched.InstanceId, again.InstanceId);
        var reader = new InstanceReader(world.EC2, TimeProvider.System);
        Assert.Equal(launched.InstanceId, (await reader.FindByClientTokenAsync("restore-1", CancellationToken.None))?.InstanceId);
        Assert.Null(await reader.FindByClientTokenAsync("restore-2", CancellationToken.None));
        Assert.Equal(2, (await world.EC2.InstancesAsync([], CancellationToken.None).ToListAsync()).Count);
        Assert.Equal("apex", Assert.Single(again.Tags!).Value);
    }

    [Theory]
    [InlineData(SandboxApiFault.AccessDenied)]
    [InlineData(SandboxApiFault.ExpiredToken)]
    public async Task A_refusal_after_a_lost_answer_does_not_say_that_nothing_was_launched(SandboxApiFault refusal)
    {
        await using var world = await ApexWorld.StartAsync();
        world.Sandbox.Faults.FailNext("RunInstances", SandboxApiFault.AnswerLost);
        world.Sandbox.Faults.FailNext("RunInstances", refusal);
        var error = await Assert.ThrowsAsync<HostingException>(() => world.Launcher.LaunchAsync(world.Launch("lost-1"), CancellationToken.None));
        Assert.Equal((ErrorIds.ChangeOutcomeUnknown, "lost-1"), (error.ErrorId, error.Target));

        // It was launched all the same; the token finds it, and nothing is launched twice.
        var found = await new InstanceReader(world.EC2, TimeProvider.System).FindByClientTokenAsync("lost-1", CancellationToken.None);
        Assert.Equal(found?.InstanceId, (await world.Launcher.LaunchAsync(world.Launch("lost-1"), CancellationToken.None)).InstanceId);
        Assert.Equal(2, (await world.EC2.InstancesAsync([], CancellationToken.None).ToListAsync()).Count);
    }

    [Fact]
    public async Task A_refusal_without_anything_lost_is_told_as_it_is()
    {
        await using var world = await ApexWorld.StartAsync();
        world.Sandbox.Faults.FailNext("RunInstances", SandboxApiFault.AccessDenied);
        Assert.Equal(ErrorIds.AwsAccessDenied, (await Assert.ThrowsAsync<HostingException>(
            () => world.Launcher.LaunchAsync(world.Launch("denied"), CancellationToken.None))).ErrorId);
        Assert.Null(await new InstanceReader(world.EC2, TimeProvider.System).FindByClientTokenAsync("denied", CancellationToken.None));
    }

    [Fact]
    public async Task A_token_belongs_to_its_parameters()
    {
        await using var world = await ApexWorld.StartAsync();
        await world.Launcher.LaunchAsync(world.Launch("once"), CancellationToken.None);
        var error = await Assert.ThrowsAsync<HostingException>(
            () => world.Launcher.LaunchAsync(world.Launch("once") with { InstanceType = "t3.small" }, CancellationToken.None));
        Assert.Equal((ErrorIds.AwsRequestFailed, HostingErrorCategory.Conflict), (error.ErrorId, error.Category));
        Assert.Equal(ErrorIds.InvalidArgument, (await Assert.ThrowsAsync<HostingException>(
            () => world.Launcher.LaunchAsync(world.Launch(new string('x', 65)), CancellationToken.None))).ErrorId);
        Assert.Equal(ErrorIds.InvalidArgument, (await Assert.ThrowsAsync<HostingException>(
            () => world.Launcher.LaunchAsync(world.Launch() with { UserData = new byte[InstanceLauncher.LargestUserData + 1] }, CancellationToken.None))).ErrorId);
    }

    [Fact]
    public async Task A_failed_zone_has_no_capacity_and_another_has()
    {
        await using var world = await ApexWorld.StartAsync();
        world.Sandbox.StopZone("eu-west-1a");
        var error = await Assert.ThrowsAsync<HostingException>(
            () => world.Launcher.LaunchAsync(world.Launch(subnet: "subnet-0aaaaaaaaaaaaaaaa"), CancellationToken.None));
        Assert.Equal(ErrorIds.InsufficientCapacity, error.ErrorId);
        Assert.Equal("eu-west-1b", (await new InstanceReader(world.EC2, TimeProvider.System).GetAsync(
            await world.RunningAsync("b"), TimeSpan.Zero, CancellationToken.None)).Placement!.AvailabilityZone);
    }

    [Fact]
    public async Task A_new_id_is_waited_for_and_a_wrong_one_is_not()
    {
        await using var world = await ApexWorld.StartAsync(timings => timings with { InstanceVisible = TimeSpan.FromMilliseconds(600) });
        var reader = new InstanceReader(world.EC2, TimeProvider.System);
        var id = (await world.Launcher.LaunchAsync(world.Launch(), CancellationToken.None)).InstanceId!;
        Assert.Equal(ErrorIds.InstanceNotFound, (await Assert.ThrowsAsync<HostingException>(
            () => reader.GetAsync(id, TimeSpan.Zero, CancellationToken.None))).ErrorId);
        Assert.Equal(id, (await reader.GetAsync(id, TimeSpan.FromSeconds(60), CancellationToken.None)).InstanceId);
        var asked = world.Calls("DescribeInstances");
        Assert.Equal(ErrorIds.InstanceNotFound, (await Assert.ThrowsAsync<HostingException>(
            () => reader.GetAsync("web-1", TimeSpan.FromSeconds(60), CancellationToken.None))).ErrorId);
        Assert.Equal(asked + 1, world.Calls("DescribeInstances"));
    }

    [Fact]
    public async Task An_instance_that_ends_instead_of_running_is_an_error_and_tags_and_terminations_arrive()
    {
        await using var world = await ApexWorld.StartAsync(timings => timings with { InstanceTransition = TimeSpan.FromMinutes(5) });
        var id = (await world.Launcher.LaunchAsync(world.Launch(), CancellationToken.None)).InstanceId!;
        Assert.Null(await world.Launcher.RefusalOfAsync(world.Launch(), CancellationToken.None));
        await world.Launcher.TagAsync([id], new Dictionary<string, string> { ["Role"] = "apex" }, CancellationToken.None);
        Assert.Equal("shutting-down", await world.Launcher.TerminateAsync(id, CancellationToken.None));
        var error = await Assert.ThrowsAsync<HostingException>(() => world.Launcher.WaitUntilRunningAsync(id, TimeSpan.FromMinutes(1), CancellationToken.None));
        Assert.Equal(ErrorIds.InstanceNotStarted, error.ErrorId);
        Assert.Contains("shutting-down", error.Message);
    }
}
