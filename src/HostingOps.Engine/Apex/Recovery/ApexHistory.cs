using HostingOps.Engine.State;

namespace HostingOps.Engine.Apex.Recovery;

/// <summary>The journal of operations on the apex, for people.</summary>
internal static class ApexHistory
{
    private const string InProgress = "InProgress";

    /// <summary>One operation with its entries.</summary>
    public static ApexHistoryEntry Of(ApexOperation operation, IReadOnlyList<ApexEntry> entries)
    {
        var (from, to) = Instances(operation, entries);
        return new ApexHistoryEntry
        {
            OperationId = operation.Id,
            Kind = operation.Kind,
            Outcome = operation.Outcome ?? InProgress,
            Reason = operation.Reason ?? $"It has not ended. {Text(entries[^1], withStep: true)}",
            ErrorId = operation.ErrorId,
            LastStep = entries[^1].Step.ToString(),
            PublicIp = operation.PublicIp,
            AllocationId = operation.AllocationId,
            From = from,
            To = to,
            By = operation.By,
            StartedAt = operation.StartedAt,
            EndedAt = operation.EndedAt,
            Resumable = IsResumable(operation),
            Timeline = entries.Select(entry => new ApexRecoveryEvent(entry.At, entry.At - operation.StartedAt, entry.Step.ToString(), Text(entry, withStep: false))).ToList(),
            Region = operation.Region,
            EndpointUrl = operation.EndpointUrl,
            InventoryPath = operation.InventoryPath,
        };
    }

    /// <summary>Whether a recovery is open. A move is not resumed: the next one finishes it.</summary>
    public static bool IsResumable(ApexOperation operation) => operation is { Kind: ApexOperationKind.Restore, EndedAt: null };

    private static (string? From, string? To) Instances(ApexOperation operation, IReadOnlyList<ApexEntry> entries)
    {
        if (operation.Kind == ApexOperationKind.Move)
        {
            var move = StateValue.FromJson<ElasticIpMovePlan>(operation.PlanJson);
            return (move.From.InstanceId, move.InstanceId);
        }

        var launched = entries.FirstOrDefault(static entry => entry is { Step: ApexStep.Launch, Moment: JournalMoment.Done, DataJson: not null });
        return (
            StateValue.FromJson<ApexRecoveryPlan>(operation.PlanJson).OldInstanceId,
            launched is null ? null : StateValue.FromJson<LaunchedInstance>(launched.DataJson!).InstanceId);
    }

    private static string Text(ApexEntry entry, bool withStep) =>
        $"{(withStep ? entry.Step + " " : "")}{entry.Moment.ToString().ToLowerInvariant()}{(entry.Detail is { } detail ? ": " + detail : ".")}";
}
