namespace HostingOps.Engine.Apex.Addresses;

/// <summary>One move on its way to its result.</summary>
internal sealed class ElasticIpMoveRun(ElasticIpMovePlan plan, TimeProvider time)
{
    private readonly DateTimeOffset startedAt = time.GetUtcNow();
    private readonly long started = time.GetTimestamp();

    /// <summary>The plan.</summary>
    public ElasticIpMovePlan Plan { get; } = plan;

    /// <summary>The operation in the journal, once it has begun.</summary>
    public string? OperationId { get; set; }

    /// <summary>The association as far as it is known.</summary>
    public string? AssociationId { get; set; }

    /// <summary>The result.</summary>
    public ElasticIpMoveResult End(ElasticIpMoveOutcome outcome, string? errorId, string reason, ElasticIpProof proof = ElasticIpProof.None)
    {
        var changed = outcome is ElasticIpMoveOutcome.Moved or ElasticIpMoveOutcome.MovedUnproven;
        return new ElasticIpMoveResult
        {
            PublicIp = Plan.PublicIp,
            AllocationId = Plan.AllocationId,
            Outcome = outcome,
            Reason = reason,
            ErrorId = errorId,
            Changed = changed,
            InstanceId = Plan.InstanceId,
            NetworkInterfaceId = Plan.NetworkInterfaceId,
            AssociationId = AssociationId,
            AvailabilityZone = Plan.AvailabilityZone,
            Proof = proof,
            PreviousInstanceId = Plan.From.InstanceId,
            PreviousNetworkInterfaceId = Plan.From.NetworkInterfaceId,
            PreviousAssociationId = Plan.From.AssociationId,
            Undo = changed && Plan.From.InstanceId is { } former && former != Plan.InstanceId
                ? new ElasticIpUndo { PublicIp = Plan.PublicIp, InstanceId = former, InventoryPath = Plan.InventoryPath }
                : null,
            OperationId = OperationId,
            StartedAt = startedAt,
            Duration = time.GetElapsedTime(started),
            Gates = Plan.Gates,
            InventoryPath = Plan.InventoryPath,
        };
    }
}
