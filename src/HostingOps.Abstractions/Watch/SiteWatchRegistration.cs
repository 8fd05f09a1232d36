namespace HostingOps;

/// <summary>A watch that the machine starts by itself, and what was written and run for that.</summary>
public sealed record SiteWatchRegistration
{
    /// <summary>Its name: of the unit, the file of cron, the task.</summary>
    public required string TaskName { get; init; }

    /// <summary>Whose it is.</summary>
    public required SiteWatchScope Scope { get; init; }

    /// <summary>What starts the watch, or null when none was registered.</summary>
    public SiteWatchKind? Kind { get; init; }

    /// <summary>What became of it.</summary>
    public required SiteWatchOutcome Outcome { get; init; }

    /// <summary>The account that the watch runs as, or null when it was removed.</summary>
    public string? RunsAs { get; init; }

    /// <summary>The command that is started, or null when it was removed.</summary>
    public string? CommandLine { get; init; }

    /// <summary>How often a single run begins, or null for a watch without end.</summary>
    public TimeSpan? Interval { get; init; }

    /// <summary>The files that were written or deleted.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>The commands that were run, in order.</summary>
    public IReadOnlyList<string> Commands { get; init; } = [];

    /// <summary>What is left for a person to see to, in sentences.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The state database that the watch uses, or null when it was removed.</summary>
    public string? StatePath { get; init; }

    /// <summary>The inventory file, or null when it was removed.</summary>
    public string? InventoryPath { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{TaskName}{(Kind is { } kind ? $" ({kind})" : "")}: {Outcome}";
}
