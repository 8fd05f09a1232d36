using HostingOps.Soak;
using HostingOps.Testing;
using Xunit.Abstractions;

namespace HostingOps.Engine.Tests.Watch.Soak;

/// <summary>A short soak with everything real but time scales: the long one is in bench.</summary>
public sealed class SoakTests(ITestOutputHelper output)
{
    [SkippableFact]
    public async Task With_lost_requests_and_a_cut_off_observer_nothing_moves_but_what_is_dead_and_all_of_that_does()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "A silent port is made by a full backlog, which Linux answers with silence.");
        using var folder = new TemporaryFolder();
        var figures = await SoakRun.RunAsync(
            new SoakOptions
            {
                Sites = 40,
                Pairs = 4,
                Duration = TimeSpan.FromSeconds(6),
                Check = new HealthCheckPolicy
                {
                    Interval = TimeSpan.FromSeconds(2),
                    Timeout = TimeSpan.FromSeconds(2),
                    ConfirmInterval = TimeSpan.FromMilliseconds(700),
                },
                Partition = TimeSpan.FromSeconds(3),
                Calm = TimeSpan.FromSeconds(1),
                Patience = TimeSpan.FromMinutes(3),
            },
            folder.Path,
            output.WriteLine);
        output.WriteLine(figures.ToString());

        Assert.Empty(figures.WrongSwitches);
        Assert.Equal(0, figures.Missed);
        Assert.True(figures is { Kills: > 0, SitesKilled: > 0, Partitions: > 0 });
        Assert.Equal(figures.SitesKilled, figures.Switched);
    }
}
