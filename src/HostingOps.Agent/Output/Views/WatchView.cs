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
        var end = change.To == WatchState.Unknown ? change.Reason.IndexOf(SeenAll, StringComparison.Ordinal) : -1;
        if (end < 0)
        {
            return change.Reason;
        }

        var doubt = Figures().Replace(change.Reason[..end], "0");
        var isTold = told is { } before && before.Doubt == doubt && change.At - before.At < SameDoubt;
        told = (doubt, change.At);
        return isTold ? "In doubt for the same reason." + change.Reason[end..] : change.Reason;
    }

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Figures();

    /// <summary>For example <c>5 sites: 4 Healthy, 1 Down.</c></summary>
    public static string Summary(IReadOnlyList<SiteWatchChange> sites)
    {
        var counts = sites.GroupBy(static site => site.To).OrderBy(static group => group.Key)
            .Select(static group => string.Create(CultureInfo.InvariantCulture, $"{group.Count()} {group.Key}"));
        var number = sites.Select(static site => site.SiteName).Distinct(StringComparer.Ordinal).Count();
        return string.Create(CultureInfo.InvariantCulture, $"{number} {(number == 1 ? "site" : "sites")}: {string.Join(", ", counts)}.");
    }
}
