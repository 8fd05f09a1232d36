using System.Globalization;
using HostingOps.Agent.Terminal;
using Spectre.Console;

namespace HostingOps.Agent.Output.Views;

/// <summary>A drill, told in the order in which it happens.</summary>
internal sealed class DrillView(Screen screen)
{
    private bool planned;

    public void Starting(HostingInventory inventory, string source)
    {
        screen.Line(string.Create(
            CultureInfo.InvariantCulture,
            $"Drill with {PrintableText.Of(source)}: {Count(inventory.Sites.Count, "site")} on {Count(inventory.Hosts.Count, "host")}."));
        screen.Line("Starting the sandbox on loopback: Route 53, a name server, and the sites.");
        screen.Line("Nothing in it reaches AWS or your hosts.");
        screen.Line();
    }

    public void Planned(SiteFailoverPlan plan)
    {
        if (!planned)
        {
            // Every plan of a drill leaves the host that was killed.
            screen.Line($"Killed {PrintableText.Of(plan.From)}, and saw its sites go down. The plan:");
            screen.Line();
            planned = true;
        }

        PlanView.Show(screen, plan);
    }

    public void Ended(FailoverDrillResult result)
    {
        Moves("The switch, and its proof:", result.Results);
        Moves("Failback, with the host started again:", result.Failback);
        var timeline = Timeline(result);
        if (timeline.Rows.Count > 0)
        {
            screen.Write(timeline);
            screen.Line();
        }

        if (result.Passed)
        {
            screen.Write(new Text(PrintableText.Of($"Passed. {result.Reason}"), Styles.Good));
        }
    }

    private void Moves(string title, IReadOnlyList<FailoverResult> results)
    {
        if (results.Count == 0)
        {
            return;
        }

        screen.Line(title);
        foreach (var result in results)
        {
            ResultView.Show(screen, result);
        }

        screen.Line();
    }

    private static Table Timeline(FailoverDrillResult result) => DrillTimeline.Table(
        result.Passed,
        ("detect", result.DetectSeconds, "from the kill until every site of the host showed as down"),
        ("decide", result.DecideSeconds, "probes, gates and plans"),
        ("switch", result.SwitchSeconds, "hooks and records, until Route 53 said INSYNC"),
        ("verify", result.VerifySeconds, "asking the name server and the sites themselves"),
        ("outage", result.OutageSeconds, "in all, from the kill to the proven switch"),
        ("failback", result.FailbackSeconds, "from its plan to its proof"));

    private static string Count(int number, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"{number} {what}{(number == 1 ? "" : "s")}");
}
