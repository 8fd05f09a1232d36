namespace HostingOps.Engine.Watch.Incidents;

/// <summary>An incident with what the book remembers of it. Kept in the state database as JSON.</summary>
internal sealed record IncidentEntry
{
    /// <summary>The incident, as users see it.</summary>
    public required HostingIncident Incident { get; init; }

    /// <summary>What is wrong, as it was last seen.</summary>
    public required Trouble Trouble { get; init; }

    /// <summary>The greatest urgency so far.</summary>
    public required AlertSeverity Severity { get; init; }

    /// <summary>Since when it waits to be told, in case that it is a part of something wider.</summary>
    public required DateTimeOffset PendingSince { get; init; }

    /// <summary>When it was last seen.</summary>
    public required DateTimeOffset SeenAt { get; init; }

    /// <summary>Whether people know of it, and not of its end.</summary>
    public bool IsTold { get; init; }

    /// <summary>Since when nothing is wrong, or null.</summary>
    public DateTimeOffset? QuietSince { get; init; }

    /// <summary>How often it has come back.</summary>
    public int Flaps { get; init; }

    /// <summary>Its former end, while it waits to be told that it has come back.</summary>
    public DateTimeOffset? FormerEnd { get; init; }

    /// <summary>What was said of its former end.</summary>
    public string? FormerEnding { get; init; }

    /// <summary>Whether it lasts.</summary>
    public bool IsOpen => Incident.ClosedAt is null;

    /// <summary>What tells it from others.</summary>
    public (IncidentCause Cause, string Subject) Key => (Incident.Cause, Incident.Subject);
}
