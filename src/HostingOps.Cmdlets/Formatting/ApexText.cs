namespace HostingOps.Cmdlets.Formatting;

/// <summary>Tests of redirects for the default views. Used by the module's Format.ps1xml files; not meant for scripts.</summary>
public static class ApexText
{
    /// <summary>What was found, a sentence on each line.</summary>
    public static string Sentences(object? findings) => string.Join(
        '\n', ViewedObject.Items(findings).Select(static finding => ViewedObject.Text(finding, nameof(ApexRedirectFinding.Message))));

    /// <summary>What was found: the code in its outcome's colour, then the sentence.</summary>
    public static string Findings(object? findings, object? style) => string.Join('\n', ViewedObject.Items(findings).Select(finding =>
        $"{StatusColour.Paint(ViewedObject.Text(finding, nameof(ApexRedirectFinding.Code)), ViewedObject.Text(finding, nameof(ApexRedirectFinding.Outcome)), style)}: {ViewedObject.Text(finding, nameof(ApexRedirectFinding.Message))}"));

    /// <summary>The requests in order: status and URL on each line.</summary>
    public static string Hops(object? hops) => string.Join('\n', ViewedObject.Items(hops).Select(static hop =>
        $"{ViewedObject.Text(hop, nameof(ApexRedirectHop.Status)),3} {ViewedObject.Text(hop, nameof(ApexRedirectHop.Url))}"));
}
