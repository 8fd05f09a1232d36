using System.Globalization;
using HostingOps.Agent.Terminal;
using Spectre.Console;

namespace HostingOps.Agent.Output.Views;

/// <summary>What a check saw.</summary>
internal static class HealthView
{
    public static void Show(Screen screen, IReadOnlyList<SiteHealth> results)
    {
        var table = TableLayout.Of("STATUS", "SITE", "HOST", ">CODE", ">MS", "REASON");
        foreach (var health in results)
        {
            table.AddRow(
                Styles.Word(health.Status),
                Styles.Plain(health.SiteName),
                Styles.Plain(health.HostName ?? (health.Target == HealthTarget.Public ? "(public)" : "-")),
                new Text(health.StatusCode?.ToString(CultureInfo.InvariantCulture) ?? "-"),
                new Text(health.AddressProbed is null ? "-" : health.Timings.Total.ToString("0", CultureInfo.InvariantCulture)),
                Styles.Plain(health.Reason));
        }

        if (results.Count > 0)
        {
            screen.Write(table);
        }

        screen.Line(Summary(results));
    }

    public static string Summary(IReadOnlyList<SiteHealth> results)
    {
        var counts = results.GroupBy(static health => health.Status).OrderByDescending(static group => group.Key)
            .Select(static group => string.Create(CultureInfo.InvariantCulture, $"{group.Count()} {group.Key.ToString().ToLowerInvariant()}"));
        return results.Count == 0
            ? "Nothing to check."
            : string.Create(CultureInfo.InvariantCulture, $"{results.Count} checked: {string.Join(", ", counts)}.");
    }
}
