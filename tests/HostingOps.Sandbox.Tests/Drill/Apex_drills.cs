using HostingOps.Sandbox.Drill;
using HostingOps.Sandbox.Tests.World;
using HostingOps.Testing;

namespace HostingOps.Sandbox.Tests.Drill;

public sealed class Apex_drills
{
    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_drill_puts_a_new_redirector_in_another_zone_and_proves_every_redirect(bool nginx)
    {
        if (nginx)
        {
            Skip.If(OperatingSystem.IsWindows(), "The sandbox has nginx on Unix only.");
            RealPart.Require("nginx");
        }

        var plans = new List<ApexRecoveryPlan>();
        var result = await RunAsync(SampleInventory.Create(), Options with { WithoutNginx = !nginx }, plans.Add);

        Assert.True(result.Passed, result.FailedStep + ": " + result.Reason);
        Assert.Equal(nginx, result.Server.EndsWith("nginx", StringComparison.Ordinal));
        Assert.Equal(("eu-west-1a", "198.51.100.99", 4), (result.FailedZone, result.PublicIp, result.RedirectCount));
        Assert.NotEqual("eu-west-1a", result.AvailabilityZone);
        Assert.NotEqual(result.OldInstanceId, result.NewInstanceId);
        Assert.Equal(ApexRecoveryOutcome.Restored, result.Result!.Outcome);
        Assert.Same(result.Plan, Assert.Single(plans));
        Assert.All(
            new[] { result.DetectSeconds, result.PlanSeconds, result.LaunchSeconds, result.BootSeconds, result.TestSeconds, result.MoveSeconds, result.VerifySeconds },
            static seconds => Assert.True(seconds > 0));
        Assert.True(result.OutageSeconds > result.DetectSeconds + result.PlanSeconds + result.BootSeconds);
    }

    [Fact]
    public async Task Without_a_second_zone_the_drill_fails_at_its_plan_and_launches_nothing()
    {
        var inventory = SampleInventory.Create();
        var result = await RunAsync(
            inventory with { Apex = inventory.Apex! with { Instance = new ApexInstanceSettings { Subnets = ["subnet-0123456789abcdef0"] } } },
            Options with { WithoutNginx = true });

        Assert.False(result.Passed);
        Assert.Equal("Plan", result.FailedStep);
        Assert.Contains("ZoneHealthy", result.Reason, StringComparison.Ordinal);
        Assert.Null(result.Result);
        Assert.Equal((0, 0), (result.LaunchSeconds, result.OutageSeconds));
    }

    [Fact]
    public async Task An_instance_that_runs_and_never_serves_fails_the_drill_and_the_address_stays()
    {
        var sandbox = QuickSandbox.Options;
        var result = await RunAsync(SampleInventory.Create(), Options with
        {
            WithoutNginx = true,
            Patience = TimeSpan.FromSeconds(4),
            Sandbox = sandbox with { Timings = sandbox.Timings with { InstanceBoot = TimeSpan.FromHours(1) } },
        });

        Assert.False(result.Passed);
        Assert.Equal("Restore", result.FailedStep);
        Assert.Equal(ApexRecoveryOutcome.NotMoved, result.Result!.Outcome);
        Assert.False(result.Result.Moved);
        Assert.Equal(0, result.OutageSeconds);
    }

    [SkippableFact]
    public async Task A_configuration_too_large_for_user_data_is_published_by_ssh_in_the_drill_too()
    {
        Skip.If(OperatingSystem.IsWindows(), "The sandbox has nginx and sshd on Unix only.");
        Array.ForEach(["nginx", "sshd", "ssh", "ssh-keygen", "flock"], static part => RealPart.Require(part));
        var result = await RunAsync(Large(), Options with { ThrottleLimit = 256 });

        Assert.True(result.Passed, result.FailedStep + ": " + result.Reason);
        Assert.Equal((ApexConfigDelivery.Ssh, 300), (result.Plan!.Delivery, result.RedirectCount));
        Assert.Contains(result.Result!.Timeline, static entry => entry.Step == "Publish" && entry.Text.Contains("on its console", StringComparison.Ordinal));
    }

    // 300 names of such length don't pack into 16 KiB.
    private static HostingInventory Large()
    {
        var (inventory, random) = (SampleInventory.Create(), new Random(1));
        return inventory with
        {
            Apex = inventory.Apex! with { Instance = inventory.Apex.Instance with { KeyName = "ops" } },
            Sites = Enumerable.Range(0, 300).Select(index => inventory.Sites[0] with
            {
                Name = FormattableString.Invariant($"s{index}"),
                Record = FormattableString.Invariant($"s{index}"),
                Domain = Label() + "." + Label() + ".example",
                Aliases = [],
            }).ToList(),
        };

        string Label() => string.Concat(Enumerable.Range(0, 55).Select(_ => (char)('a' + random.Next(26))));
    }

    [Fact]
    public async Task An_inventory_without_apex_has_no_redirector_to_lose()
    {
        var error = await Assert.ThrowsAsync<HostingException>(() => RunAsync(SampleInventory.Create() with { Apex = null }, Options));

        Assert.Equal(ErrorIds.ApexNotConfigured, error.ErrorId);
    }

    [Fact]
    public async Task Images_and_ssh_of_the_real_account_stay_out_of_the_rehearsal()
    {
        var inventory = SampleInventory.Create();
        await using var sandbox = await QuickSandbox.StartAsync(
            inventory with
            {
                Apex = inventory.Apex! with
                {
                    Ssh = new SshDestination("admin", "198.51.100.99", null),
                    Instance = new ApexInstanceSettings { Image = "ami-0fedcba9876543210" },
                },
            },
            QuickSandbox.Options);

        Assert.Null(sandbox.Inventory.Apex!.Ssh);
        Assert.Equal("debian-13", sandbox.Inventory.Apex.Instance.Image);
    }

    [Fact]
    public async Task A_cancelled_drill_ends()
    {
        using var stop = new CancellationTokenSource();
        var drill = ApexDrill.RunAsync(SampleInventory.Create(), Options with { WithoutNginx = true }, _ => stop.Cancel(), SilentReporter.Instance, stop.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => drill.WaitAsync(TimeSpan.FromMinutes(2)));
    }

    private static ApexDrillOptions Options => new()
    {
        Sandbox = QuickSandbox.Options with { Timings = QuickSandbox.Options.Timings with { InstanceBoot = TimeSpan.FromMilliseconds(200) } },
        VisitTimeout = TimeSpan.FromSeconds(1),
        Interval = TimeSpan.FromMilliseconds(100),
    };

    private static Task<ApexDrillResult> RunAsync(HostingInventory inventory, ApexDrillOptions options, Action<ApexRecoveryPlan>? onPlan = null) =>
        ApexDrill.RunAsync(inventory, options, onPlan, SilentReporter.Instance, CancellationToken.None);
}
