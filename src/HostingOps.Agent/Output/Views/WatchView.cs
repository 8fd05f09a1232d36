using System.Globalization;
using HostingOps.Agent.Terminal;
using Spectre.Console;

namespace HostingOps.Agent.Output.Views;

/// <summary>A line for each verdict of the watcher that changed.</summary>
internal static class WatchView
{
    public static void Show(Screen screen, SiteWatchChange change)
    {
        var line = new Paragraph();
        var role = change.Role == WatchRole.Standby ? " (standby)" : "";
        line.Append(PrintableText.Of(string.Create(
            CultureInfo.InvariantCulture, $"{change.At.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z {change.SiteName} on {change.HostName}{role}: {change.From} -> ")));
        line.Append(change.To.ToString(), Styles.Of(change.To));
        line.Append(PrintableText.Of($". {change.Reason}"));
        screen.Write(line);
    }

    /// <summary>For example <c>5 sites: 4 Healthy, 1 Down.</c></summary>
    public static string Summary(IReadOnlyList<SiteWatchChange> sites)
    {
        var counts = sites.GroupBy(static site => site.To).OrderBy(static group => group.Key)
            .Select(static group => string.Create(CultureInfo.InvariantCulture, $"{group.Count()} {group.Key}"));
        var number = sites.Select(static site => site.SiteName).Distinct(StringComparer.Ordinal).Count();
        return string.Create(CultureInfo.InvariantCulture, $"{number} {(number == 1 ? "site" : "sites")}: {string.Join(", ", counts)}.");
    }
}
