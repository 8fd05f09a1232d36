namespace HostingOps.Engine.Watch.Incidents;

/// <summary>Something that is wrong at the moment: the smallest thing whose failure explains what is seen.</summary>
internal sealed record Trouble
{
    /// <summary>What it is about.</summary>
    public required IncidentCause Cause { get; init; }

    /// <summary>Which site, host, provider or uplink; empty for this machine itself.</summary>
    public required string Subject { get; init; }

    /// <summary>One line.</summary>
    public required string Title { get; init; }

    /// <summary>What is seen.</summary>
    public required string Reason { get; init; }

    /// <summary>How urgent it is.</summary>
    public required AlertSeverity Severity { get; init; }

    /// <summary>When it was first seen.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>The sites that it touches.</summary>
    public IReadOnlyList<string> Sites { get; init; } = [];

    /// <summary>Those that are down for visitors, and that only a person may move.</summary>
    public IReadOnlyList<string> ManualSites { get; init; } = [];

    /// <summary>The host that it is on, or null.</summary>
    public string? Host { get; init; }

    /// <summary>The provider that it is at, or null.</summary>
    public string? Provider { get; init; }

    /// <summary>The line that it is behind, or null.</summary>
    public string? Uplink { get; init; }

    /// <summary>A page to look at, or null.</summary>
    public string? Link { get; init; }

    /// <summary>What tells it from others.</summary>
    public (IncidentCause Cause, string Subject) Key => (Cause, Subject);

    /// <summary>Whether something of that cause and subject explains this as well.</summary>
    public bool IsPartOf(IncidentCause cause, string subject) => Cause != cause && cause switch
    {
        IncidentCause.Host => Cause is IncidentCause.Site or IncidentCause.Standby && Host == subject,
        IncidentCause.Provider => Cause is IncidentCause.Site or IncidentCause.Standby or IncidentCause.Host && Provider == subject,
        IncidentCause.Uplink => Cause is IncidentCause.Site or IncidentCause.Standby or IncidentCause.Host or IncidentCause.Provider && Uplink == subject,
        _ => false,
    };
}
