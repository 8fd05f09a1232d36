using System.Globalization;
using HostingOps.Agent.Terminal;
using HostingOps.Engine.DynamicDns;
using Spectre.Console;

namespace HostingOps.Agent.Output.Views;

/// <summary>What a dynamic update found and did, or would do.</summary>
internal static class DdnsView
{
    public static void Show(Screen screen, DynamicDnsResult result)
    {
        screen.Write(new Text(
            PrintableText.Of(string.Create(
                CultureInfo.InvariantCulture,
                $"{result.At.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z {result.Record} {result.AddressFamily}: {result.From ?? "none"} > {result.To ?? "unknown"}")),
            Styles.Heading));
        var table = TableLayout.Of("", "");
        table.AddRow(Styles.Word(result.Outcome), Styles.Plain(result.Reason));
        if (result.UplinkChange is { } change)
        {
            table.AddRow(Styles.Plain("Uplink"), Styles.Plain(change.Reason));
            foreach (var move in change.Failovers)
            {
                table.AddRow(Styles.Plain(move.SiteName), Styles.Plain($"{move.Outcome}: {move.Reason}"));
            }

            if (change.ManualSites.Count > 0)
            {
                table.AddRow(Styles.Plain("By hand"), Styles.Plain($"hostingops failover {string.Join(' ', change.ManualSites)}"));
            }
        }

        screen.Write(TableLayout.Indented(table));
    }

    public static void Show(Screen screen, DynamicDnsPlan plan)
    {
        screen.Write(new Text(PrintableText.Of(plan.ToString()), Styles.Heading));
        var table = TableLayout.Of("", "", "");
        foreach (var gate in plan.Gates)
        {
            table.AddRow(Styles.Word(gate.Outcome), Styles.Plain(gate.Name.ToString()), Styles.Plain(gate.Reason));
        }

        screen.Write(TableLayout.Indented(table));
        screen.Line(plan.Ended is { } ended ? $"  {ended.Outcome}: {ended.Reason}" : "  Would be written.");
        if (plan.UplinkChange is { } change)
        {
            screen.Line($"  {change.Reason}");
        }
    }
}
