using HostingOps.Engine.Health;

namespace HostingOps.Engine.Watch.Verdicts;

/// <summary>Makes evidence of checks.</summary>
internal static class Evidence
{
    // A lost SYN is sent again after a second (RFC 6298 §2), so that less would take a lost packet for a silence.
    private static readonly TimeSpan ShortestSilence = TimeSpan.FromSeconds(1);

    /// <summary>What a check that has ended is evidence of.</summary>
    /// <remarks>
    /// A certificate that visitors' browsers refuse, where the policy enforces it, is Faulty like any other failure of a living
    /// host. "Unreachable", said by a router on the way, is Silent; said by this machine's own network it is Unclear.
    /// </remarks>
    public static Observation Of(SiteHealth health)
    {
        ArgumentNullException.ThrowIfNull(health);
        var kind = health.Status switch
        {
            SiteStatus.Healthy or SiteStatus.Degraded => ObservationKind.Answers,
            SiteStatus.Down => health.IsHostSilent ? ObservationKind.Silent : ObservationKind.Faulty,
            _ => ObservationKind.Unclear,
        };

        // The duration is measured by a clock that is never set, unlike a second look at the time of day.
        var took = double.IsFinite(health.Timings.Total) ? TimeSpan.FromMilliseconds(Math.Clamp(health.Timings.Total, 0, int.MaxValue)) : TimeSpan.Zero;
        return new Observation(kind, health.CheckedAt, health.CheckedAt + took, health.Reason);
    }

    /// <summary>
    /// How long a check that is still under way must have waited for its first TCP connection to be a silence already. The check
    /// goes on: what it comes to in the end is an observation of its own with the same <see cref="Observation.StartedAt"/>. An
    /// answer ends the row, a fault ends the row of silences, and a silence is not counted twice.
    /// </summary>
    public static TimeSpan SilentAfter(HealthCheckPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        var wish = policy.ConfirmInterval > ShortestSilence ? policy.ConfirmInterval : ShortestSilence;
        return wish < policy.Timeout ? wish : policy.Timeout;
    }

    /// <summary>The silence of a check that is still under way; see <see cref="SilentAfter"/>.</summary>
    /// <param name="startedAt">When the check began.</param>
    /// <param name="waited">How long it has waited, by a clock that is never set.</param>
    public static Observation OfSilence(DateTimeOffset startedAt, TimeSpan waited) => new(
        ObservationKind.Silent, startedAt, startedAt + waited, $"The host does not answer a connection within {Durations.Text(waited)}; the check goes on.");
}
