using HostingOps.Agent.Output.Views;
using HostingOps.Agent.Terminal;

namespace HostingOps.Agent.Tests.Output;

public sealed class WatchViewTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_doubt_that_all_targets_share_is_told_in_full_once_whatever_its_figures()
    {
        var shown = Shown(
            Change("acme", WatchState.Unknown, "12 of 40 targets fail (30%, allowed 20%). Seen: No connection within 1 s."),
            Change("bakery", WatchState.Down, "3 of 3 failures in a row: 500."),
            Change("cafe", WatchState.Unknown, "13 of 41 targets fail (32%, allowed 20%). Seen: It answers 500."),
            Change("deli", WatchState.Unknown, "No known-good address answers. Seen: It answers 500."),
            Change("etsy", WatchState.Unknown, "It has not been checked since its pause ended."));

        Assert.Equal(
            [
                "acme 12 of 40 targets fail (30%, allowed 20%). Seen: No connection within 1 s.",
                "bakery 3 of 3 failures in a row: 500.",
                "cafe In doubt for the same reason. Seen: It answers 500.",
                "deli No known-good address answers. Seen: It answers 500.",
                "etsy It has not been checked since its pause ended.",
            ],
            shown);
    }

    [Fact]
    public void A_doubt_that_comes_back_is_told_in_full_again()
    {
        const string Doubt = "No known-good address answers. Seen: It answers 500.";
        var shown = Shown(Change("acme", WatchState.Unknown, Doubt), Change("bakery", WatchState.Unknown, Doubt, Noon.AddSeconds(59)), Change("cafe", WatchState.Unknown, Doubt, Noon.AddSeconds(119)));

        Assert.Equal(["acme " + Doubt, "bakery In doubt for the same reason. Seen: It answers 500.", "cafe " + Doubt], shown);
    }

    [Fact]
    public void A_round_is_summed_up_by_sites_with_the_doubt_that_holds_also_where_nothing_has_changed()
    {
        Assert.Equal("2 sites: 1 Healthy, 1 Down.", WatchView.Summary([Change("acme", WatchState.Down, "500."), Change("bakery", WatchState.Healthy, "200.")]));
        Assert.Equal(
            "2 sites: 2 Unknown. No known-good address answers.",
            WatchView.Summary(
            [
                Change("acme", WatchState.Unknown, "No known-good address answers. Seen: It answers 500."),
                Change("acme", WatchState.Unknown, "No known-good address answers. Seen: No connection."),
                Change("bakery", WatchState.Healthy, "200."),
                Change("bakery", WatchState.Down, "500."),
            ]));
    }

    private static SiteWatchChange Change(string site, WatchState to, string reason, DateTimeOffset? at = null) => new()
    {
        At = at ?? Noon, SiteName = site, HostName = "do-1", Role = WatchRole.Active, From = WatchState.Suspect, To = to, Reason = reason,
    };

    // Name and reason of each line.
    private static string[] Shown(params SiteWatchChange[] changes)
    {
        var view = new WatchView();
        return [.. changes.Select(change =>
        {
            using var writer = new StringWriter();
            view.Show(new Screen(writer, 500, color: false, new ProgressLine(writer, shown: false, 500, TimeProvider.System)), change);
            var line = writer.ToString().Trim();
            return $"{change.SiteName} {line[(line.IndexOf($"{change.To}. ", StringComparison.Ordinal) + change.To.ToString().Length + 2)..]}";
        })];
    }
}
