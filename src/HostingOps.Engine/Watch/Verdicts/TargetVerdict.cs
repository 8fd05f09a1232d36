namespace HostingOps.Engine.Watch.Verdicts;

/// <summary>All that is remembered of a site on one host between two checks. Kept in the state database as JSON, so that <c>--once</c> goes on where the last run ended.</summary>
internal sealed record TargetVerdict
{
    /// <summary>Never checked.</summary>
    public static TargetVerdict Initial { get; } = new() { Reason = "It has not been checked yet." };

    /// <summary>The verdict.</summary>
    public WatchState State { get; init; } = WatchState.Unknown;

    /// <summary>Since when it holds, or null when nothing was ever observed.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Why, in one sentence.</summary>
    public required string Reason { get; init; }

    /// <summary>Failures in a row at the end, of either kind.</summary>
    public int Failures { get; init; }

    /// <summary>How many of these, at the end, are Silent without a break.</summary>
    public int Silences { get; init; }

    /// <summary>Answers in a row at the end.</summary>
    public int Answers { get; init; }

    /// <summary>When the first check of the present row of failures began.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>The newest observation's time.</summary>
    public DateTimeOffset? ObservedAt { get; init; }
}
