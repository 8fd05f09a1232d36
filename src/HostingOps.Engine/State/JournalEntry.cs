namespace HostingOps.Engine.State;

/// <summary>One entry of the journal.</summary>
/// <param name="Sequence">Its number, from 1, without gaps over all operations.</param>
/// <param name="OperationId">The operation.</param>
/// <param name="SiteName">The site.</param>
/// <param name="Step">The step.</param>
/// <param name="Moment">The moment of the step.</param>
/// <param name="At">When it was written (UTC).</param>
/// <param name="Detail">One sentence, or null.</param>
/// <param name="DataJson">What a resume needs to know, as JSON, or null.</param>
internal sealed record JournalEntry(
    long Sequence,
    string OperationId,
    string SiteName,
    FailoverStep Step,
    JournalMoment Moment,
    DateTimeOffset At,
    string? Detail,
    string? DataJson);
