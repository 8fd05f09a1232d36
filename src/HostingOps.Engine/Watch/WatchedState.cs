using HostingOps.Engine.Watch.Checking;
using HostingOps.Engine.Watch.Scheduling;
using HostingOps.Engine.Watch.Verdicts;

namespace HostingOps.Engine.Watch;

/// <summary>All that the loop knows of one target. Touched by the loop only, under its lock.</summary>
internal sealed class WatchedState
{
    /// <summary>Begins to watch a target.</summary>
    /// <param name="target">The target.</param>
    /// <param name="check">How it is checked.</param>
    /// <param name="phase">Its place within the interval, 0 to 1, for as long as it is watched.</param>
    /// <param name="verdict">What is held of it.</param>
    public WatchedState(WatchTarget target, ITargetCheck check, double phase, TargetVerdict verdict)
    {
        Target = target;
        Check = check;
        Phase = phase;
        Verdict = verdict;
        Ticket = new CheckTicket<WatchedState>(this);
    }

    /// <summary>The target, with its role of now.</summary>
    public WatchTarget Target { get; set; }

    /// <summary>How it is checked.</summary>
    public ITargetCheck Check { get; set; }

    /// <summary>Its place within the interval.</summary>
    public double Phase { get; }

    /// <summary>Time between its routine checks.</summary>
    public TimeSpan Interval { get; set; }

    /// <summary>Its place in the scheduler.</summary>
    public CheckTicket<WatchedState> Ticket { get; }

    /// <summary>What is held of it.</summary>
    public TargetVerdict Verdict { get; set; }

    /// <summary>The last check that ended.</summary>
    public SiteHealth? Last { get; set; }

    /// <summary>What its newest check saw, whether or not it was believed; null in a pause or a window.</summary>
    public LatestSight? Sight { get; set; }

    /// <summary>How soon the next check follows the one before, or null for the routine interval.</summary>
    public TimeSpan? Confirm { get; set; }

    /// <summary>Its checks under way.</summary>
    public List<CheckUnderWay> UnderWay { get; } = [];

    /// <summary>Whether a check became due while another was waiting for a living host's answer.</summary>
    public bool IsDeferred { get; set; }

    /// <summary>A check that was given up and has not ended yet: no other is begun beside it.</summary>
    public CheckUnderWay? Hanging { get; set; }

    /// <summary>Whether its last check never ended, which was told.</summary>
    public bool IsStuck { get; set; }

    /// <summary>The failure that would make it Down, as long as it is not known whether this machine may be believed.</summary>
    public HeldObservation? Held { get; set; }

    /// <summary>Whether somebody has asked for its next check.</summary>
    public bool IsWanted { get; set; }

    /// <summary>When its last check began.</summary>
    public TimeSpan LastBegan { get; set; }

    /// <summary>Whether the state database has another state of it.</summary>
    public bool StateChanged { get; set; }

    /// <summary>Whether the state database has other counts of it.</summary>
    public bool CountsChanged { get; set; }

    /// <summary>Whether it is watched no more.</summary>
    public bool IsGone { get; set; }
}
