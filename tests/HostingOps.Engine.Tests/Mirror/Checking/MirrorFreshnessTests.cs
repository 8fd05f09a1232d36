using System.Text;
using FsCheck;
using FsCheck.Fluent;
using HostingOps.Engine.Mirror.Checking;

namespace HostingOps.Engine.Tests.Mirror.Checking;

public sealed class MirrorFreshnessTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly HostedSite Site = TestSites.Acme() with { Mirror = MirrorSettings.Default };

    [Fact]
    public void A_fresh_and_whole_mirror_passes_with_its_figures()
    {
        var gate = MirrorFreshness.Gate(Site, Site.Secondary, Seen(), Now);

        Assert.Equal(
            (GateName.MirrorFresh, GateOutcome.Passed, "li-1 (198.51.100.7:443) serves 20260301T090000Z of 3 h ago with 120 pages, whole; 36 h are allowed."),
            (gate.Name, gate.Outcome, gate.Reason));
    }

    [Theory]
    [InlineData(36, GateOutcome.Passed)]
    [InlineData(36.1, GateOutcome.Refused)]
    [InlineData(0, GateOutcome.Passed)]
    [InlineData(-0.05, GateOutcome.Passed)]
    [InlineData(-0.2, GateOutcome.Unknown)]
    public void Its_age_counts_from_the_beginning_of_its_run(double hours, GateOutcome expected) =>
        Assert.Equal(expected, Outcome(Seen() with { Health = Healthy with { StartedAt = Now.AddHours(-hours) } }));

    [Fact]
    public void The_sites_own_max_age_counts()
    {
        var site = Site with { Mirror = new MirrorSettings { MaxAge = TimeSpan.FromHours(2) } };

        var gate = MirrorFreshness.Gate(site, site.Secondary, Seen(), Now);

        Assert.Equal((GateOutcome.Refused, "li-1 (198.51.100.7:443) serves 20260301T090000Z of 3 h ago with 120 pages; 2 h are allowed."), (gate.Outcome, gate.Reason));
    }

    [Fact]
    public void What_is_not_whole_or_another_sites_or_empty_is_refused()
    {
        Assert.Equal(GateOutcome.Refused, Outcome(Seen() with { Health = Healthy with { IsWhole = false } }));
        Assert.Equal(GateOutcome.Refused, Outcome(Seen() with { Health = Healthy with { Pages = 0 } }));
        Assert.Equal(GateOutcome.Refused, Outcome(Seen() with { Health = Healthy with { Site = "other" } }));
    }

    [Fact]
    public void Without_an_answer_nothing_is_known()
    {
        var gate = MirrorFreshness.Gate(Site, Site.Secondary, Seen() with { Health = null, Failure = "/.mirror/health answers 404" }, Now);

        Assert.Equal((GateOutcome.Unknown, "li-1 (198.51.100.7:443) does not say how fresh its mirror is: /.mirror/health answers 404."), (gate.Outcome, gate.Reason));
        Assert.Equal(GateOutcome.Unknown, Outcome(null));
    }

    [Fact]
    public void It_is_asked_only_of_sites_with_a_mirror_on_the_way_to_the_secondary()
    {
        Assert.True(MirrorFreshness.IsAsked(Site, Site.Secondary));
        Assert.False(MirrorFreshness.IsAsked(Site, Site.Primary));
        Assert.False(MirrorFreshness.IsAsked(TestSites.Acme(), Site.Secondary));
        Assert.Equal(GateOutcome.Passed, MirrorFreshness.Gate(Site, Site.Primary, null, Now).Outcome);
        Assert.Equal(GateOutcome.Passed, MirrorFreshness.Gate(TestSites.Acme(), Site.Secondary, null, Now).Outcome);
    }

    [Fact]
    public void It_never_passes_but_for_a_fresh_and_whole_mirror_of_the_site() => Prop.ForAll(
        Gen.Elements("acme", "Acme", "other", "").ToArbitrary(),
        ArbMap.Default.ArbFor<(int Minutes, int Pages, bool IsWhole)>(),
        static (name, health) =>
        {
            var seen = Seen() with { Health = Healthy with { Site = name, StartedAt = Now.AddMinutes(-health.Minutes), Pages = health.Pages, IsWhole = health.IsWhole } };
            var passes = name == "acme" && health.IsWhole && health.Pages > 0 && health.Minutes is >= -5 and <= 36 * 60;

            Assert.Equal(passes, Outcome(seen) == GateOutcome.Passed);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_mirrors_health_is_read_whole_or_not_at_all()
    {
        const string Whole = """{"site":"acme","generation":"20260301T090000Z","startedAt":"2026-03-01T09:00:00Z","finishedAt":"2026-03-01T09:05:00+00:00","pages":120,"isWhole":true,"manifestHash":"ab","more":[1]}""";
        Assert.Equal(Healthy with { ManifestHash = "ab" }, MirrorHealth.TryRead(Encoding.UTF8.GetBytes(Whole)));
        foreach (var spoilt in new[]
        {
            "", "<html>", "[]", "{}", "null", "1", Whole[..^1], Whole.Replace("true", "\"true\"", StringComparison.Ordinal), Whole.Replace("120", "1.5", StringComparison.Ordinal),
            Whole.Replace("\"isWhole\":true,", "", StringComparison.Ordinal), Whole.Replace("2026-03-01T09:00:00Z", "yesterday", StringComparison.Ordinal), Whole.Replace("\"acme\"", "null", StringComparison.Ordinal),
        })
        {
            Assert.Null(MirrorHealth.TryRead(Encoding.UTF8.GetBytes(spoilt)));
        }
    }

    private static MirrorHealth Healthy { get; } = new("acme", "20260301T090000Z", Now.AddHours(-3), 120, true, null);

    private static MirrorSighting Seen() => new("li-1", "198.51.100.7:443", Healthy, null);

    private static GateOutcome Outcome(MirrorSighting? seen) => MirrorFreshness.Gate(Site, Site.Secondary, seen, Now).Outcome;
}
