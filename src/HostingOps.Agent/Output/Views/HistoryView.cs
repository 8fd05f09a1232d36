using System.Globalization;
using HostingOps.Agent.Terminal;
using Spectre.Console;

namespace HostingOps.Agent.Output.Views;

/// <summary>What the journal has.</summary>
internal static class HistoryView
{
    public static void Show(Screen screen, IReadOnlyList<FailoverHistoryEntry> entries)
    {
        if (entries.Count == 0)
        {
            screen.Line("The journal has nothing of that kind.");
            return;
        }

        foreach (var operation in entries.GroupBy(static entry => entry.OperationId))
        {
            var first = operation.First();
            screen.Write(new Text(
                PrintableText.Of(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{first.StartedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z {first.Kind.ToString().ToLowerInvariant()} {operation.Key} by {first.By}{(first.UndoOf is { } undone ? $", undoes {undone}" : "")}")),
                Styles.Heading));
            var table = TableLayout.Of("", "", "", "");
            foreach (var entry in operation)
            {
                table.AddRow(
                    Styles.Word(entry.Outcome),
                    Styles.Plain(entry.SiteName),
                    Styles.Plain($"{entry.From ?? "?"} > {entry.To ?? "?"}"),
                    Styles.Plain(entry.Reason + (entry.Overrides is null ? "" : $" Overrides: {entry.Overrides}") + (entry.Resumable ? " Can be resumed." : "")));
            }

            screen.Write(TableLayout.Indented(table));
        }
    }

    public static void Show(Screen screen, IReadOnlyList<ApexHistoryEntry> entries)
    {
        if (entries.Count == 0)
        {
            screen.Line("The journal has nothing of that kind.");
            return;
        }

        foreach (var entry in entries)
        {
            screen.Write(new Text(
                PrintableText.Of(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{entry.StartedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z {entry.Kind.ToString().ToLowerInvariant()} {entry.OperationId} of {entry.PublicIp} by {entry.By}")),
                Styles.Heading));
            var table = TableLayout.Of("", "", "");
            table.AddRow(
                Styles.ApexOutcome(entry.Outcome),
                Styles.Plain($"{entry.From ?? "?"} > {entry.To ?? "?"}"),
                Styles.Plain(entry.Reason + (entry.Resumable ? " Can be resumed." : "")));
            screen.Write(TableLayout.Indented(table));
        }
    }
}
