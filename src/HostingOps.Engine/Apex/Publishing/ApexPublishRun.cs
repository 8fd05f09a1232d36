namespace HostingOps.Engine.Apex.Publishing;

/// <summary>One publish on its way to its result.</summary>
internal sealed class ApexPublishRun(ApexPublishPlan plan, string? inventoryPath, IOperationReporter reporter, TimeProvider time)
{
    private const string Activity = "Publishing the redirects";

    private readonly DateTimeOffset startedAt = time.GetUtcNow();
    private readonly List<ApexPublishEntry> timeline = [];
    private ApexPublishStep? step;
    private DateTimeOffset stepAt;
    private long stepStarted;
    private string? detail;

    /// <summary>The plan.</summary>
    public ApexPublishPlan Plan { get; } = plan;

    /// <summary>How many names answered rightly.</summary>
    public int Verified { get; set; }

    /// <summary>Where the former file is.</summary>
    public string? Backup { get; set; }

    /// <summary>Whether the new file may have taken its place.</summary>
    public bool Swapped { get; private set; }

    /// <summary>A step begins.</summary>
    public void Begin(ApexPublishStep next)
    {
        Close();
        (step, stepAt, stepStarted, detail) = (next, time.GetUtcNow(), time.GetTimestamp(), null);
        Swapped |= next == ApexPublishStep.Swap;
        reporter.Verbose($"{Plan.Destination}: {next}.");
        reporter.Progress(new OperationProgress { Activity = Activity, CurrentItem = $"{Plan.Destination}: {next}" });
    }

    /// <summary>What was seen in this step.</summary>
    public void See(string seen) => detail = seen;

    /// <summary>The result.</summary>
    public ApexPublishResult End(ApexPublishOutcome outcome, string? errorId, string reason)
    {
        Close();
        reporter.Progress(new OperationProgress { Activity = Activity, Completed = true });
        reporter.Verbose($"{Plan.Destination}: {outcome}. {reason}");
        return new ApexPublishResult
        {
            Destination = Plan.Destination.ToString(),
            Path = Plan.Path,
            Outcome = outcome,
            Reason = reason,
            ErrorId = errorId,
            Checksum = Plan.Checksum,
            FormerChecksum = Plan.FormerChecksum,
            DomainCount = Plan.DomainCount,
            Added = Plan.Added,
            Removed = Plan.Removed,
            Changed = Plan.Changed,
            VerifiedCount = outcome == ApexPublishOutcome.Published ? Verified : 0,
            BackupPath = outcome == ApexPublishOutcome.Published ? Backup : null,
            Timeline = timeline,
            StartedAt = startedAt,
            EndedAt = time.GetUtcNow(),
            InventoryPath = inventoryPath,
        };
    }

    private void Close()
    {
        if (step is { } open)
        {
            timeline.Add(new ApexPublishEntry(open, stepAt, time.GetElapsedTime(stepStarted).TotalSeconds, detail));
            step = null;
        }
    }
}
