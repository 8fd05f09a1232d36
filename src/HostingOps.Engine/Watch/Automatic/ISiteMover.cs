using HostingOps.Engine.Failover;

namespace HostingOps.Engine.Watch.Automatic;

/// <summary>What automatic moves need of an open inventory: the very same plans and operations as by hand.</summary>
internal interface ISiteMover
{
    /// <summary>The inventory.</summary>
    HostingInventory Inventory { get; }

    /// <summary>Plans by reading only.</summary>
    Task<IReadOnlyList<SiteFailoverPlan>> PlanAsync(IReadOnlyList<HostedSite> sites, PlanOptions options, CancellationToken cancellationToken);

    /// <summary>Carries plans out.</summary>
    IAsyncEnumerable<FailoverResult> InvokeAsync(IReadOnlyList<SiteFailoverPlan> plans, InvokeOptions options, CancellationToken cancellationToken);

    /// <summary>Each site's newest operation in the inventory's zone that was cut off; none that somebody is at work on.</summary>
    Task<IReadOnlyList<FailoverHistoryEntry>> CutOffAsync(CancellationToken cancellationToken);

    /// <summary>Finishes an operation that was cut off, on these of its sites.</summary>
    IAsyncEnumerable<FailoverResult> ResumeAsync(string operationId, IReadOnlyList<string> siteNames, CancellationToken cancellationToken);

    /// <summary>What was done to these sites in the inventory's zone since then, newest first.</summary>
    Task<IReadOnlyList<FailoverHistoryEntry>> HistoryAsync(IReadOnlyList<string> siteNames, DateTimeOffset since, CancellationToken cancellationToken);

    /// <summary>When people were last told of an incident, by whatever process; null for never, or when it can't be read.</summary>
    DateTimeOffset? LastTold(string incidentId);

    /// <summary>The sites that people were told of under an id, by whatever process; null when it can't be read.</summary>
    IReadOnlySet<string>? SitesTold(string incidentId);

    /// <summary>News of moves that belong to no incident and whose end was not told yet; null when it can't be read.</summary>
    IReadOnlyList<HostingAlert>? OpenNotices();
}
