using HostingOps.Engine.Watch;
using HostingOps.Engine.Watch.Automatic;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.Watch.Automatic;

/// <summary>How long a site is down before it is moved, and how soon it is tried again.</summary>
public sealed class AutomaticAfterTests
{
    private static readonly SitePolicy Shipped = new() { Automatic = true };

    [Fact]
    public async Task A_site_is_planned_once_it_has_been_down_for_as_long_as_its_policy_says()
    {
        var world = new MoveWorld(policy: Shipped);
        world.Set("site1", WatchState.Down);
        world.Clock.Advance(TimeSpan.FromSeconds(24.9));
        await SettleAsync(world);
        Assert.Empty(world.Planned);

        world.Clock.Advance(TimeSpan.FromSeconds(0.1));
        await SettleAsync(world);

        Assert.Equal(["site1"], world.Moved);
    }

    [Fact]
    public async Task An_outage_that_was_interrupted_by_answers_counts_from_its_beginning_and_another_one_anew()
    {
        var world = new MoveWorld(policy: Shipped);
        world.Set("site1", WatchState.Down);
        world.Clock.Advance(TimeSpan.FromSeconds(15));
        world.Set("site1", WatchState.Recovering);
        world.Clock.Advance(TimeSpan.FromSeconds(15));
        await SettleAsync(world);
        Assert.Empty(world.Planned);
        world.Set("site1", WatchState.Down);
        await SettleAsync(world);
        Assert.Equal(["site1"], world.Moved);

        world.Set("site1", WatchState.Healthy);
        world.Set("site1", WatchState.Down);
        await SettleAsync(world);

        Assert.Single(world.Planned);
    }

    [Theory]
    [InlineData(0, 3, false)]
    [InlineData(1, 3, false)]
    [InlineData(2, 3, true)]
    [InlineData(2, 0, false)]
    [InlineData(7, 1, true)]
    public async Task A_host_that_is_silent_for_the_third_time_in_a_row_is_not_waited_for(int flaps, int silences, bool moved)
    {
        var world = new MoveWorld(policy: Shipped);
        world.Set("site1", WatchState.Down, flaps: flaps, silences: silences);

        await SettleAsync(world);

        Assert.Equal(moved ? ["site1"] : [], world.Moved);
    }

    [Fact]
    public async Task What_went_down_anew_while_it_was_planned_waits_anew()
    {
        var world = new MoveWorld(policy: Shipped);
        world.Set("site1", WatchState.Down);
        world.Clock.Advance(TimeSpan.FromSeconds(25));
        world.WhilePlanning = () =>
        {
            world.Set("site1", WatchState.Healthy);
            world.Set("site1", WatchState.Down);
            return Task.CompletedTask;
        };

        await SettleAsync(world);

        Assert.Single(world.Planned);
        Assert.Empty(world.Invoked);
    }

    [Fact]
    public async Task The_sites_of_a_dead_host_still_go_into_one_operation_although_they_went_down_one_after_the_other()
    {
        var world = new MoveWorld(sites: 5, policy: Shipped);
        await using var run = new Running(world);
        for (var i = 1; i <= 5; i++)
        {
            run.Set($"site{i}", WatchState.Down);
            world.Clock.Advance(TimeSpan.FromMilliseconds(150));
        }

        var began = world.Clock.GetUtcNow();
        await run.UntilAsync(() => world.Told.Count > 0, TimeSpan.FromMilliseconds(50));

        Assert.Equal(5, Assert.Single(world.Invoked).Count);
        Assert.True(world.Planned.Single().At - began >= TimeSpan.FromSeconds(24));
    }

    [Fact]
    public async Task A_site_that_answers_now_and_then_is_probed_again_every_five_seconds_for_as_long_as_it_is_Down()
    {
        var world = new MoveWorld();
        var answers = 12;
        world.Planning = (site, options) => answers-- > 0 ? world.Plan(site, options, MoveWorld.Refused(GateName.ActiveDown)) : world.Plan(site, options);
        await using var run = new Running(world);

        run.Set("site1", WatchState.Down);
        await run.UntilAsync(() => world.Invoked.Count > 0, TimeSpan.FromMilliseconds(500));

        var waits = world.Planned.Zip(world.Planned.Skip(1), static (one, next) => (next.At - one.At).TotalSeconds).ToArray();
        Assert.Equal(12, waits.Length);
        Assert.All(waits, static wait => Assert.True(wait >= 5, $"{wait} s"));

        // The clock of this test runs on while the loop takes its turn, but never into waits that double: from 10 s to 5 min.
        Assert.True(waits.Min() < 10 && waits.Order().ElementAt(6) < 100, string.Join(", ", waits));
    }

    [Fact]
    public void Answers_do_not_make_the_wait_behind_other_refusals_grow()
    {
        var world = new MoveWorld();
        var memory = new MoveMemory(new AutomaticOptions(), world.Clock);
        for (var i = 0; i < 5; i++)
        {
            memory.WaitFor(TimeSpan.FromSeconds(5), "site1");
            Assert.Equal(5, Next());
        }

        memory.Wait("site1");
        Assert.Equal(10, Next());
        memory.WaitFor(TimeSpan.FromSeconds(5), "site1");
        memory.Wait("site1");
        Assert.Equal(20, Next());

        double Next() => (memory.NextTry("site1")!.Value - world.Clock.GetUtcNow()).TotalSeconds;
    }

    [Fact]
    public async Task News_of_a_move_is_told_within_the_incident_that_people_know_of_so_that_it_ends_with_that()
    {
        var world = new MoveWorld(sites: 3) { Incidents = [Incident("CERT", IncidentCause.Certificate, "site1"), Incident("HOST", IncidentCause.Host, "site1", "site2")] };
        foreach (var site in world.Inventory.Sites)
        {
            world.Set(site.Name, WatchState.Down);
        }

        world.Planning = (site, options) => site.Name == "site1" ? world.Plan(site, options) : world.Plan(site, options, MoveWorld.Refused(GateName.Cooldown));
        await SettleAsync(world);

        Assert.Equal(
            [("HOST", "site1 was moved"), ("HOST", "site2 is down on"), ("not-moved-site3-Cooldown", "site3 is down on")],
            world.Told.Select(static alert => (alert.IncidentId, alert.Title[..(alert.Title.Contains("moved from", StringComparison.Ordinal) ? 15 : 16)])));
        Assert.Equal("failover-OP1", world.Told.First().Details["news"]);
    }

    [Fact]
    public async Task Within_an_incident_too_a_refusal_that_an_earlier_run_told_is_not_told_again()
    {
        var world = new MoveWorld { Incidents = [Incident("HOST", IncidentCause.Host, "site1")] };
        world.Set("site1", WatchState.Down);
        world.Planning = (site, options) => world.Plan(site, options, MoveWorld.Refused(GateName.Cooldown));
        world.ToldBefore["not-moved-site1-Cooldown"] = world.Clock.GetUtcNow() - TimeSpan.FromMinutes(5);

        await SettleAsync(world);

        Assert.Empty(world.Told);
    }

    private static Task SettleAsync(MoveWorld world) => world.Listener().SettleAsync(world, CancellationToken.None).WaitAsync(Eventually.Patience);

    private static HostingIncident Incident(string id, IncidentCause cause, params string[] sites) =>
        new() { Id = id, Cause = cause, Subject = "do-1", Sites = sites, Reason = "It is down.", OpenedAt = DateTimeOffset.UnixEpoch };

    private sealed class Running : IAsyncDisposable
    {
        private readonly MoveWorld world;
        private readonly CancellationTokenSource end = new();
        private readonly IWatchListener listener;
        private readonly Task running;

        public Running(MoveWorld world)
        {
            this.world = world;
            listener = world.Listener();
            running = Task.Run(() => listener.RunAsync(world, end.Token));
        }

        public void Set(string site, WatchState state) => listener.Changed(world.Set(site, state));

        public async Task UntilAsync(Func<bool> condition, TimeSpan step)
        {
            for (var i = 0; i < 20_000 && !condition(); i++)
            {
                world.Clock.Advance(step);
                await Task.Delay(2);
            }

            Assert.True(condition());
        }

        public async ValueTask DisposeAsync()
        {
            await end.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.WaitAsync(TimeSpan.FromSeconds(30)));
            end.Dispose();
        }
    }
}
