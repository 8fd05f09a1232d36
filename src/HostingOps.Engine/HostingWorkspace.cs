using HostingOps.Engine.Failover;

namespace HostingOps.Engine;

/// <summary>
/// One open inventory with its AWS connection and state database: what the cmdlets and the agent call.
/// Connections are made on first use. Safe for use from several threads.
/// </summary>
public sealed class HostingWorkspace : IAsyncDisposable
{
    /// <summary>Finds and reads the inventory. No network, no database yet.</summary>
    /// <exception cref="HostingException">InventoryNotFound, InventoryUnreadable, InventoryInvalid.</exception>
    public static HostingWorkspace Open(WorkspaceOptions options, IOperationReporter reporter) => throw new NotImplementedException();

    /// <summary>Uses an inventory that is already in memory.</summary>
    public static HostingWorkspace Open(HostingInventory inventory, WorkspaceOptions options, IOperationReporter reporter) => throw new NotImplementedException();

    /// <summary>The inventory.</summary>
    public HostingInventory Inventory => throw new NotImplementedException();

    /// <summary>The sites whose names match; all when there are no patterns.</summary>
    /// <exception cref="HostingException">SiteNotFound, with the nearest name, when a name without wildcards matches nothing.</exception>
    public IReadOnlyList<HostedSite> SelectSites(IReadOnlyList<string>? namePatterns) => throw new NotImplementedException();

    /// <summary>Probes the sites; results come as they are made, in no order.</summary>
    public IAsyncEnumerable<SiteHealth> CheckHealthAsync(
        IReadOnlyList<HostedSite> sites, HealthTarget target, int throttleLimit, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Reads where the sites' records point.</summary>
    public IAsyncEnumerable<SiteDnsTarget> GetDnsTargetsAsync(
        IReadOnlyList<HostedSite> sites, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Plans, by reading only, to point the sites' records at the named host, with no gate but the compare-and-swap.</summary>
    /// <param name="hostName">A host name, or null with <paramref name="role"/>.</param>
    /// <param name="role">Primary or Secondary instead of a host name.</param>
    public IAsyncEnumerable<SiteFailoverPlan> PlanManualAsync(
        IReadOnlyList<HostedSite> sites, string? hostName, HealthTarget? role, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Plans the sites' failover by reading only.</summary>
    public IAsyncEnumerable<SiteFailoverPlan> PlanFailoverAsync(
        IReadOnlyList<HostedSite> sites, PlanOptions options, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Plans, by reading only, to take an operation back: all its sites, or those named.</summary>
    /// <param name="operationId">The operation's id or its unique beginning, or null for each named site's newest finished operation.</param>
    public IAsyncEnumerable<SiteFailoverPlan> PlanUndoAsync(
        string? operationId, IReadOnlyList<string>? siteNames, PlanOptions options, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Carries the plans out as one operation. Plans that are not Allowed give a result with outcome Refused. Never throws for one site's failure.</summary>
    public IAsyncEnumerable<FailoverResult> InvokeAsync(
        IReadOnlyList<SiteFailoverPlan> plans, InvokeOptions options, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Finishes operations that were cut off: the one named, or every resumable one.</summary>
    public IAsyncEnumerable<FailoverResult> ResumeAsync(
        string? operationId, IReadOnlyList<string>? siteNames, InvokeOptions options, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>What the journal has, newest first.</summary>
    public IReadOnlyList<FailoverHistoryEntry> GetHistory(HistoryFilter filter) => throw new NotImplementedException();

    /// <summary>Switches failover of a site off.</summary>
    public FailoverPause Pause(HostedSite site, string reason, DateTimeOffset? until) => throw new NotImplementedException();

    /// <summary>Switches failover of a site on again; null when it was on.</summary>
    public FailoverPause? Unpause(HostedSite site) => throw new NotImplementedException();

    /// <summary>The pauses that hold now.</summary>
    public IReadOnlyList<FailoverPause> GetPauses() => throw new NotImplementedException();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => throw new NotImplementedException();
}
