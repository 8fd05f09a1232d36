using System.Globalization;
using HostingOps.Agent.CommandLine;
using HostingOps.Agent.Terminal;
using HostingOps.Engine.Dns.Changes;
using HostingOps.Engine.Ssh;
using Spectre.Console;

namespace HostingOps.Agent.Output.Views;

/// <summary>A plan of zone changes as a person decides on it, and what became of each change.</summary>
internal static class ZoneChangeView
{
    public static void Show(Screen screen, ZoneChangePlan plan)
    {
        foreach (var line in ZoneChangeText.Describe(plan, "--what-if --json").Split('\n'))
        {
            screen.Line(PrintableText.Of(line));
        }

        screen.Line();
    }

    public static void Show(Screen screen, DnsRecordChangeResult result)
    {
        var line = new Paragraph();
        line.Append(PrintableText.Of($"{result.Action.ToString().ToLowerInvariant()} {result.Record}: "));
        line.Append(result.Outcome.ToString(), Styles.Of(result.Outcome));
        if (result.ErrorId is not null)
        {
            line.Append(PrintableText.Of($". {result.Reason}"));
        }

        screen.Write(line);
    }

    /// <summary>Sums up, and says the way back.</summary>
    public static void Close(Screen screen, IReadOnlyList<DnsRecordChangeResult> results, string connection)
    {
        if (results.Count == 0)
        {
            return;
        }

        var counts = results.GroupBy(static result => result.Outcome).OrderBy(static group => group.Key)
            .Select(static group => string.Create(CultureInfo.InvariantCulture, $"{group.Count()} {group.Key}"));
        screen.Line();
        screen.Line(string.Create(CultureInfo.InvariantCulture, $"{results.Count} {(results.Count == 1 ? "change" : "changes")}: {string.Join(", ", counts)}."));
        if (results.Any(static result => result.Outcome is DnsRecordChangeOutcome.Applied or DnsRecordChangeOutcome.NotProven))
        {
            screen.Line($"The way back: hostingops sync --undo {ShellWord.Of(results[0].OperationId)}{connection}");
        }
    }
}
