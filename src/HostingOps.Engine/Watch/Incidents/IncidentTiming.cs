namespace HostingOps.Engine.Watch.Incidents;

/// <summary>How long the book waits for what.</summary>
internal sealed record IncidentTiming
{
    /// <summary>The watcher's.</summary>
    public static IncidentTiming Default { get; } = new();

    /// <summary>For a run of one turn, which can't wait: what is wrong has been confirmed, and everything was looked at.</summary>
    public static IncidentTiming AtOnce { get; } = new() { Group = TimeSpan.Zero, Slow = TimeSpan.Zero };

    /// <summary>Until the first alert, so that a host's sites, which fail within seconds of each other, are one alert. Default 5 s.</summary>
    public TimeSpan Group { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The same for what nobody has to get up for, and which may pass by itself. Default 30 s.</summary>
    public TimeSpan Slow { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// What comes back within this time is the same incident, and its next end is told only after as long a quiet, then twice as
    /// long. Default 10 min.
    /// </summary>
    public TimeSpan HoldDown { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The longest quiet that is asked for. Default 1 h.</summary>
    public TimeSpan LongestHoldDown { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long the last sites of a host that comes back still count as the host's. Default 2 min.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long something waits to be told.</summary>
    public TimeSpan WaitOf(IncidentCause cause) => cause switch
    {
        IncidentCause.Standby or IncidentCause.Certificate or IncidentCause.Watcher => Slow,
        _ => Group,
    };

    /// <summary>How long it must be quiet before an end is believed.</summary>
    public TimeSpan QuietOf(int flaps)
    {
        var quiet = flaps == 0 ? TimeSpan.Zero : HoldDown * Math.Pow(2, Math.Min(flaps - 1, 10));
        return quiet < LongestHoldDown ? quiet : LongestHoldDown;
    }
}
