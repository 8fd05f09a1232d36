using FsCheck;
using FsCheck.Fluent;
using HostingOps.Engine.Watch.Scheduling;

namespace HostingOps.Engine.Tests.Watch.Watching;

public sealed class CheckSchedulerPropertyTests
{
    /// <summary>Targets with intervals and phases of their own, some of which are confirmed every second for a while, and checks that take their time.</summary>
    public sealed record Fleet(int Places, (int Interval, double Phase, int Takes, bool Urgent)[] Targets);

    private static Arbitrary<Fleet> Fleets => (
        from places in Gen.Choose(1, 6)
        from targets in (
            from interval in Gen.Choose(2, 20)
            from phase in Gen.Choose(0, 999)
            from takes in Gen.Choose(0, 4)
            from urgent in Gen.Choose(0, 3)
            select (interval, phase / 1000.0, takes, urgent == 0)).NonEmptyListOf()
        select new Fleet(places, [.. targets])).ToArbitrary();

    [Fact]
    public void Places_hold_no_target_drifts_and_none_starves() => Prop.ForAll(Fleets, Hold).QuickCheckThrowOnFailure();

    private static void Hold(Fleet fleet)
    {
        var scheduler = new CheckScheduler<int>(fleet.Places);
        var tickets = fleet.Targets.Select((_, index) => new CheckTicket<int>(index)).ToArray();
        var begun = fleet.Targets.Select(_ => new List<(TimeSpan Due, TimeSpan At)>()).ToArray();
        var running = new List<TimeSpan>();
        for (var index = 0; index < tickets.Length; index++)
        {
            scheduler.Plan(tickets[index], CheckSlots.Next(fleet.Targets[index].Phase, Interval(fleet, index), TimeSpan.Zero), isUrgent: false);
        }

        var end = TimeSpan.FromSeconds(300);
        for (var now = TimeSpan.Zero; now < end; now += TimeSpan.FromMilliseconds(250))
        {
            foreach (var _ in running.Where(over => over <= now).ToList())
            {
                scheduler.End();
            }

            running.RemoveAll(over => over <= now);
            while (scheduler.TryBegin(now, out var ticket, out var due))
            {
                var (_, phase, takes, urgent) = fleet.Targets[ticket.Target];
                begun[ticket.Target].Add((due, now));
                running.Add(now + TimeSpan.FromSeconds(takes) + TimeSpan.FromMilliseconds(100));
                Assert.True(running.Count <= fleet.Places);
                Assert.Equal(running.Count, scheduler.UnderWay);

                // Confirmed each second for the first two minutes, by the routine from then on.
                var confirms = urgent && now < TimeSpan.FromSeconds(120);
                scheduler.Plan(ticket, confirms ? now + TimeSpan.FromSeconds(1) : CheckSlots.Next(phase, Interval(fleet, ticket.Target), now), confirms);
            }
        }

        // What the places could do at most, a quarter of which is kept for routine checks; twice that much time is generous.
        var turn = TimeSpan.FromSeconds(4 * 2 * (fleet.Targets.Sum(static target => target.Takes + 0.5) / fleet.Places)) + TimeSpan.FromSeconds(20);
        for (var index = 0; index < tickets.Length; index++)
        {
            var own = begun[index];
            var interval = Interval(fleet, index);
            Assert.All(own.Where(check => !fleet.Targets[index].Urgent || check.Due > TimeSpan.FromSeconds(130)), check =>
                Assert.Equal(0, (check.Due - (interval * fleet.Targets[index].Phase)).Ticks % interval.Ticks));
            Assert.All(own.Zip(own.Skip(1)), pair => Assert.True(pair.Second.At - pair.First.At <= interval + turn, $"target {index} waited {pair.Second.At - pair.First.At}"));
            var first = own.Count == 0 ? end : own[0].At;
            Assert.True(first <= interval + turn, $"target {index} was first looked at {first}");
        }
    }

    [Theory]
    [InlineData(0.0, 0, 10)]
    [InlineData(0.5, 0, 5)]
    [InlineData(0.5, 5, 15)]
    [InlineData(0.5, 14.999, 15)]
    [InlineData(0.5, 1000, 1005)]
    public void The_next_slot_is_the_first_after_now(double phase, double now, double next) => Assert.Equal(
        TimeSpan.FromSeconds(next), CheckSlots.Next(phase, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(now)));

    [Fact]
    public void Confirming_checks_go_first_and_a_routine_one_is_let_in_between()
    {
        var scheduler = new CheckScheduler<string>(1);
        foreach (var name in (string[])["a", "b", "c", "d", "e"])
        {
            scheduler.Plan(new CheckTicket<string>(name), TimeSpan.FromSeconds(2), isUrgent: true);
        }

        scheduler.Plan(new CheckTicket<string>("routine"), TimeSpan.FromSeconds(1), isUrgent: false);
        var order = new List<string>();
        while (scheduler.TryBegin(TimeSpan.FromSeconds(3), out var ticket, out _))
        {
            order.Add(ticket.Target);
            scheduler.End();
        }

        Assert.Equal(6, order.Count);
        Assert.Equal(3, order.IndexOf("routine"));
    }

    [Fact]
    public void What_is_planned_anew_or_taken_back_behind_another_that_waits_waits_no_more()
    {
        var scheduler = new CheckScheduler<string>(1);
        var tickets = new[] { "a", "b", "c", "d" }.Select(static name => new CheckTicket<string>(name)).ToArray();
        foreach (var ticket in tickets)
        {
            scheduler.Plan(ticket, TimeSpan.Zero, isUrgent: false);
        }

        Assert.True(scheduler.TryBegin(TimeSpan.FromSeconds(1), out _, out _));
        Assert.False(scheduler.TryBegin(TimeSpan.FromSeconds(1), out _, out _));
        Assert.Equal(3, scheduler.Waiting);

        scheduler.Forget(tickets[2]);
        scheduler.Plan(tickets[3], TimeSpan.FromSeconds(9), isUrgent: true);
        Assert.Equal(1, scheduler.Waiting);

        scheduler.End();
        Assert.True(scheduler.TryBegin(TimeSpan.FromSeconds(1), out var next, out _));
        Assert.Equal(("b", 0), (next.Target, scheduler.Waiting));
        scheduler.End();
        Assert.False(scheduler.TryBegin(TimeSpan.FromSeconds(1), out _, out _));
        Assert.True(scheduler.TryBegin(TimeSpan.FromSeconds(9), out next, out _));
        Assert.Equal(("d", 0), (next.Target, scheduler.Waiting));
    }

    private static TimeSpan Interval(Fleet fleet, int index) => TimeSpan.FromSeconds(fleet.Targets[index].Interval);
}
