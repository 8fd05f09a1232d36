namespace HostingOps.Engine.Watch.Incidents;

/// <summary>All that is wrong at one moment, and of what nothing can be said.</summary>
internal sealed record TroubleSight
{
    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What is wrong; a part of something wider stands only with that.</summary>
    public required IReadOnlyList<Trouble> Troubles { get; init; }

    /// <summary>What can't be judged now: an incident of it neither goes on nor ends.</summary>
    public IReadOnlySet<(IncidentCause Cause, string Subject)> Unclear { get; init; } = new HashSet<(IncidentCause, string)>();

    /// <summary>How it is with what is not wrong, in a sentence, by cause and subject.</summary>
    public IReadOnlyDictionary<(IncidentCause Cause, string Subject), string> Now { get; init; } = new Dictionary<(IncidentCause, string), string>();
}
