namespace HostingOps;

/// <summary>This machine has begun to reach the world over another line.</summary>
public sealed record UplinkChange
{
    /// <summary>The dynamic record whose sources showed it.</summary>
    public required string Record { get; init; }

    /// <summary>The uplink before; null is the usual line, which has no name.</summary>
    public string? From { get; init; }

    /// <summary>The uplink now; null is the usual line.</summary>
    public string? To { get; init; }

    /// <summary>The address that shows it.</summary>
    public required string Address { get; init; }

    /// <summary>When it was first seen.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What the inventory wants to happen.</summary>
    public UplinkReaction Reaction { get; init; }

    /// <summary>Whether a notification channel was told; null when none is to be told.</summary>
    public bool? Alerted { get; init; }

    /// <summary>The sites that were failed over, each with what became of it.</summary>
    public IReadOnlyList<FailoverResult> Failovers { get; init; } = [];

    /// <summary>The sites behind the line whose policy wants a person to move them, or that could not be moved.</summary>
    public IReadOnlyList<string> ManualSites { get; init; } = [];

    /// <summary>What is left to be done by hand, as a command; null when nothing is.</summary>
    public string? Command => ManualSites.Count == 0 ? null : $"Invoke-SiteFailover {string.Join(", ", ManualSites)}";

    /// <summary>Whether nothing is left to be tried again by the next run.</summary>
    public bool Completed { get; init; }

    /// <summary>One or two sentences.</summary>
    public required string Reason { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{From ?? "usual line"} -> {To ?? "usual line"}";
}
