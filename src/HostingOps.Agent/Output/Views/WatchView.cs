using System.Globalization;
using System.Text.RegularExpressions;
using HostingOps.Agent.Terminal;
using Spectre.Console;

namespace HostingOps.Agent.Output.Views;

/// <summary>A line for each verdict of the watcher that changed.</summary>
internal sealed partial class WatchView
{
    private const string SeenAll = " Seen: ";

    // A doubt that comes back later is told in full again.
    private static readonly TimeSpan SameDoubt = TimeSpan.FromMinutes(1);

    private (string Doubt, DateTimeOffset At)? told;

    public void Show(Screen screen, SiteWatchChange change)
    {
        var line = new Paragraph();
        var role = change.Role == WatchRole.Standby ? " (standby)" : "";
        line.Append(PrintableText.Of(string.Create(
            CultureInfo.InvariantCulture, $"{change.At.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z {change.SiteName} on {change.HostName}{role}: {change.From} -> ")));
        line.Append(change.To.ToString(), Styles.Of(change.To));
        line.Append(PrintableText.Of($". {ReasonOf(change)}"));
        screen.Write(line);
    }

    // A watcher that doubts itself does so for every target at once, and for the same reason up to the figures in it.
    private string ReasonOf(SiteWatchChange change)
    {
        var doubt = DoubtOf(change);
        if (doubt.Length == 0)
        {
            return change.Reason;
        }

        var sentence = Figures().Replace(doubt, "0");
        var isTold = told is { } before && before.Doubt == sentence && change.At - before.At < SameDoubt;
        told = (sentence, change.At);
        return isTold ? "In doubt for the same reason." + change.Reason[doubt.Length..] : change.Reason;
    }

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Figures();

    /// <summary>For example <c>5 sites: 4 Healthy, 1 Down.</c> With the watcher's doubt, where it has one.</summary>
    public static string Summary(IReadOnlyList<SiteWatchChange> hosts)
    {
        // Of a site whose active host nobody knows both hosts are there; where they differ, nobody knows how visitors fare.
        var sites = hosts.GroupBy(static host => host.SiteName, static host => host.To, StringComparer.Ordinal)
            .Select(static site => site.Distinct().ToArray() is [var state] ? state : WatchState.Unknown).ToList();
        var counts = sites.GroupBy(static state => state).OrderBy(static group => group.Key)
            .Select(static group => string.Create(CultureInfo.InvariantCulture, $"{group.Count()} {group.Key}"));
        var doubt = hosts.Select(DoubtOf).FirstOrDefault(static text => text.Length > 0);
        return string.Create(
            CultureInfo.InvariantCulture, $"{sites.Count} {(sites.Count == 1 ? "site" : "sites")}: {string.Join(", ", counts)}.{(doubt is null ? "" : " " + PrintableText.Of(doubt))}");
    }

    private static string DoubtOf(SiteWatchChange change) =>
        change.To == WatchState.Unknown && change.Reason.IndexOf(SeenAll, StringComparison.Ordinal) is > 0 and var end ? change.Reason[..end] : "";
}
