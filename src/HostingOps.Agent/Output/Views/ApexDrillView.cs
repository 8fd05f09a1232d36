using HostingOps.Agent.Terminal;
using Spectre.Console;

namespace HostingOps.Agent.Output.Views;

/// <summary>A drill of the bare domains' redirector, told in the order in which it happens.</summary>
internal sealed class ApexDrillView(Screen screen)
{
    public void Starting(HostingInventory inventory, string source)
    {
        screen.Line($"Drill with {PrintableText.Of(source)}: the redirector of the bare domains.");
        screen.Line("Starting the sandbox on loopback: EC2, Route 53, and the redirector.");
        screen.Line($"Nothing in it reaches AWS or {inventory.Apex?.ElasticIp ?? "your redirector"}.");
        screen.Line();
    }

    public void Planned(ApexRecoveryPlan plan)
    {
        screen.Line($"Failed availability zone {PrintableText.Of(plan.OldAvailabilityZone ?? "?")}, and saw every redirect go. The plan:");
        screen.Line();
        screen.Write(new Text(PrintableText.Of(plan.ToString()), Styles.Heading));
        var gates = TableLayout.Of("", "", "");
        foreach (var gate in plan.Gates)
        {
            gates.AddRow(Styles.Word(gate.Outcome), new Text(gate.Name.ToString()), Styles.Plain(gate.Reason));
        }

        screen.Write(TableLayout.Indented(gates));
        foreach (var step in plan.Steps.Concat(plan.Warnings.Select(static warning => $"warning: {warning}")))
        {
            screen.Write(TableLayout.Indented(Styles.Plain(step)));
        }

        screen.Line();
    }

    public void Ended(ApexDrillResult result)
    {
        if (result.Result is { } recovery)
        {
            screen.Line("The recovery, and its proof:");
            var events = TableLayout.Of(">", "", "");
            foreach (var entry in recovery.Timeline)
            {
                events.AddRow(new Text(ResultView.Seconds(entry.Elapsed.TotalSeconds)), new Text(entry.Step.ToLowerInvariant()), Styles.Plain(entry.Text));
            }

            screen.Write(TableLayout.Indented(events));
            screen.Line();
        }

        var timeline = Timeline(result);
        if (timeline.Rows.Count > 0)
        {
            screen.Write(timeline);
            screen.Line();
        }

        if (result.Passed)
        {
            screen.Write(new Text(PrintableText.Of($"Passed, served by {result.Server}. {result.Reason}"), Styles.Good));
        }
    }

    private static Table Timeline(ApexDrillResult result) => DrillTimeline.Table(
        result.Passed,
        ("detect", result.DetectSeconds, "from the failure until no redirect answered"),
        ("plan", result.PlanSeconds, "probes, conditions, dry runs and the configuration"),
        ("recheck", result.RecheckSeconds, "a last look whether all is as the plan saw it"),
        ("launch", result.LaunchSeconds, "until EC2 had an instance in another zone"),
        ("boot", result.BootSeconds, "until it ran and served"),
        ("test", result.TestSeconds, "every redirect by the instance's own address"),
        ("move", result.MoveSeconds, "the Elastic IP, read back"),
        ("verify", result.VerifySeconds, "every redirect by the Elastic IP"),
        ("outage", result.OutageSeconds, "in all, from the failure to the end of the recovery"));
}
