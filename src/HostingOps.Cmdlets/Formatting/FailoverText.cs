namespace HostingOps.Cmdlets.Formatting;

/// <summary>Plans and results for the default views. Used by the module's Format.ps1xml files; not meant for scripts.</summary>
public static class FailoverText
{
    private const int NarrowestGateName = 16;

    /// <summary>
    /// Gates as aligned lines: + lets through, - refuses, ? could not be answered, ! was overridden; the name; the reason. The
    /// mark and the name have the outcome's colour.
    /// </summary>
    public static string Gates(object? gates, object? style = null)
    {
        var all = ViewedObject.Items(gates).ToList();
        var width = all.Select(static gate => ViewedObject.Text(gate, nameof(FailoverGate.Name)).Length).Append(NarrowestGateName).Max();
        return string.Join('\n', all.Select(gate => Line(gate, width, style)));
    }

    /// <summary>
    /// What a plan changes and what speaks against it, for a table: the move, the records before and after, and every gate that
    /// did not simply pass, with its reason.
    /// </summary>
    public static string Change(object plan, object? style)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var lines = new List<string>
        {
            DisplayText.Move(ViewedObject.Text(plan, nameof(SiteFailoverPlan.From)), ViewedObject.Text(plan, nameof(SiteFailoverPlan.To))),
        };
        if (ViewedObject.Property(plan, nameof(SiteFailoverPlan.Change)) is { } change)
        {
            lines.Add(RecordText.Changes(
                ViewedObject.Property(change, nameof(DnsSwitch.Before)), ViewedObject.Property(change, nameof(DnsSwitch.After))));
        }

        var gates = ViewedObject.Items(ViewedObject.Property(plan, nameof(SiteFailoverPlan.Gates))).ToList();
        var telling = gates.Where(static gate => Outcome(gate) != nameof(GateOutcome.Passed)).ToList();
        lines.AddRange(telling.Select(gate => Line(gate, 0, style)));
        if (gates.Count > telling.Count)
        {
            lines.Add(FormattableString.Invariant($"{Mark(nameof(GateOutcome.Passed))} {gates.Count - telling.Count} of {gates.Count} gates passed"));
        }

        return string.Join('\n', lines);
    }

    /// <summary>The steps of an operation as aligned lines: the step, how long it took, what was seen.</summary>
    public static string Timeline(object? entries) => string.Join('\n', ViewedObject.Items(entries).Select(static entry =>
        $"{ViewedObject.Text(entry, nameof(TimelineEntry.Step)),-8} {DisplayText.Seconds(ViewedObject.Property(entry, nameof(TimelineEntry.Seconds)) as double?),9}  {ViewedObject.Text(entry, nameof(TimelineEntry.Detail))}"
            .TrimEnd()));

    private static char Mark(string outcome) =>
        DisplayText.Mark(Enum.TryParse<GateOutcome>(outcome, out var known) ? known : GateOutcome.Unknown);

    private static string Outcome(object gate) => ViewedObject.Text(gate, nameof(FailoverGate.Outcome));

    private static string Line(object gate, int width, object? style)
    {
        var name = $"{Mark(Outcome(gate))} {ViewedObject.Text(gate, nameof(FailoverGate.Name))}";
        var gap = width == 0 ? ":" : new string(' ', Math.Max(0, width + 2 - name.Length));
        return $"{StatusColour.Paint(name, Outcome(gate), style)}{gap} {ViewedObject.Text(gate, nameof(FailoverGate.Reason))}";
    }
}
