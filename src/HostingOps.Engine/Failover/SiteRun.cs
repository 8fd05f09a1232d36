using HostingOps.Engine.Dns;

namespace HostingOps.Engine.Failover;

/// <summary>One site on its way through an operation: where it stands, and what was measured.</summary>
internal sealed class SiteRun(string operationId, SiteFailoverPlan plan, HostedSite site, DateTimeOffset startedAt)
{
    private readonly List<TimelineEntry> timeline = [];
    private readonly List<string> warnings = [];
    private readonly List<int> sentBatches = [];
    private bool sentWithMarker;

    public string OperationId => operationId;

    public SiteFailoverPlan Plan => plan;

    public HostedSite Site => site;

    public DnsSwitch Change => plan.Change ?? throw new InvalidOperationException("A plan without a change was begun.");

    public SiteHost? To { get; } = plan.To is null ? null : SiteHosts.Of(site, plan.To);

    public DateTimeOffset StartedAt => startedAt;

    /// <summary>Steps that the journal already has as done: a resumed operation does not repeat them.</summary>
    public HashSet<FailoverStep> Done { get; } = [];

    /// <summary>Whether a request to Route 53 is out whose answer has not come, or was not journaled.</summary>
    public bool IsSent { get; private set; }

    /// <summary>What was sent before and never heard of again.</summary>
    public SentRequests Unanswered => IsSent ? new SentRequests(sentWithMarker ? operationId : null, [.. sentBatches]) : SentRequests.None;

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

    /// <summary>Which hooks ran before a switch that did not come about, as a sentence with a space before it; else empty.</summary>
    public string HooksThatRan
    {
        get
        {
            var ran = plan.Hooks.Select(static hook => hook.Stage).Distinct()
                .Where(stage => (stage == HookStage.Fence && Done.Contains(FailoverStep.Fence)) || (stage == HookStage.Promote && Done.Contains(FailoverStep.Promote)))
                .Select(static stage => stage.ToString().ToLowerInvariant()).ToArray();
            return ran.Length == 0 ? "" : $" Its {string.Join(" and ", ran)} hooks had run: see what they left on the hosts.";
        }
    }

    /// <summary>A request is about to be sent.</summary>
    /// <param name="batch">Its number, or null when it carries no marker.</param>
    public void Sent(int? batch)
    {
        IsSent = true;
        sentWithMarker = batch is not null;
        sentBatches.Add(batch ?? 0);
    }

    /// <summary>Route 53 has refused what was sent: nothing is out any more.</summary>
    public void Refused()
    {
        IsSent = false;
        sentBatches.Clear();
    }

    public void Warn(string message, string errorId)
    {
        warnings.Add(message);
        WarningId ??= errorId;
    }

    public void Measured(FailoverStep step, DateTimeOffset started, TimeSpan took, string? detail) =>
        timeline.Add(new TimelineEntry(step, started, took.TotalSeconds, detail));

    /// <param name="found">The record sets that were found instead of those wanted, when they were read.</param>
    public FailoverResult End(
        FailoverOutcome outcome, string reason, string? errorId, DateTimeOffset now, IReadOnlyList<DnsRecordSet>? found = null) => Result = new FailoverResult
    {
        OperationId = operationId,
        SiteName = plan.SiteName,
        Kind = plan.Kind,
        Outcome = outcome,
        Reason = reason,
        From = plan.From,
        To = plan.To,
        Before = Change.Before,
        After = Switched ? Change.After : found ?? (outcome == FailoverOutcome.Unknown ? [] : Change.Before),
        ChangeId = ChangeId,
        Timeline = [.. timeline],
        Warnings = [.. warnings],
        ErrorId = errorId,
        StartedAt = startedAt,
        EndedAt = now,
        InventoryPath = plan.InventoryPath,
    };
}
