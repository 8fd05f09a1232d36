using System.Globalization;
using Spectre.Console;

namespace HostingOps.Agent.Output.Views;

/// <summary>How long each part of a drill took.</summary>
internal static class DrillTimeline
{
    /// <summary>A row for each step; a drill that failed has none for what it did not come to.</summary>
    public static Table Table(bool passed, params IReadOnlyList<(string Step, double Seconds, string What)> steps)
    {
        var table = TableLayout.Of("STEP", ">SECONDS", "WHAT");
        foreach (var (step, seconds, what) in steps.Where(step => passed || step.Seconds > 0))
        {
            table.AddRow(new Text(step), new Text(seconds.ToString("0.00", CultureInfo.InvariantCulture)), new Text(what));
        }

        return table;
    }
}
