using System.Diagnostics;
using HostingOps.EndToEnd.Tests.World;
using HostingOps.Engine.Inventory;
using HostingOps.Soak;
using HostingOps.Testing;

namespace HostingOps.EndToEnd.Tests;

/// <summary>The watcher's process is killed with SIGKILL at random moments while hosts die: the next one goes on where it was.</summary>
public sealed class WatchDeathTests
{
    [SkippableFact]
    public async Task Killed_at_random_moments_it_leaves_a_state_that_can_be_read_and_each_site_is_switched_once_for_each_death_of_its_host()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "A silent port is made by a full backlog, which Linux answers with silence.");
        using var desk = new Desk();
        var check = new HealthCheckPolicy { Interval = TimeSpan.FromSeconds(1), Timeout = TimeSpan.FromMilliseconds(1500), ConfirmInterval = TimeSpan.FromMilliseconds(300) };
        var random = new Random();
        await using var fleet = await SoakFleet.StartAsync(4, 1, check, 0, desk.Home.Path, random);
        desk.WriteInventory(InventoryWriter.Write(fleet.Inventory));
        var clock = Stopwatch.StartNew();
        var moves = fleet.Inventory.Sites.ToDictionary(static site => site.Name, static _ => 0);
        for (var round = 0; round < 5 && (round < 1 || clock.Elapsed < TimeSpan.FromSeconds(6)); round++)
        {
            var before = await fleet.LiveAsync();
            var host = before.Values.First()!;
            var agent = Watch(desk);
            fleet.Lines[host].Cut();
            for (var deaths = 0; (await fleet.LiveAsync()).ContainsValue(host); deaths++)
            {
                Assert.True(clock.Elapsed < TimeSpan.FromMinutes(4), "Its sites are still on the dead host.");
                if (deaths < 2)
                {
                    await Task.Delay(random.Next(300, 4500));
                    await agent.DieAsync();
                    agent.Dispose();
                    Assert.True((await desk.HistoryAsync()).GetArrayLength() >= 0);
                    agent = Watch(desk);
                }

                await Task.Delay(300);
            }

            await agent.DieAsync();
            agent.Dispose();
            foreach (var name in before.Where(pair => pair.Value == host).Select(static pair => pair.Key))
            {
                moves[name]++;
            }

            fleet.Lines[host].Mend();
        }

        _ = (await desk.AgentAsync("resume", "--json")).Ended(0);
        var history = (await desk.HistoryAsync()).EnumerateArray().ToArray();
        foreach (var (name, times) in moves)
        {
            var own = history.Where(entry => entry.GetProperty("siteName").GetString() == name).ToArray();
            Assert.DoesNotContain(own, static entry => entry.GetProperty("resumable").GetBoolean());
            Assert.Equal(times, own.Count(static entry => entry.GetProperty("outcome").GetString() is "Succeeded" or "SwitchedWithWarnings"));
            Assert.All(own, static entry => Assert.EndsWith("/watch", entry.GetProperty("by").GetString(), StringComparison.Ordinal));
        }
    }

    private static RunningProgram Watch(Desk desk) => desk.StartAgent("watch", "--json", "--no-metrics");
}
