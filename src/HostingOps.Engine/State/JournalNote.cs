namespace HostingOps.Engine.State;

/// <summary>What is to be written about one site of an operation.</summary>
/// <param name="SiteName">The site.</param>
/// <param name="Step">The step.</param>
/// <param name="Moment">The moment of the step.</param>
/// <param name="Detail">One sentence, or null. Never a secret.</param>
/// <param name="DataJson">What a resume needs to know, as JSON, or null. Never a secret.</param>
internal sealed record JournalNote(
    string SiteName, FailoverStep Step, JournalMoment Moment, string? Detail = null, string? DataJson = null);
