namespace HostingOps;

/// <summary>What starts the watch.</summary>
public enum SiteWatchKind : long
{
    /// <summary>A systemd service that watches without end.</summary>
    Service,

    /// <summary>A systemd timer that begins single runs.</summary>
    Timer,

    /// <summary>A line of cron that begins single runs.</summary>
    Cron,

    /// <summary>A task of the Windows Task Scheduler, without end or as single runs.</summary>
    ScheduledTask,
}
