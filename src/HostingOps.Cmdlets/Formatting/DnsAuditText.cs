namespace HostingOps.Cmdlets.Formatting;

/// <summary>Audits of sites' DNS for the default views. Used by the module's Format.ps1xml files; not meant for scripts.</summary>
public static class DnsAuditText
{
    /// <summary>The codes of what was found in one line, each once, in the colour of its severity.</summary>
    public static string Codes(object? findings, object? style) => string.Join(
        ", ",
        ViewedObject.Items(findings)
            .Select(static finding => (Code: ViewedObject.Text(finding, nameof(SiteDnsFinding.Code)), Severity: ViewedObject.Text(finding, nameof(SiteDnsFinding.Severity))))
            .Distinct()
            .Select(finding => StatusColour.Paint(finding.Code, finding.Severity, style)));

    /// <summary>What was found: the code in its severity's colour, then what was seen, each on a line.</summary>
    public static string Findings(object? findings, object? style) => string.Join('\n', ViewedObject.Items(findings).Select(finding =>
        $"{StatusColour.Paint(ViewedObject.Text(finding, nameof(SiteDnsFinding.Code)), ViewedObject.Text(finding, nameof(SiteDnsFinding.Severity)), style)}: {ViewedObject.Text(finding, nameof(SiteDnsFinding.Seen))}"));

    /// <summary>The way of a chain in one line.</summary>
    public static string Chain(object? chain) => string.Join(" -> ", ViewedObject.Items(chain).Select(ViewedObject.Text));

    /// <summary>A switch time; that there is none, or a question mark when it is not known.</summary>
    public static string SwitchTime(object? span, object? status)
    {
        var text = DisplayText.Duration(span);
        return text.Length > 0 ? text : ViewedObject.Text(status) == nameof(SiteDnsStatus.Unknown) ? "?" : "never";
    }
}
