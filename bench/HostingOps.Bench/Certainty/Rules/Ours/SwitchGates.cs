using HostingOps.Engine.Health;

namespace HostingOps.Bench.Certainty.Rules.Ours;

/// <summary>
/// What stands between a verdict and a switch: the active host fails fresh probes in overlap (<see cref="HealthVerdict.Decide"/>),
/// the standby answers, the observer's addresses answer, and enough witnesses agree. The gates of policy (pause, cooldown, fleet
/// limits, an open operation) are open: they know nothing of faults.
/// </summary>
internal sealed class SwitchGates(World world, OurCheck check, OurOptions options)
{
    private const int Quorum = 2;

    private static readonly DateTimeOffset Epoch = DateTimeOffset.UnixEpoch;

    /// <summary>Makes a plan.</summary>
    /// <returns>Whether it switches, whether nothing stands against it but an answer of the site, and when that is known.</returns>
    public (bool Switches, bool Answered, double At) Decide(int site, double at)
    {
        var (down, known) = ActiveDown(site, at);
        var standby = check.Full(site, at, default, turn: 2, standby: true);
        var observer = ObserverSense.Ask(world, at);
        known = Math.Max(known, Math.Max(standby.At, observer.KnownAt));
        if (!standby.Answers || !observer.IsSane)
        {
            return (false, false, known);
        }

        var agree = 1;
        for (var i = 0; i < options.Witnesses; i++)
        {
            var seen = check.Full(site, at, default, turn: 3, vantage: Fleet.FirstWitness + i);
            agree += seen.Answers ? 0 : 1;
            known = Math.Max(known, seen.At);
        }

        var agreed = options.Witnesses == 0 || agree >= Quorum;
        return (agreed && down, agreed && !down, known);
    }

    private (bool Down, double At) ActiveDown(int site, double at)
    {
        var policy = options.Check;
        var (seen, answered, ended) = (new List<SiteHealth>(), double.PositiveInfinity, at);
        for (var i = 0; i < policy.FailAfter; i++)
        {
            var begun = at + (i * policy.ConfirmInterval.TotalSeconds);
            if (begun >= answered)
            {
                break;
            }

            var probe = check.Full(site, begun, default, turn: 2);
            answered = probe.Answers ? Math.Min(answered, probe.At) : answered;
            ended = Math.Max(ended, probe.At);
            seen.Add(Health(probe));
        }

        // An answer counts as soon as it is there, whichever probe got it.
        if (!double.IsInfinity(answered))
        {
            seen.Add(seen.First(static health => health.Status == SiteStatus.Healthy));
            ended = answered;
        }

        return (HealthVerdict.Decide(seen, policy).Kind == HealthVerdictKind.Down, ended);
    }

    private static SiteHealth Health(Sighting seen) => new()
    {
        SiteName = "",
        Target = HealthTarget.Primary,
        Status = seen.Answers ? SiteStatus.Healthy : SiteStatus.Down,
        Reason = "",
        CheckedAt = Epoch,
    };
}
