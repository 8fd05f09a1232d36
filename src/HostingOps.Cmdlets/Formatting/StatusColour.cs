namespace HostingOps.Cmdlets.Formatting;

/// <summary>The one place that decides which word has which colour, and whether there is any.</summary>
internal static class StatusColour
{
    private const string Reset = "\u001b[0m";

    /// <summary>
    /// Text in the colour of its word. Plain for a word without one, with OutputRendering PlainText (which NO_COLOR sets), and
    /// with Host into a file or a pipe: PowerShell itself leaves escape codes in the redirected output of its process.
    /// </summary>
    public static string Paint(string text, object? style) => Paint(text, text, style);

    /// <summary>Text in the colour of a word.</summary>
    public static string Paint(string text, string word, object? style)
    {
        if (style is null || Name(word) is not { } name)
        {
            return text;
        }

        var foreground = ViewedObject.Property(style, "Foreground");
        var colour = foreground is null ? "" : ViewedObject.Text(foreground, name);
        return Paint(text, colour, ViewedObject.Text(style, "OutputRendering"), Console.IsOutputRedirected);
    }

    internal static string Paint(string text, string? colour, string? outputRendering, bool redirected) =>
        string.IsNullOrEmpty(colour) || outputRendering == "PlainText" || (outputRendering == "Host" && redirected)
            ? text
            : $"{colour}{text}{Reset}";

    /// <summary>The name of a word's colour in $PSStyle.Foreground: green is well, yellow wants a look, red is bad, magenta is not known.</summary>
    internal static string? Name(string word) => word switch
    {
        "Healthy" or "Primary" or "Succeeded" or "Unchanged" or "Passed" or "yes" or "running"
            or "Moved" or "Published" or "AlreadyThere" or "Restored" or "Applied" or "Updated" or "Registered" or "Agrees" or "Sent" or "Current" or "Good" => "Green",
        "Degraded" or "Secondary" or "SwitchedWithWarnings" or "InProgress" or "Overridden" or "Warning" or "MovedUnproven" or "NotProven" or "Drift" or "Orphan"
            or "UpdatedUnproven" or "Waiting" or "NoAnswer" or "Undecided"
            or "Unfinished" or "Stale"
            or "Suspect" or "Recovering" or "Paused" or "Maintenance" => "Yellow",
        "Down" or "Stranger" or "Missing" or "Conflict" or "Refused" or "RolledBack" or "NotMoved" or "Failed" or "Error" or "no" or "OtherOwner" or "Unsupported" or "Disagrees" or "Undelivered" or "Different" or "Incomplete" => "Red",
        "Unknown" or "Drifted" or "NotSwitchable" or "AddressUnknown" => "Magenta",
        _ => null,
    };
}
