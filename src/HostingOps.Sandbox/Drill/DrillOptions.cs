namespace HostingOps.Sandbox.Drill;

/// <summary>How a drill is run.</summary>
public sealed record DrillOptions
{
    /// <summary>The host to kill, or null for the one with the most live sites.</summary>
    public string? KillHost { get; init; }

    /// <summary>Time between two looks at the sites while waiting for the death to show. Default 1 s.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long the death may take to show before the drill has failed. Default 30 s.</summary>
    public TimeSpan DetectTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Probes under way at once.</summary>
    public int ThrottleLimit { get; init; } = 32;
}
