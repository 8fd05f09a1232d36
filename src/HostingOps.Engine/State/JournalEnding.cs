namespace HostingOps.Engine.State;

/// <summary>How an operation ended on one site.</summary>
/// <param name="SiteName">The site.</param>
/// <param name="Outcome">How it ended; not InProgress.</param>
/// <param name="Reason">One sentence about the outcome.</param>
/// <param name="ErrorId">Id of the error that ended it, or null.</param>
/// <param name="Result">The whole result as it was returned, or null.</param>
internal sealed record JournalEnding(
    string SiteName, FailoverOutcome Outcome, string Reason, string? ErrorId = null, FailoverResult? Result = null);
