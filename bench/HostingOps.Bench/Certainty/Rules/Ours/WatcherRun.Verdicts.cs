using HostingOps.Engine.Watch.Verdicts;

namespace HostingOps.Bench.Certainty.Rules.Ours;

/// <content>What observations make of verdicts, and verdicts of sites.</content>
internal sealed partial class WatcherRun
{
    private readonly TargetVerdict quiet = TargetVerdict.Initial with { State = WatchState.Healthy, Answers = 100, Reason = "" };
    private int suspects;
    private int held;

    private void Observe(WatchedSite site, ObservationKind kind, double started, double at)
    {
        var fails = kind is ObservationKind.Silent or ObservationKind.Faulty;
        if (fails && (observer.IsDoubted || TooManyFail()))
        {
            (kind, fails) = (ObservationKind.Unclear, false);
        }

        var seen = Observation(kind, started, at);
        var before = site.Verdict;
        var step = VerdictMachine.Observe(before, seen, options.Check, Circumstance.None);
        if (fails && step.Verdict.State == WatchState.Down && before.State != WatchState.Down
            && !observer.IsKnown(Seconds(before.FailingSince ?? seen.StartedAt), at))
        {
            Hold(site, seen);
            return;
        }

        if (!fails)
        {
            Hold(site, null);
        }

        Become(site, step.Verdict);
        if (step.NextCheck is { } wait)
        {
            Enqueue(new(HappeningKind.Confirm, site.Site, ++site.Plan), Math.Max(at, site.LastStart + wait.TotalSeconds));
        }
        else if (options.Skips && IsQuiet(site, at))
        {
            Rest(site, Math.Max(at, site.LastStart));
        }

        if (before.State == WatchState.Healthy && step.Verdict.State == WatchState.Suspect && kind == ObservationKind.Silent)
        {
            CheckSiblings(site, at);
        }

        if (step.Verdict.State == WatchState.Down && before.State != WatchState.Down)
        {
            log.Downs.Add((site.Site, at));
            PlanSwitch(site, at);
        }
    }

    private void Become(WatchedSite site, TargetVerdict verdict)
    {
        suspects += (verdict.State == WatchState.Suspect ? 1 : 0) - (site.Verdict.State == WatchState.Suspect ? 1 : 0);
        site.Verdict = verdict;
    }

    private void Hold(WatchedSite site, Observation? observation)
    {
        held += (observation is null ? 0 : 1) - (site.Held is null ? 0 : 1);
        site.Held = observation;
    }

    private void TakeHeld(double at)
    {
        if (held == 0)
        {
            return;
        }

        foreach (var site in sites)
        {
            if (site.Held is { } waiting)
            {
                Hold(site, null);
                Observe(site, waiting.Kind, Seconds(waiting.StartedAt), at);
            }
        }
    }

    /// <summary>More than the allowed share fail at once, and not on one provider's hosts only, as when the provider is out.</summary>
    private bool TooManyFail()
    {
        Span<int> failing = stackalloc int[Fleet.Providers];
        foreach (var site in sites)
        {
            failing[Fleet.ProviderOf(Fleet.ActiveHost(site.Site))] += site.Verdict.Failures > 0 ? 1 : 0;
        }

        return failing[0] > 0 && failing[1] > 0 && failing[0] + failing[1] > options.MaxShare * sites.Length;
    }

    /// <summary>When a host falls silent, its other sites are checked at once.</summary>
    private void CheckSiblings(WatchedSite suspect, double at)
    {
        var first = Fleet.FirstSiteOn(Fleet.ActiveHost(suspect.Site));
        for (var i = first; i < first + Fleet.LivePerHost; i++)
        {
            var sibling = sites[i];
            if (sibling != suspect && sibling.Verdict.State == WatchState.Healthy && at - sibling.LastStart > confirm && !log.Rests(i, at))
            {
                Enqueue(new(HappeningKind.Confirm, i, ++sibling.Plan), at);
            }
        }
    }

    private void PlanSwitch(WatchedSite site, double at)
    {
        if (site.IsPlanned)
        {
            return;
        }

        var (switches, decided) = gates.Decide(site.Site, at);
        if (switches)
        {
            site.IsPlanned = true;
            Enqueue(new(HappeningKind.Switch, site.Site), decided);
            return;
        }

        log.Stopped.Add((site.Site, at));
        Enqueue(new(HappeningKind.Plan, site.Site), decided + options.PlanAgain);
    }

    private void Switch(WatchedSite site, double at)
    {
        log.Switch(site.Site, at);
        Hold(site, null);
        Become(site, quiet);
        (site.IsPlanned, site.BusyUntil) = (false, double.NegativeInfinity);
        site.Plan++;
        Enqueue(new(HappeningKind.Back, site.Site), log.RestsUntil(site.Site));
    }

    /// <summary>Whether an answer would change nothing in what is held of a site.</summary>
    private bool IsQuiet(WatchedSite site, double at) =>
        site.Verdict is { State: WatchState.Healthy, Failures: 0, History: 0 } && site.Held is null && !site.IsPlanned && site.BusyUntil <= at;

    private Observation Observation(ObservationKind kind, double started, double at) => new(kind, Time(started), Time(at), "");

    private static DateTimeOffset Time(double seconds) => DateTimeOffset.UnixEpoch.AddYears(50).AddTicks((long)(seconds * TimeSpan.TicksPerSecond));

    private static double Seconds(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch.AddYears(50)).Ticks / (double)TimeSpan.TicksPerSecond;
}
