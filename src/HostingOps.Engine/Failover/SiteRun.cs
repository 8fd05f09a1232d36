namespace HostingOps.Engine.Failover;

/// <summary>One site on its way through an operation: where it stands, and what was measured.</summary>
internal sealed class SiteRun(string operationId, SiteFailoverPlan plan, HostedSite site, DateTimeOffset startedAt)
{
    private readonly List<TimelineEntry> timeline = [];
    private readonly List<string> warnings = [];

    public string OperationId => operationId;

    public SiteFailoverPlan Plan => plan;

    public HostedSite Site => site;

    public DnsSwitch Change => plan.Change ?? throw new InvalidOperationException("A plan without a change was begun.");

    public SiteHost? To { get; } = plan.To is null ? null : SiteHosts.Of(site, plan.To);

    public DateTimeOffset StartedAt => startedAt;

    /// <summary>Steps that the journal already has as done: a resumed operation does not repeat them.</summary>
    public HashSet<FailoverStep> Done { get; } = [];

    /// <summary>Whether a request to Route 53 may be out whose answer was not journaled.</summary>
    public bool SwitchMayHaveApplied { get; set; }

    public string? ChangeId { get; set; }

    /// <summary>How it ended, or null while it goes on.</summary>
    public FailoverResult? Result { get; private set; }

    public bool Active => Result is null;

    public bool Switched => Done.Contains(FailoverStep.Switch);

    public IReadOnlyList<string> Warnings => warnings;

    /// <summary>Id of the first warning's error, or null.</summary>
    public string? WarningId { get; private set; }

    /// <summary>Whether the caller has been given the result.</summary>
    public bool Reported { get; set; }

    public void Warn(string message, string errorId)
    {
        warnings.Add(message);
        WarningId ??= errorId;
    }

    public void Measured(FailoverStep step, DateTimeOffset started, TimeSpan took, string? detail) =>
        timeline.Add(new TimelineEntry(step, started, took.TotalSeconds, detail));

    public FailoverResult End(FailoverOutcome outcome, string reason, string? errorId, DateTimeOffset now) => Result = new FailoverResult
    {
        OperationId = operationId,
        SiteName = plan.SiteName,
        Kind = plan.Kind,
        Outcome = outcome,
        Reason = reason,
        From = plan.From,
        To = plan.To,
        Before = Change.Before,
        After = Change.After,
        ChangeId = ChangeId,
        Timeline = [.. timeline],
        Warnings = [.. warnings],
        ErrorId = errorId,
        StartedAt = startedAt,
        EndedAt = now,
        InventoryPath = plan.InventoryPath,
    };
}
