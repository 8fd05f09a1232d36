namespace HostingOps.Engine.Watch.Verdicts;

/// <summary>
/// All that is remembered of a site on one host between two checks. Kept in the state database as JSON, so that <c>--once</c>
/// goes on where the last run ended. Every field may be missing, as another version may have written it.
/// </summary>
internal sealed record TargetVerdict
{
    private const string Unchecked = "It has not been checked yet.";

    /// <summary>Never checked.</summary>
    public static TargetVerdict Initial { get; } = new() { Reason = Unchecked };

    /// <summary>The verdict.</summary>
    public WatchState State { get; init; } = WatchState.Unknown;

    /// <summary>Since when it holds, or null when nothing was ever observed.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Why, in one sentence.</summary>
    public string Reason { get; init; } = Unchecked;

    /// <summary>Failures in a row at the end, of either kind.</summary>
    public int Failures { get; init; }

    /// <summary>How many of these, at the end, are Silent without a break.</summary>
    public int Silences { get; init; }

    /// <summary>Answers in a row at the end.</summary>
    public int Answers { get; init; }

    /// <summary>When the first check of the present row of failures began.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>
    /// How long the present row of failures has been seen to last. Not the time since its beginning: a sleep of this machine or
    /// a step of its clock between two checks counts for little.
    /// </summary>
    public TimeSpan FailingFor { get; init; }

    /// <summary>When the first answer of the present row of answers was known.</summary>
    public DateTimeOffset? AnsweringSince { get; init; }

    /// <summary>How long the present row of answers has been seen to last; as <see cref="FailingFor"/>, not the time since its beginning.</summary>
    public TimeSpan AnsweringFor { get; init; }

    /// <summary>The newest observation's time.</summary>
    public DateTimeOffset? ObservedAt { get; init; }

    /// <summary>
    /// A check counts only when it began after this: when the last row was broken, and some time after the beginning of the last
    /// failure that counted. So what ends late, or is told twice, is not counted.
    /// </summary>
    public DateTimeOffset? CountsAfter { get; init; }

    /// <summary>When the present outage was first Down; null once it is over. Recovering and a relapse are the same outage.</summary>
    public DateTimeOffset? DownSince { get; init; }

    /// <summary>When the outage before was over.</summary>
    public DateTimeOffset? RecoveredAt { get; init; }

    /// <summary>Outages in a row that each began soon after the one before had ended, the present one included.</summary>
    public int Flaps { get; init; }

    /// <summary>
    /// Whether the present outage is of a site that answers now and then: an answer does not end it before enough of the routine
    /// checks in a row have.
    /// </summary>
    public bool IsIntermittent { get; init; }

    /// <summary>The last routine checks, the newest in the lowest bit; a set bit is a failure.</summary>
    public ulong History { get; init; }

    /// <summary>When the newest check in <see cref="History"/> began.</summary>
    public DateTimeOffset? SampledAt { get; init; }
}
