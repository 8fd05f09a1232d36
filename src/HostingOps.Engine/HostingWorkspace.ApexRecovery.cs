using HostingOps.Engine.Apex.Recovery;
using HostingOps.Engine.State;

namespace HostingOps.Engine;

/// <content>The recovery of the bare domains' redirector.</content>
public sealed partial class HostingWorkspace
{
    /// <summary>Plans, by reading and dry runs only, to put a new redirector in the place of the present one.</summary>
    /// <param name="options">What is wanted.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="HostingException">ApexNotConfigured, ElasticIpNotFound, InvalidArgument, or an AWS error. What refuses the recovery is in the plan.</exception>
    public Task<ApexRecoveryPlan> PlanApexRecoveryAsync(ApexRecoveryOptions options, CancellationToken cancellationToken) =>
        Recovery.PlanAsync(options, cancellationToken);

    /// <summary>Carries a plan out. What went wrong after the beginning is in the result; only cancellation is thrown then, and can be resumed.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="options">As the plan was made with.</param>
    /// <param name="cancellationToken">Stops where it is.</param>
    /// <exception cref="HostingException">ElasticIpBusy; StateUnavailable, StateCorrupt, JournalTampered: nothing was begun, or it can be resumed.</exception>
    public Task<ApexRecoveryResult> RestoreApexAsync(ApexRecoveryPlan plan, ApexRecoveryOptions options, CancellationToken cancellationToken) =>
        Recovery.RestoreAsync(plan, options, cancellationToken);

    /// <summary>Goes on with a recovery that was cut off, or that left an instance running without moving the address to it.</summary>
    /// <param name="operationId">The operation, or null for the newest open one of the inventory's address.</param>
    /// <param name="options">Time-outs and routes; what is launched and terminated is in the journal.</param>
    /// <param name="cancellationToken">Stops where it is.</param>
    /// <exception cref="HostingException">OperationNotFound, OperationNotResumable, ElasticIpBusy, JournalTampered, or an AWS error.</exception>
    public Task<ApexRecoveryResult> ResumeApexRecoveryAsync(string? operationId, ApexRecoveryOptions options, CancellationToken cancellationToken) =>
        Recovery.ResumeAsync(operationId, options, cancellationToken);

    /// <summary>Operations on the apex, moves and recoveries, newest first.</summary>
    /// <exception cref="HostingException">JournalTampered, StateUnavailable, StateCorrupt.</exception>
    public IReadOnlyList<ApexHistoryEntry> GetApexHistory(ApexHistoryFilter filter) =>
        new ApexJournal(state.Value).History(filter).Select(static found => ApexHistory.Of(found.Operation, found.Entries)).ToList();

    private ApexRecovery Recovery => new(this, aws.Value, () => state.Value, prober.Value, reporter, options.Time);
}
