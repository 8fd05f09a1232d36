using HostingOps.Engine.Tests.Watch.Verdicts;
using HostingOps.Engine.Watch.Maintenance;
using HostingOps.Engine.Watch.Verdicts;

namespace HostingOps.Engine.Tests.Watch.Maintenance;

public sealed class MaintenanceCalendarTests
{
    private static readonly DateTimeOffset Noon = VerdictStory.Start;
    private static readonly HostedSite Shop = TestSites.Site("shop-1");

    [Fact]
    public void Without_windows_there_is_no_maintenance_ever() =>
        Assert.Equal(default, new MaintenanceCalendar([]).At(Shop, TestSites.Linode, Noon));

    [Theory]
    [InlineData("shop-1", "", "", true)]
    [InlineData("SHOP-*", "", "", true)]
    [InlineData("acme", "", "", false)]
    [InlineData("acme", "DO-1", "", true)]
    [InlineData("", "li-1", "", false)]
    [InlineData("", "li-1", "DigitalOcean", true)]
    [InlineData("", "", "linode", false)]
    [InlineData("", "", "", true)]
    public void A_window_concerns_what_any_of_its_names_is(string sites, string hosts, string providers, bool concerned)
    {
        var window = Window(-60, 60) with { Sites = Names(sites), Hosts = Names(hosts), Providers = Names(providers) };

        Assert.Equal(concerned, new MaintenanceCalendar([window]).At(Shop, TestSites.DigitalOcean, Noon).Window is not null);

        static string[] Names(string name) => name.Length == 0 ? [] : [name];
    }

    [Fact]
    public void It_says_when_the_next_window_begins_and_when_the_last_of_several_ends()
    {
        var calendar = new MaintenanceCalendar([Window(50, 90), Window(100, 200), Window(10, 30), Window(30, 60), Window(-100, -50)]);

        Assert.Equal(new MaintenanceState(null, Noon.AddMinutes(10)), At(0));
        Assert.Equal(("10", Noon.AddMinutes(90)), (At(10).Window!.Reason, At(10).Until));
        Assert.Equal(("30", Noon.AddMinutes(90)), (At(30).Window!.Reason, At(30).Until));
        Assert.Equal(new MaintenanceState(null, Noon.AddMinutes(100)), At(90));
        Assert.Equal(new MaintenanceState(null, null), At(200));
        Assert.Equal(Noon.AddMinutes(10), At(-40).Until);

        MaintenanceState At(int minutes) => calendar.At(Shop, TestSites.Linode, Noon.AddMinutes(minutes));
    }

    [Fact]
    public void What_it_answers_does_not_depend_on_what_it_was_asked_before() => VerdictWorld.Holds(
        seed =>
        {
            var random = new Random(seed);
            var windows = Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Next(3) == 0 ? Window(random.Next(10_000), random.Next(10_000, 20_000)) : new MaintenanceWindow
            {
                Reason = "weekly",
                Weekly = Enumerable.Range(0, random.Next(1, 5)).Select(_ => MaintenanceSchedule.Days[random.Next(7)]).Distinct().ToList(),
                At = new TimeOnly(random.Next(24), 0),
                Duration = TimeSpan.FromHours(random.Next(1, 60)),
                TimeZone = "Europe/Berlin",
                Hosts = random.Next(2) == 0 ? ["do-1"] : [],
            }).ToList();
            var calendar = new MaintenanceCalendar(windows);
            return Enumerable.Range(0, 30).All(_ =>
            {
                var now = Noon.AddMinutes(random.Next(-1000, 40_000));
                var host = random.Next(2) == 0 ? TestSites.Linode : TestSites.DigitalOcean;
                var state = calendar.At(Shop, host, now);
                var change = state.Until is { } until && (state.Window is null || until - now < TimeSpan.FromDays(30)) ? until : (DateTimeOffset?)null;
                return state == new MaintenanceCalendar(windows).At(Shop, host, now)
                    && (change is not { } at
                        || (Holds(at) != (state.Window is not null) && Holds(at.AddTicks(-1)) == (state.Window is not null)));

                bool Holds(DateTimeOffset time) => new MaintenanceCalendar(windows).At(Shop, host, time).Window is not null;
            });
        },
        100);

    [Fact]
    public void A_pause_is_named_before_a_window_and_ends_by_itself()
    {
        var pause = new FailoverPause { SiteName = "shop-1", By = "ada", Reason = "moving", Since = Noon, Until = Noon.AddMinutes(5) };
        var circumstances = new SiteCircumstances(new MaintenanceCalendar([Window(0, 10)]), new Dictionary<string, FailoverPause> { ["shop-1"] = pause });

        Assert.Equal((Circumstance.Paused, "paused by ada: moving"), circumstances.Of(Shop, TestSites.Linode, Noon));
        Assert.Equal((Circumstance.Maintenance, "0 (until 2026-03-01 12:10:00Z)"), circumstances.Of(Shop, TestSites.Linode, Noon.AddMinutes(5)));
        Assert.Equal((Circumstance.None, null), circumstances.Of(Shop, TestSites.Linode, Noon.AddMinutes(10)));
        Assert.Equal((Circumstance.None, null), circumstances.Of(TestSites.Acme(), TestSites.Linode, Noon.AddMinutes(20)));
    }

    private static MaintenanceWindow Window(int from, int to) => new()
    {
        Reason = from.ToString(System.Globalization.CultureInfo.InvariantCulture),
        From = Noon.AddMinutes(from),
        To = Noon.AddMinutes(to),
    };
}
