using HostingOps.Engine.Aws;
using HostingOps.Engine.Health;
using HostingOps.Engine.State;

namespace HostingOps.Engine.Apex.Recovery;

/// <summary>Puts a new redirector in the place of one that died.</summary>
internal sealed class ApexRecovery(
    HostingWorkspace workspace, AwsConnection aws, Func<StateDatabase> state, SiteProber prober, IOperationReporter reporter, TimeProvider time)
{
    public Task<ApexRecoveryPlan> PlanAsync(ApexRecoveryOptions options, CancellationToken cancellationToken) =>
        throw new NotSupportedException($"{workspace}{aws}{state}{prober}{reporter}{time}{options}");

    public Task<ApexRecoveryResult> RestoreAsync(ApexRecoveryPlan plan, ApexRecoveryOptions options, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<ApexRecoveryResult> ResumeAsync(string? operationId, ApexRecoveryOptions options, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
