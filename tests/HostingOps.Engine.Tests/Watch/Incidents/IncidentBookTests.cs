using System.Globalization;
using HostingOps.Engine.Watch.Incidents;

namespace HostingOps.Engine.Tests.Watch.Incidents;

public sealed class IncidentBookTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly List<string> told = [];
    private IReadOnlyList<IncidentEntry> held = [];
    private int ids;

    [Fact]
    public void Forty_sites_of_a_dead_host_that_fail_within_seconds_are_one_incident_and_one_alert()
    {
        At(0, Site("s0"), Site("s1"));
        At(2, [.. Enumerable.Range(0, 20).Select(static n => Site($"s{n}"))]);
        At(4, [Host("do-1", 40), .. Enumerable.Range(0, 40).Select(static n => Site($"s{n}"))]);
        At(10, [Host("do-1", 40), .. Enumerable.Range(0, 40).Select(static n => Site($"s{n}"))]);

        Assert.Equal(["Begun Host do-1"], told);
        var incident = Assert.Single(held).Incident;
        Assert.Equal((Start, 40), (incident.OpenedAt, incident.Sites.Count));
    }

    [Fact]
    public void What_waits_when_the_clock_is_set_back_waits_no_longer_than_before()
    {
        At(0, Site("acme"));
        At(-3600, Site("acme"));
        At(-3594, Site("acme"));
        Assert.Equal(["Begun Site acme"], told);

        At(-3500);
        At(-3400, Site("acme"));
        At(-3390, Site("acme"));
        At(-3380);
        At(-7000);
        At(-6399);
        Assert.Equal("Ended Site acme", told[^1]);
        Assert.Equal(4, told.Count);
    }

    [Fact]
    public void What_passes_before_it_is_told_never_was()
    {
        At(0, Site("acme"));
        At(3);

        Assert.Empty(told);
        Assert.Empty(held);
    }

    [Fact]
    public void A_site_that_was_told_goes_on_as_its_hosts_incident_and_the_others_are_absorbed()
    {
        At(0, Site("a"), Site("b"));
        At(6, Site("a"), Site("b"));
        At(20, Host("do-1", 2), Site("a"), Site("b"));
        At(60);

        Assert.Equal(["Begun Site a", "Begun Site b", "Ended Site b", "Grown Host do-1", "Ended Host do-1"], told);
        Assert.Equal("I1", held.Single(static entry => entry.Incident.Cause == IncidentCause.Host).Incident.Id);
    }

    [Fact]
    public void A_host_is_part_of_its_provider()
    {
        At(0, Host("do-1", 2), Site("a"));
        At(6, Host("do-1", 2), Site("a"));
        At(20, Provider("digitalocean"), Host("do-1", 2), Host("do-2", 2), Site("a"));
        At(90, Provider("digitalocean"), Host("do-1", 2), Host("do-2", 2), Site("a"));

        Assert.Equal(["Begun Host do-1", "Grown Provider digitalocean"], told);
    }

    [Fact]
    public void The_last_sites_of_a_host_that_comes_back_are_no_incidents_but_those_that_stay_are()
    {
        At(0, Host("do-1", 3), Site("a"), Site("b"), Site("c"));
        At(6, Host("do-1", 3), Site("a"), Site("b"), Site("c"));
        At(30, Site("b"), Site("c"));
        At(60, Site("c"));
        Assert.Equal(["Begun Host do-1"], told);

        At(130, Site("c"));
        At(136, Site("c"));
        Assert.Equal(["Begun Host do-1", "Ended Host do-1", "Begun Site c"], told);
    }

    [Fact]
    public void What_flaps_is_one_incident_and_is_not_told_each_turn()
    {
        for (var minute = 0; minute < 60; minute++)
        {
            At(minute * 60, Site("acme"));
            At((minute * 60) + 10, Site("acme"));
            At((minute * 60) + 30);
        }

        Assert.Equal(["Begun Site acme", "Ended Site acme", "Begun Site acme"], told);
        Assert.Equal("I1", Assert.Single(held).Incident.Id);
        At(4600);
        Assert.Equal("Ended Site acme", told[^1]);
        Assert.Equal(4, told.Count);
    }

    [Fact]
    public void What_comes_back_after_a_long_time_is_another_incident()
    {
        At(0, Site("acme"));
        At(6, Site("acme"));
        At(30);
        At(700, Site("acme"));
        At(706, Site("acme"));

        Assert.Equal(["I1", "I2"], news.Where(static one => one.Kind == IncidentNewsKind.Begun).Select(static one => one.Entry.Incident.Id));
    }

    [Fact]
    public void What_can_not_be_judged_neither_goes_on_nor_ends()
    {
        At(0, Site("acme"));
        At(6, Site("acme"));
        Turn(new TroubleSight { At = Start.AddSeconds(60), Troubles = [Site("acme")], Unclear = new HashSet<(IncidentCause, string)>() });
        Turn(new TroubleSight { At = Start.AddSeconds(6000), Troubles = [], Unclear = new HashSet<(IncidentCause, string)> { (IncidentCause.Site, "acme") } });
        Assert.Equal(["Begun Site acme"], told);
        Assert.True(Assert.Single(held).IsOpen);

        Turn(new TroubleSight { At = Start.AddSeconds(6001), Troubles = [], Now = new Dictionary<(IncidentCause, string), string> { [(IncidentCause.Site, "acme")] = "It is served by li-1, and answers." } });
        Assert.Equal("It is served by li-1, and answers.", Assert.Single(held).Incident.Ending);
    }

    [Fact]
    public void What_gets_more_urgent_is_told_once_more()
    {
        At(0, Certificate(AlertSeverity.Warning));
        At(40, Certificate(AlertSeverity.Warning));
        At(90_000, Certificate(AlertSeverity.Critical));
        At(90_040, Certificate(AlertSeverity.Critical));

        Assert.Equal(["Begun Certificate acme", "Grown Certificate acme"], told);
    }

    [Fact]
    public void After_a_restart_nothing_is_told_again()
    {
        At(0, Site("acme"));
        At(6, Site("acme"));
        held = held.Select(static entry => State(entry)).ToList();
        At(30, Site("acme"));
        At(60, Site("acme"));

        Assert.Equal(["Begun Site acme"], told);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Whatever_happens_there_is_one_open_incident_for_a_cause_and_each_beginning_has_one_end(int seed)
    {
        var random = new Random(seed);
        for (var run = 0; run < 150; run++)
        {
            (held, ids) = ([], 0);
            told.Clear();
            news.Clear();
            var at = 0;
            var state = new bool[2, 2, 3];
            for (var step = 0; step < 120; step++)
            {
                at += random.Next(1, random.Next(4) == 0 ? 900 : 30);
                for (var flips = random.Next(4); flips > 0; flips--)
                {
                    var (p, h, s) = (random.Next(2), random.Next(2), random.Next(3));
                    state[p, h, s] = !state[p, h, s];
                }

                Turn(World(state, Start.AddSeconds(at), random));
                Assert.Equal(held.Count(static entry => entry.IsOpen), held.Where(static entry => entry.IsOpen).Select(static entry => entry.Key).Distinct().Count());
                Assert.Equal(held.Count, held.Select(static entry => entry.Incident.Id).Distinct().Count());
                Assert.All(held.Where(static entry => entry.IsOpen && entry.IsTold), one => Assert.DoesNotContain(held, wide => wide is { IsOpen: true, IsTold: true, QuietSince: null } && one.Trouble.IsPartOf(wide.Key.Cause, wide.Key.Subject)));
            }

            // All is well for long enough: all has ended.
            Turn(new TroubleSight { At = Start.AddSeconds(at += 1), Troubles = [] });
            Turn(new TroubleSight { At = Start.AddSeconds(at += 7200), Troubles = [] });
            Assert.DoesNotContain(held, static entry => entry.IsOpen);
            foreach (var incident in news.GroupBy(static one => one.Entry.Incident.Id))
            {
                // Begun, grown any number of times, ended; and so again when it came back.
                var line = string.Concat(incident.Select(static one => one.Kind.ToString()[0]));
                Assert.Matches("^(BG*E)+$", line);
            }

            // Twelve sites can at most begin, grow and end for each hold-down and each time that something wider comes.
            Assert.True(told.Count <= 12 * (4 + (at / 600)), $"{told.Count} alerts in {at} s");
        }
    }

    private readonly List<IncidentNews> news = [];

    private static IncidentEntry State(IncidentEntry entry) =>
        HostingOps.Engine.State.StateValue.FromJson<IncidentEntry>(HostingOps.Engine.State.StateValue.ToJson(entry));

    private void At(int seconds, params Trouble[] troubles) => Turn(new TroubleSight { At = Start.AddSeconds(seconds), Troubles = troubles });

    private void Turn(TroubleSight sight)
    {
        var turn = IncidentBook.Turn(held, sight, IncidentTiming.Default, () => string.Create(CultureInfo.InvariantCulture, $"I{++ids}"));
        held = turn.Held;
        news.AddRange(turn.News);
        told.AddRange(turn.News.Select(static one => $"{one.Kind} {one.Entry.Incident.Cause} {one.Entry.Incident.Subject}"));
    }

    private static TroubleSight World(bool[,,] state, DateTimeOffset at, Random random)
    {
        var troubles = new List<Trouble>();
        var unclear = new HashSet<(IncidentCause, string)>();
        for (var p = 0; p < 2; p++)
        {
            var hosts = 0;
            for (var h = 0; h < 2; h++)
            {
                var sites = Enumerable.Range(0, 3).Where(s => state[p, h, s]).Select(s => Site($"s{p}{h}{s}", $"h{p}{h}", $"p{p}")).ToList();
                troubles.AddRange(sites);
                if (sites.Count == 3)
                {
                    troubles.Add(Host($"h{p}{h}", 3, $"p{p}"));
                    hosts++;
                }
                else if (random.Next(5) == 0)
                {
                    unclear.Add((IncidentCause.Host, $"h{p}{h}"));
                }
            }

            if (hosts == 2)
            {
                troubles.Add(Provider($"p{p}"));
            }
        }

        return new TroubleSight { At = at, Troubles = troubles, Unclear = unclear };
    }

    private static Trouble Site(string name, string host = "do-1", string provider = "digitalocean") => Make(IncidentCause.Site, name) with { Sites = [name], Host = host, Provider = provider };

    private static Trouble Host(string name, int sites, string provider = "digitalocean") => Make(IncidentCause.Host, name) with { Sites = Enumerable.Range(0, sites).Select(static n => $"s{n}").ToList(), Host = name, Provider = provider };

    private static Trouble Provider(string name) => Make(IncidentCause.Provider, name) with { Provider = name };

    private static Trouble Certificate(AlertSeverity severity) => Make(IncidentCause.Certificate, "acme") with { Severity = severity };

    private static Trouble Make(IncidentCause cause, string subject) => new()
    {
        Cause = cause,
        Subject = subject,
        Title = $"{cause} {subject}",
        Reason = "No answer.",
        Severity = AlertSeverity.Critical,
        Since = Start,
    };
}
