namespace HostingOps.Engine.Watch;

/// <summary>How a watcher works.</summary>
public sealed record WatchOptions
{
    /// <summary>Checks under way at once, at most. Default 256.</summary>
    public int ThrottleLimit { get; init; } = 256;

    /// <summary>How often single runs are begun, by whoever begins them; kept with the run, so that missed ones can be noticed. Null when it is not known.</summary>
    public TimeSpan? ExpectedEvery { get; init; }

    /// <summary>Time between two readings of Route 53. Default 5 min; after a switch it is read at once.</summary>
    public TimeSpan RoutingInterval { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Time within which all counts are saved, a share of them at a time. Default 5 min; a changed verdict is saved within a second.</summary>
    public TimeSpan SaveInterval { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Time between two looks at the inventory file. Default 2 s.</summary>
    public TimeSpan InventoryInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Where <c>/metrics</c> and <c>/status</c> are served, as <c>127.0.0.1:9464</c>; null for nowhere. Single runs serve nothing.</summary>
    public string? MetricsAddress { get; init; }

    /// <summary>The address of <see cref="MetricsAddress"/> that the agent and Start-SiteWatch take: loopback only.</summary>
    public const string UsualMetricsAddress = "127.0.0.1:9464";

    /// <summary>Is told of each verdict that changed, one after the other. Must not block.</summary>
    public Action<SiteWatchChange>? Changed { get; init; }

    /// <summary>Whether that is told too that a target was found in order when it was first checked: thousands of lines at the first start.</summary>
    public bool TellFirst { get; init; }

    /// <summary>Is told how the watcher fares, for a service manager. Must not block.</summary>
    public Action<WatchMoment>? Moment { get; init; }
}
