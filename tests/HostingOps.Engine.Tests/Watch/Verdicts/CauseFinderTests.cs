using HostingOps.Engine.Watch;
using HostingOps.Engine.Watch.Verdicts;

namespace HostingOps.Engine.Tests.Watch.Verdicts;

public sealed class CauseFinderTests
{
    private static readonly DateTimeOffset Now = VerdictStory.Start;

    private readonly List<WatchedTarget> targets = [];
    private readonly List<UplinkSettings> uplinks = [];

    [Fact]
    public void When_nothing_is_down_there_is_no_cause()
    {
        Add("do-1", "do", WatchState.Healthy);
        Add("do-1", "do", WatchState.Suspect);

        Assert.Empty(Find());
    }

    [Fact]
    public void A_dead_host_is_one_cause_with_all_its_sites_suspect_ones_too()
    {
        Add("do-1", "do", WatchState.Down, silent: true);
        Many(38, "do-1", WatchState.Suspect, silent: true);
        Add("do-1", "do", WatchState.Down, silent: true, role: WatchRole.Standby);
        Many(40, "li-1", WatchState.Healthy);

        var cause = Assert.Single(Find());
        Assert.Equal((IncidentCause.Host, "do-1", 40), (cause.Cause, cause.Subject, cause.Targets.Count));
        Assert.Equal("All 40 sites checked on do-1 fail, and the host gives no sign of life.", cause.Reason);
    }

    [Fact]
    public void One_site_that_fails_beside_others_that_answer_is_its_own_cause()
    {
        Add("do-1", "do", WatchState.Down, silent: true);
        Many(2, "do-1", WatchState.Healthy);

        Assert.Equal("Site s1", Told());
    }

    [Fact]
    public void A_standby_that_fails_alone_is_its_own_cause()
    {
        Add("do-1", "do", WatchState.Down, role: WatchRole.Standby);
        Many(2, "do-1", WatchState.Healthy);

        Assert.Equal("Standby s1", Told());
    }

    [Theory]
    [InlineData(true, "Host do-1")]
    [InlineData(false, "Site s1")]
    public void The_only_site_of_a_host_is_the_host_when_it_is_silent_and_itself_when_it_is_faulty(bool silent, string expected)
    {
        Add("do-1", "do", WatchState.Down, silent);
        Add("li-1", "li", WatchState.Healthy);

        Assert.Equal(expected, Told());
    }

    [Fact]
    public void An_answer_from_before_the_failure_is_no_evidence_for_the_host()
    {
        Add("do-1", "do", WatchState.Down, silent: true);
        Add("do-1", "do", WatchState.Healthy, observed: -10);

        Assert.Equal("Host do-1", Told());
    }

    [Fact]
    public void Four_of_five_faulty_sites_are_nearly_all_and_three_are_not()
    {
        Many(4, "do-1", WatchState.Down);
        Add("do-1", "do", WatchState.Healthy);
        Assert.Equal("Host do-1", Told());
        Assert.Equal("4 of 5 sites checked on do-1 fail.", Find()[0].Reason);

        targets.RemoveAt(0);
        Add("do-1", "do", WatchState.Recovering);
        Assert.Equal("Site s2, Site s3, Site s4", Told());
    }

    [Fact]
    public void Sites_that_began_to_fail_hours_apart_are_not_their_host()
    {
        Add("do-1", "do", WatchState.Down, began: -7200);
        Add("do-1", "do", WatchState.Down);

        Assert.Equal("Site s1, Site s2", Told());
    }

    [Fact]
    public void A_site_that_was_broken_before_its_host_died_is_dead_with_it()
    {
        Add("do-1", "do", WatchState.Down, silent: true, began: -7200);
        Add("do-1", "do", WatchState.Down, silent: true);
        Add("do-1", "do", WatchState.Down, silent: true);

        var cause = Assert.Single(Find());
        Assert.Equal((IncidentCause.Host, 3, Now.AddSeconds(-5)), (cause.Cause, cause.Targets.Count, cause.Since));
    }

    [Fact]
    public void Paused_sites_and_those_in_maintenance_say_nothing_of_their_host()
    {
        Many(2, "do-1", WatchState.Down);
        Add("do-1", "do", WatchState.Maintenance);
        Add("do-1", "do", WatchState.Paused);
        Add("do-1", "do", WatchState.Unknown);

        Assert.Equal("Host do-1", Told());
    }

    [Fact]
    public void Two_dead_hosts_of_a_provider_are_the_provider_when_none_of_its_hosts_answers()
    {
        Many(2, "do-1", WatchState.Down);
        Many(2, "do-2", WatchState.Down);
        Add("li-1", "li", WatchState.Healthy);
        Add("do-3", "DO", WatchState.Unknown);
        Assert.Equal("Provider do", Told());
        Assert.Equal("All 2 hosts of do that were checked are down: do-1, do-2.", Find()[0].Reason);

        Add("do-3", "do", WatchState.Healthy);
        Assert.Equal("Host do-1, Host do-2", Told());
    }

    [Fact]
    public void Two_hosts_that_died_hours_apart_are_not_their_provider()
    {
        Add("do-1", "do", WatchState.Down, silent: true, began: -7200);
        Add("do-2", "do", WatchState.Down, silent: true);

        Assert.Equal("Host do-1, Host do-2", Told());
    }

    [Fact]
    public void Hosts_behind_one_line_are_the_line_and_it_is_named_before_the_provider()
    {
        uplinks.Add(new UplinkSettings { Name = "dsl", Hosts = ["home-1", "home-2", "home-9"] });
        Add("home-1", "home", WatchState.Down, silent: true);
        Add("home-2", "home", WatchState.Down, silent: true);

        Assert.Equal("Uplink dsl", Told());
    }

    [Fact]
    public void The_group_that_explains_most_is_named_and_the_rest_on_its_own()
    {
        uplinks.Add(new UplinkSettings { Name = "dsl", Hosts = ["home-1", "home-2"] });
        foreach (var host in new[] { "home-1", "home-2", "home-3" })
        {
            Add(host, "home", WatchState.Down, silent: true);
        }

        Add("li-1", "li", WatchState.Down, silent: true);
        Add("ov-1", "ov", WatchState.Down);

        Assert.Equal("Host li-1, Provider home, Site s5", Told());
    }

    [Fact]
    public void Every_target_that_is_down_has_exactly_one_cause() => VerdictWorld.Holds(
        seed =>
        {
            var random = new Random(seed);
            targets.Clear();
            uplinks.Clear();
            uplinks.Add(new UplinkSettings { Name = "line", Hosts = ["h0", "h4", "h7"] });
            for (var i = random.Next(60); i > 0; i--)
            {
                var host = random.Next(9);
                Add($"h{host}", $"p{host % 3}", (WatchState)random.Next(7), random.Next(2) == 0, -random.Next(2000), -random.Next(100), (WatchRole)random.Next(2));
            }

            var causes = Find();
            var explained = causes.SelectMany(cause => cause.Targets).ToList();
            return explained.Distinct().Count() == explained.Count
                && targets.Where(one => one.Verdict.State == WatchState.Down).All(explained.Contains)
                && causes.All(cause => cause.Targets.Any(one => one.Verdict.State == WatchState.Down)
                    && cause.Targets.All(one => one.Verdict.State is WatchState.Down or WatchState.Suspect));
        },
        1000);

    private IReadOnlyList<FailureCause> Find() => CauseFinder.Find(targets, uplinks);

    private string Told() => string.Join(", ", Find().Select(cause => $"{cause.Cause} {cause.Subject}").Order(StringComparer.Ordinal));

    private void Many(int count, string host, WatchState state, bool silent = false)
    {
        for (var i = 0; i < count; i++)
        {
            Add(host, host[..2], state, silent);
        }
    }

    private void Add(string host, string provider, WatchState state, bool silent = false, int began = -5, int observed = 0, WatchRole role = WatchRole.Active)
    {
        var fails = state is WatchState.Down or WatchState.Suspect;
        var verdict = new TargetVerdict
        {
            State = state,
            Reason = "It fails.",
            Failures = fails ? 3 : 0,
            Silences = fails && silent ? 3 : 0,
            FailingSince = fails ? Now.AddSeconds(began) : null,
            ObservedAt = Now.AddSeconds(observed),
        };
        targets.Add(new WatchedTarget(
            new WatchTarget(TestSites.Site($"s{targets.Count + 1}"), new SiteHost { Name = host, Provider = provider }, role), verdict, null, null));
    }
}
