namespace HostingOps;

/// <summary>What people are told, once per incident and change of it.</summary>
public sealed record HostingAlert
{
    /// <summary>What happened.</summary>
    public required AlertEvent Event { get; init; }

    /// <summary>How urgent it is.</summary>
    public required AlertSeverity Severity { get; init; }

    /// <summary>
    /// The same for everything that is told of one cause, so that receivers (PagerDuty's <c>dedup_key</c>) can put it together.
    /// </summary>
    public required string IncidentId { get; init; }

    /// <summary>One line, for example <c>do-1 is down with 40 sites</c>.</summary>
    public required string Title { get; init; }

    /// <summary>What was seen and what was done, in sentences.</summary>
    public required string Text { get; init; }

    /// <summary>The sites concerned.</summary>
    public IReadOnlyList<string> Sites { get; init; } = [];

    /// <summary>What else is known, by name, for programs that read alerts.</summary>
    public IReadOnlyDictionary<string, string?> Details { get; init; } = new Dictionary<string, string?>();

    /// <summary>The very command that does what is left to do by hand, or null when nothing is.</summary>
    public string? Command { get; init; }

    /// <summary>A page that shows it, or null: the site's own when it is about one.</summary>
    public string? Link { get; init; }

    /// <summary>When it happened (UTC).</summary>
    public required DateTimeOffset At { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Title;
}
