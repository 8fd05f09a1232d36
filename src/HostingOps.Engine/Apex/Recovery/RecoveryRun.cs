using HostingOps.Engine.State;

namespace HostingOps.Engine.Apex.Recovery;

/// <summary>One recovery on its way to its result.</summary>
internal sealed class RecoveryRun(ApexRecoveryPlan plan, string? operationId, DateTimeOffset startedAt, IOperationReporter reporter, TimeProvider time)
{
    private readonly List<ApexRecoveryEvent> timeline = [];
    private readonly List<string> warnings = [.. plan.Warnings];

    public ApexRecoveryPlan Plan { get; } = plan;

    public string? OperationId { get; } = operationId;

    public DateTimeOffset StartedAt { get; } = startedAt;

    public string? InstanceId { get; set; }

    public string? OwnAddress { get; set; }

    public string? AvailabilityZone { get; set; }

    public bool Moved { get; set; }

    public bool OldTerminated { get; set; }

    public int RedirectsProven { get; set; }

    /// <summary>Whether they were proven over https too.</summary>
    public bool HttpsTested { get; set; }

    /// <summary>Whether the new instance's answers are known to name it: then one that does not is another's.</summary>
    public bool NamesItself { get; set; }

    public int RedirectCount { get; set; } = plan.RedirectCount;

    /// <summary>Adds to the timeline, and tells the reporter.</summary>
    public void Add(ApexStep step, string text)
    {
        var now = time.GetUtcNow();
        timeline.Add(new(now, now - StartedAt, step.ToString(), text));
        reporter.Verbose($"{step}: {text}");
        reporter.Progress(new OperationProgress { Activity = RecoveryRunner.Activity, CurrentItem = text });
    }

    /// <summary>Adds a warning.</summary>
    public void Warn(string text) => warnings.Add(text);

    /// <summary>The result.</summary>
    public ApexRecoveryResult End(ApexRecoveryOutcome outcome, string? errorId, string reason, bool resumable = false) => new()
    {
        OperationId = OperationId,
        Outcome = outcome,
        Reason = reason,
        ErrorId = errorId,
        PublicIp = Plan.PublicIp,
        AllocationId = Plan.AllocationId,
        OldInstanceId = Plan.OldInstanceId,
        OldTerminated = OldTerminated,
        NewInstanceId = InstanceId,
        NewPublicIp = OwnAddress,
        AvailabilityZone = AvailabilityZone,
        Moved = Moved,
        RedirectsProven = RedirectsProven,
        RedirectCount = RedirectCount,
        HttpsTested = HttpsTested,
        Timeline = [.. timeline],
        Warnings = [.. warnings],
        Undo = Moved && !OldTerminated && Plan.OldInstanceId is { } old && old != InstanceId
            ? new ElasticIpUndo { PublicIp = Plan.PublicIp, InstanceId = old, InventoryPath = Plan.InventoryPath }
            : null,
        Resumable = resumable,
        StartedAt = StartedAt,
        EndedAt = time.GetUtcNow(),
        Gates = Plan.Gates,
        InventoryPath = Plan.InventoryPath,
    };
}
