using HostingOps.Engine.Failover;

namespace HostingOps.Engine.Watch.Automatic;

/// <summary>Moves sites by an open inventory.</summary>
internal sealed class WorkspaceMover(HostingWorkspace workspace) : ISiteMover
{
    /// <inheritdoc/>
    public HostingInventory Inventory => workspace.Inventory;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SiteFailoverPlan>> PlanAsync(IReadOnlyList<HostedSite> sites, PlanOptions options, CancellationToken cancellationToken)
    {
        var plans = new List<SiteFailoverPlan>();
        await foreach (var plan in workspace.PlanFailoverAsync(sites, options, cancellationToken).ConfigureAwait(false))
        {
            plans.Add(plan);
        }

        return plans;
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<FailoverResult> InvokeAsync(
        IReadOnlyList<SiteFailoverPlan> plans, InvokeOptions options, CancellationToken cancellationToken) =>
        workspace.InvokeAsync(plans, options, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<FailoverHistoryEntry>> CutOffAsync(CancellationToken cancellationToken) => workspace.CutOffOperationsAsync(cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<FailoverResult> ResumeAsync(string operationId, IReadOnlyList<string> siteNames, CancellationToken cancellationToken) =>
        workspace.ResumeAsync(operationId, siteNames, new InvokeOptions(), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<FailoverHistoryEntry>> HistoryAsync(
        IReadOnlyList<string> siteNames, DateTimeOffset since, CancellationToken cancellationToken) =>
        workspace.ZoneHistoryAsync(siteNames, since, cancellationToken);

    /// <inheritdoc/>
    public DateTimeOffset? LastTold(string incidentId) => workspace.LastTold(incidentId);

    /// <inheritdoc/>
    public IReadOnlySet<string>? SitesTold(string incidentId) => workspace.SitesTold(incidentId);

    /// <inheritdoc/>
    public IReadOnlyList<HostingAlert>? OpenNotices() => workspace.OpenNotices();
}
