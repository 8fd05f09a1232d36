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

    private static Table Timeline(FailoverDrillResult result)
    {
        var table = TableLayout.Of("STEP", ">SECONDS", "WHAT");
        Row("detect", result.DetectSeconds, "from the kill until every site of the host showed as down");
        Row("decide", result.DecideSeconds, "probes, gates and plans");
        Row("switch", result.SwitchSeconds, "hooks and records, until Route 53 said INSYNC");
        Row("verify", result.VerifySeconds, "asking the name server and the sites themselves");
        Row("outage", result.OutageSeconds, "in all, from the kill to the proven switch");
        Row("failback", result.FailbackSeconds, "from its plan to its proof");
        return table;

        void Row(string step, double seconds, string what)
        {
            // A drill that failed has no figures for what it did not come to.
            if (result.Passed || seconds > 0)
            {
                table.AddRow(new Text(step), new Text(seconds.ToString("0.00", CultureInfo.InvariantCulture)), new Text(what));
            }
        }
    }

    private static string Count(int number, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"{number} {what}{(number == 1 ? "" : "s")}");
}
