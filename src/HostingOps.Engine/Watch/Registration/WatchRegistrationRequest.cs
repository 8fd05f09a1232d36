namespace HostingOps.Engine.Watch.Registration;

/// <summary>How the watch is to be started by the machine. Paths are full.</summary>
public sealed record WatchRegistrationRequest
{
    /// <summary>What starts it, or null for what suits the machine.</summary>
    public SiteWatchKind? Kind { get; init; }

    /// <summary>Whose it is, or null for the machine's when an administrator asks, and else the account's.</summary>
    public SiteWatchScope? Scope { get; init; }

    /// <summary>The name of the unit, file or task.</summary>
    public string TaskName { get; init; } = DefaultName;

    /// <summary>How often a single run begins, or null for the usual 5 minutes, or for a scheduled task without end.</summary>
    public TimeSpan? Interval { get; init; }

    /// <summary>The inventory.</summary>
    public required string InventoryPath { get; init; }

    /// <summary>The state database, or null for the usual place of that scope.</summary>
    public string? StatePath { get; init; }

    /// <summary>The account, or null for the least that will do.</summary>
    public string? User { get; init; }

    /// <summary>The <c>hostingops</c> program, or null for the one on PATH, and else this module in PowerShell.</summary>
    public string? AgentPath { get; init; }

    /// <summary>Files of NAME=value lines that the watch gets as its environment. They are named, never read.</summary>
    public IReadOnlyList<string> EnvironmentFiles { get; init; } = [];

    /// <summary>The name when none is given.</summary>
    public const string DefaultName = "hostingops-watch";
}
