using System.Globalization;
using HostingOps.Agent.Terminal;
using Spectre.Console;

namespace HostingOps.Agent.Output.Views;

/// <summary>How one site ended, with its timeline.</summary>
internal static class ResultView
{
    public static void Show(Screen screen, FailoverResult result)
    {
        var headline = new Paragraph();
        headline.Append(PrintableText.Of($"{result.SiteName}: "), Styles.Heading);
        headline.Append(result.Outcome.ToString(), Styles.Of(result.Outcome));
        headline.Append(PrintableText.Of($". {result.Reason}"));
        screen.Write(headline);
        if (result.Timeline.Count > 0)
        {
            var timeline = TableLayout.Of("", ">", "");
            foreach (var entry in result.Timeline)
            {
                timeline.AddRow(new Text(entry.Step.ToString().ToLowerInvariant()), new Text(Seconds(entry.Seconds)), Styles.Plain(entry.Detail));
            }

            screen.Write(TableLayout.Indented(timeline));
        }

        // The reason of a result with warnings repeats them; those of other outcomes would go unseen.
        if (result.Outcome != FailoverOutcome.SwitchedWithWarnings)
        {
            foreach (var warning in result.Warnings)
            {
                screen.Write(TableLayout.Indented(Styles.Plain($"warning: {warning}")));
            }
        }
    }

    public static string Seconds(double seconds) => string.Create(CultureInfo.InvariantCulture, $"{seconds:0.00} s");

    /// <summary>For example <c>3 sites: 2 succeeded, 1 refused.</c></summary>
    public static string Summary(IReadOnlyList<FailoverResult> results)
    {
        var counts = results.GroupBy(static result => result.Outcome).OrderBy(static group => group.Key)
            .Select(static group => string.Create(CultureInfo.InvariantCulture, $"{group.Count()} {Words(group.Key)}"));
        return string.Create(CultureInfo.InvariantCulture, $"{results.Count} {(results.Count == 1 ? "site" : "sites")}: {string.Join(", ", counts)}.");
    }

    private static string Words(FailoverOutcome outcome) => outcome switch
    {
        FailoverOutcome.InProgress => "in progress",
        FailoverOutcome.SwitchedWithWarnings => "switched with warnings",
        _ => outcome.ToString().ToLowerInvariant(),
    };
}
