using HostingOps.Engine.Health;
using HostingOps.Engine.Watch.Automatic;
using HostingOps.Engine.Watch.Verdicts;

namespace HostingOps.Bench.Certainty.Rules.Ours;

/// <content>What observations make of verdicts, and verdicts of sites.</content>
internal sealed partial class WatcherRun
{
    private readonly TargetVerdict quiet = TargetVerdict.Initial with { State = WatchState.Healthy, Answers = 100, Reason = "" };
    // Judging goes through all sites; nothing that matters changes sooner.
    private const double JudgedFor = 0.5;

    // As automatic failover waits before and between its tries.
    private const double Gather = 1;
    private const double AnsweredWait = 5;
    private const double FirstWait = 10;
    private const double LongestWait = 300;

    private static readonly DateTimeOffset Midnight = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly FleetPolicy Policy = new();
    private static readonly SiteHost[] Hosts = [.. Enumerable.Range(0, Fleet.Providers).Select(static provider => new SiteHost
    {
        Name = FormattableString.Invariant($"host{provider}"),
        Provider = FormattableString.Invariant($"provider{provider}"),
    })];

    private int suspects;
    private int failing;
    private double judgedAt = double.NegativeInfinity;
    private bool inDoubt;
    private int held;

    private void Observe(WatchedSite site, ObservationKind kind, double started, double at)
    {
        site.Latest = (kind, started);
        var fails = kind is ObservationKind.Silent or ObservationKind.Faulty;
        if (fails && IsDoubted(at))
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
            (site.Tries, site.NotBefore) = (0, double.NegativeInfinity);
            PlanSwitch(site, at);
        }
    }

    private void Become(WatchedSite site, TargetVerdict verdict)
    {
        suspects += (verdict.State == WatchState.Suspect ? 1 : 0) - (site.Verdict.State == WatchState.Suspect ? 1 : 0);
        failing += (verdict.Failures > 0 ? 1 : 0) - (site.Verdict.Failures > 0 ? 1 : 0);
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

    /// <summary>Whether failures seen now are not to be believed, as the shipped rules say.</summary>
    private bool IsDoubted(double at)
    {
        if (observer.IsDoubted || failing < 2)
        {
            return observer.IsDoubted;
        }

        if (at - judgedAt >= JudgedFor)
        {
            var checks = observer.WasAsked ? new ObserverSanity(true, true, "") : null;
            (judgedAt, inDoubt) = (at, ObserverRules.Judge(Policy, sites.Select(site => SightOf(site, at)), checks, Time(at)).IsInDoubt);
        }

        return inDoubt;
    }

    private LatestSight SightOf(WatchedSite site, double at)
    {
        var latest = site.IsAsleep ? (Kind: ObservationKind.Answers, Started: SlotAfter(site, at) - interval) : site.Latest;
        return new LatestSight(Hosts[Fleet.ProviderOf(Fleet.ActiveHost(site.Site))], latest.Kind, Time(latest.Started), site.Verdict.FailingSince);
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
                CheckSoon(sibling, at);
            }
        }
    }

    private void CheckSoon(WatchedSite site, double at)
    {
        var clean = site.IsAsleep && NextCondition(site, at) > at;
        if (clean && site.Draws.Unit() >= odd.Chance(inFull: true))
        {
            // The next neighbour that falls silent does not have it checked again at once.
            site.LastStart = at;
            log.Checks++;
            log.Connections++;
            return;
        }

        Enqueue(new(clean ? HappeningKind.OddConfirm : HappeningKind.Confirm, site.Site, ++site.Plan), at);
    }

    private void PlanSwitch(WatchedSite site, double at)
    {
        if (site.IsPlanned || at < site.NotBefore)
        {
            return;
        }

        if (LastedEnough(site) is var lasted && lasted > at + 0.001)
        {
            Enqueue(new(HappeningKind.Plan, site.Site), lasted);
            return;
        }

        // As long as others are suspect, a moment's wait puts them into the same operation.
        var (switches, answered, decided) = gates.Decide(site.Site, suspects > 0 ? at + Gather : at);
        if (switches)
        {
            site.IsPlanned = true;
            Enqueue(new(HappeningKind.Switch, site.Site), decided);
            return;
        }

        PlanAgain(site, at, decided, answered);
    }

    private double LastedEnough(WatchedSite site) => Seconds(SiteMoves.LastedEnough(options.Policy, site.Verdict));

    /// <summary>A plan that led to no switch: the next comes after a wait that doubles, or a short one when only the site answered; a relapse is planned at once.</summary>
    private void PlanAgain(WatchedSite site, double planned, double ended, bool answered)
    {
        log.Stopped.Add((site.Site, planned));
        site.NotBefore = ended + (answered ? AnsweredWait : Math.Min(FirstWait * Math.Pow(2, site.Tries++), LongestWait));
        Enqueue(new(HappeningKind.Plan, site.Site), site.NotBefore);
    }

    private void Switch(WatchedSite site, double at)
    {
        site.IsPlanned = false;
        if (site.Verdict.State != WatchState.Down || LastedEnough(site) > at)
        {
            // What holds right before the switch is what counts.
            PlanAgain(site, at, at, answered: true);
            return;
        }

        log.Switch(site.Site, at);
        Hold(site, null);
        Become(site, quiet);
        (site.BusyUntil, site.Tries, site.NotBefore) = (double.NegativeInfinity, 0, double.NegativeInfinity);
        site.Plan++;
        Enqueue(new(HappeningKind.Back, site.Site), log.RestsUntil(site.Site));
    }

    /// <summary>Whether answers would change nothing in what is held of a site but to age it.</summary>
    private bool IsQuiet(WatchedSite site, double at) =>
        site.Verdict is { State: WatchState.Healthy, Failures: 0 } && site.Held is null && !site.IsPlanned && site.BusyUntil <= at;

    private Observation Observation(ObservationKind kind, double started, double at) => new(kind, Time(started), Time(at), "");

    private static DateTimeOffset Time(double seconds) => Midnight.AddTicks((long)(Math.Max(seconds, -FaultModel.Day) * TimeSpan.TicksPerSecond));

    private static double Seconds(DateTimeOffset time) => (time - Midnight).Ticks / (double)TimeSpan.TicksPerSecond;
}
