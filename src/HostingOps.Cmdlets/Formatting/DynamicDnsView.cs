namespace HostingOps.Cmdlets.Formatting;

/// <summary>Addresses, dynamic updates and uplinks for the default views. Used by the module's Format.ps1xml files; not meant for scripts.</summary>
public static class DynamicDnsView
{
    private const string UsualLine = "usual line";

    /// <summary>What each source said: its outcome in its colour, then a sentence that begins with its name.</summary>
    public static string Answers(object? answers, object? style) => string.Join('\n', ViewedObject.Items(answers).Select(answer =>
    {
        var outcome = ViewedObject.Text(answer, nameof(AddressAnswer.Outcome));
        return $"{StatusColour.Paint(outcome, outcome, style)}: {ViewedObject.Text(answer, nameof(AddressAnswer.Reason))}";
    }));

    /// <summary>From and to, the reason, and the change of line if there is one.</summary>
    public static string Change(object result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var lines = new List<string> { Move(result), ViewedObject.Text(result, nameof(DynamicDnsResult.Reason)) };
        if (ViewedObject.Property(result, nameof(DynamicDnsResult.UplinkChange)) is { } change)
        {
            lines.Add($"Uplink: {Line(change)}");
            lines.Add(Reaction(change));
        }

        return string.Join('\n', lines.Where(static line => line.Length > 0));
    }

    /// <summary>The address before and the one now, or the one there is.</summary>
    public static string Move(object result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var from = ViewedObject.Text(result, nameof(DynamicDnsResult.From));
        var to = ViewedObject.Text(result, nameof(DynamicDnsResult.To));
        return from == to && from.Length > 0 ? from : $"{Or(from, "none")} -> {Or(to, "not known")}";
    }

    /// <summary>The line before and the line now.</summary>
    public static string Line(object change) =>
        $"{Or(ViewedObject.Text(change, nameof(UplinkChange.From)), UsualLine)} -> {Or(ViewedObject.Text(change, nameof(UplinkChange.To)), UsualLine)}";

    /// <summary>Why, what was moved, and what is left to be done by hand.</summary>
    public static string Reaction(object change)
    {
        var command = ViewedObject.Text(change, nameof(UplinkChange.Command));
        var lines = ViewedObject.Items(ViewedObject.Property(change, nameof(UplinkChange.Failovers))).Select(ViewedObject.Text)
            .Prepend(ViewedObject.Text(change, nameof(UplinkChange.Reason)));
        return string.Join('\n', command.Length == 0 ? lines : lines.Append($"By hand: {command}"));
    }

    private static string Or(string text, string otherwise) => text.Length == 0 ? otherwise : text;
}
