namespace HostingOps.Engine.State;

/// <summary>One site of an operation.</summary>
/// <param name="SiteName">The site.</param>
/// <param name="Plan">The plan as it was confirmed.</param>
internal sealed record JournalSite(string SiteName, SiteFailoverPlan Plan)
{
    /// <summary>How the operation stands or ended on this site. Read from the journal; ignored by Begin.</summary>
    public FailoverOutcome Outcome { get; init; } = FailoverOutcome.InProgress;

    /// <summary>One sentence about the outcome. Read from the journal; ignored by Begin.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Id of the error that ended it, or null. Read from the journal; ignored by Begin.</summary>
    public string? ErrorId { get; init; }

    /// <summary>When it ended (UTC), or null. Read from the journal; ignored by Begin.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Whether Resume can finish it: begun and not ended, or ended without knowing whether the records were changed.</summary>
    public bool Resumable => Outcome is FailoverOutcome.InProgress or FailoverOutcome.Unknown;
}
