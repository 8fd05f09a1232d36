using HostingOps.Sandbox.Drill;

namespace HostingOps.Engine.Tests.Failover;

public sealed class DrillTests
{
    [Fact]
    public async Task A_drill_ends_with_every_site_where_it_was()
    {
        var result = await RunAsync(Inventory(new FleetPolicy { MaxFailovers = 10, MaxFailoverPercent = 100 }));

        Assert.True(result.Passed, result.Reason);
        Assert.Equal(("do-1", 3), (result.KilledHost, result.Sites.Count));
        Assert.Equal([3, 3], new[] { result.Results.Count, result.Failback.Count });
    }

    [Fact]
    public async Task A_fleet_limit_that_would_stop_a_real_failover_fails_the_drill_by_name()
    {
        var result = await RunAsync(Inventory(new FleetPolicy { MaxFailovers = 2, MaxFailoverPercent = 100 }));

        Assert.False(result.Passed);
        Assert.Equal("Decide", result.FailedStep);
        Assert.Contains("FleetLimit", result.Reason, StringComparison.Ordinal);
        Assert.Empty(result.Results);
    }

    [Fact]
    public async Task An_inventory_without_sites_has_nothing_to_rehearse()
    {
        var error = await Assert.ThrowsAsync<HostingException>(() => RunAsync(Inventory(new FleetPolicy()) with { Sites = [] }));

        Assert.Equal(ErrorIds.InvalidArgument, error.ErrorId);
    }

    private static HostingInventory Inventory(FleetPolicy policy) => new()
    {
        Zone = "sites.example.net",
        Hosts = new[] { TestSites.DigitalOcean, TestSites.Linode }.ToDictionary(static host => host.Name),
        Policy = policy,
        Sites = [.. Enumerable.Range(1, 3).Select(static i => TestSites.Site($"site{i}") with
        {
            Check = new HealthCheckPolicy { Timeout = TimeSpan.FromSeconds(20), FailAfter = 2, ConfirmInterval = TimeSpan.FromMilliseconds(10) },
        })],
    };

    private static Task<FailoverDrillResult> RunAsync(HostingInventory inventory) => FailoverDrill.RunAsync(
        inventory, new DrillOptions { Interval = TimeSpan.FromMilliseconds(100) }, null, SilentReporter.Instance, CancellationToken.None);
}
