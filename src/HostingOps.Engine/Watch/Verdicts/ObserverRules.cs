using HostingOps.Engine.Health;

namespace HostingOps.Engine.Watch.Verdicts;

/// <summary>Tells a world that fails from an observer that does: a pure function of what all checks saw last.</summary>
internal static class ObserverRules
{
    // What has been failing for longer was judged when it began, and is no reason to doubt what is seen now.
    private static readonly TimeSpan AtOnce = TimeSpan.FromMinutes(5);

    /// <summary>Judges.</summary>
    /// <remarks>
    /// The share is that of the targets that began to fail within the last five minutes, among these and those that were seen to
    /// answer since the first of them began to fail. One target alone is never too many. Too many on the hosts of one provider
    /// are that provider's outage, when something outside of it answers: a known-good address or another provider's host.
    /// </remarks>
    /// <param name="policy">The allowed share.</param>
    /// <param name="sights">Each target's newest check, before any doubt; without those in a pause or in maintenance.</param>
    /// <param name="checks">What the observer checks said, or null when they were not asked.</param>
    /// <param name="now">The time.</param>
    public static ObserverJudgement Judge(FleetPolicy policy, IEnumerable<LatestSight> sights, ObserverSanity? checks, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(sights);
        if (checks is { IsSane: false })
        {
            return new ObserverJudgement(true, checks.Reason);
        }

        var seen = sights as IReadOnlyCollection<LatestSight> ?? sights.ToList();
        var (failing, since) = (0, DateTimeOffset.MaxValue);
        string? provider = null;
        var several = false;
        foreach (var sight in seen)
        {
            if (!sight.Fails || now - sight.FailsSince > AtOnce)
            {
                continue;
            }

            failing++;
            since = sight.FailsSince < since ? sight.FailsSince : since;
            several |= provider is not null && !IsSame(provider, sight.Host.Provider);
            provider ??= sight.Host.Provider;
        }

        if (failing < 2)
        {
            return new ObserverJudgement(false, failing == 0 ? "Nothing has begun to fail." : "One alone fails.");
        }

        var (answering, elsewhere) = (0, false);
        foreach (var sight in seen)
        {
            if (sight.Kind == ObservationKind.Answers && sight.StartedAt >= since)
            {
                answering++;
                elsewhere |= !IsSame(provider!, sight.Host.Provider);
            }
        }

        var share = 100.0 * failing / (failing + answering);
        var what = FormattableString.Invariant($"{failing} of {failing + answering} targets checked since {since.UtcDateTime:HH:mm:ss}Z fail ({share:0}%, allowed {policy.MaxFailingPercent}%)");
        if (share <= policy.MaxFailingPercent)
        {
            return new ObserverJudgement(false, what + ".");
        }

        if (several)
        {
            return new ObserverJudgement(true, $"{what}, and on hosts of several providers, so the fault may lie with this machine.");
        }

        return checks is { WasChecked: true } || elsewhere
            ? new ObserverJudgement(false, $"{what}, all on hosts of {provider}, and {(elsewhere ? "other providers' hosts answer" : "known-good addresses answer")}.")
            : new ObserverJudgement(true, $"{what}, and nothing outside of {provider} was seen to answer since; list known-good addresses under policy.observerChecks to tell its outage from this machine's.");
    }

    private static bool IsSame(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
