namespace HostingOps;

/// <summary>One thing that is wrong, or could not be found out, about a redirect.</summary>
/// <param name="Code">What it is.</param>
/// <param name="Outcome">What it means for the redirect: Warning, Failed or Unknown.</param>
/// <param name="Message">What was seen and what was expected, in one sentence.</param>
public sealed record ApexRedirectFinding(ApexRedirectFindingCode Code, ApexRedirectOutcome Outcome, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Code}: {Message}";
}
