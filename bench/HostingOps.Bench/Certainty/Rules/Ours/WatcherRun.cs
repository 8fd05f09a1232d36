using HostingOps.Engine.Watch.Verdicts;

namespace HostingOps.Bench.Certainty.Rules.Ours;

/// <summary>One watcher's day, event by event. Times in which nothing can happen to a site but an answer are slept through.</summary>
internal sealed partial class WatcherRun
{
    // A check that begins before a fault may still be under way when it comes.
    private const double Before = 1.5;

    private readonly World world;
    private readonly OurOptions options;
    private readonly RuleLog log;
    private readonly PriorityQueue<Happening, double> queue = new();
    private readonly WatchedSite[] sites;
    private readonly OurCheck check;
    private readonly OddChecks odd;
    private readonly ObserverSense observer;
    private readonly SwitchGates gates;
    private readonly double interval;
    private readonly double confirm;

    public WatcherRun(World world, OurOptions options, RuleLog log)
    {
        (this.world, this.options, this.log) = (world, options, log);
        (interval, confirm) = (options.Check.Interval.TotalSeconds, options.Check.ConfirmInterval.TotalSeconds);
        check = new OurCheck(world, options.Check, log);
        odd = new OddChecks(world.Day.Model, interval, check.Keeps);
        observer = new ObserverSense(world);
        gates = new SwitchGates(world, check, options);
        sites = new WatchedSite[world.Day.Fleet.Sites];
        for (var site = 0; site < sites.Length; site++)
        {
            var draws = new DrawSequence(world.Day.Draws.Of(800_000 + (ulong)site));
            sites[site] = new WatchedSite(site, draws.Unit() * interval, quiet, draws);
        }
    }

    public void Live()
    {
        foreach (var site in sites)
        {
            Rest(site, -interval);
        }

        while (queue.TryDequeue(out var happening, out var at))
        {
            Happen(happening, at);
            if (observer.LookIfNeeded(at, suspects > 0, held > 0) is { } look)
            {
                Enqueue(new(HappeningKind.Observer, -1, Start: look), look);
            }
        }

        foreach (var site in sites.Where(static site => site.IsAsleep))
        {
            CountSlept(site, FaultModel.Day);
        }
    }

    private void Happen(in Happening happening, double at)
    {
        var site = happening.Site >= 0 ? sites[happening.Site] : null!;
        switch (happening.Kind)
        {
            case HappeningKind.Routine or HappeningKind.Odd or HappeningKind.Confirm or HappeningKind.OddConfirm when happening.Plan == site.Plan:
                Check(site, at, happening.Kind);
                break;
            case HappeningKind.Observed when !log.Rests(site.Site, at):
                Observe(site, happening.Seen, happening.Start, at);
                break;
            case HappeningKind.Observer when observer.Take(at, happening.Start):
                TakeHeld(at);
                break;
            case HappeningKind.Plan when site.Verdict.State == WatchState.Down && !log.Rests(site.Site, at):
                PlanSwitch(site, at);
                break;
            case HappeningKind.Switch:
                Switch(site, at);
                break;
            case HappeningKind.Back:
                Rest(site, at);
                break;
        }
    }

    /// <summary>Goes on with a site: at its next routine check, or as late as something other than an answer may be seen.</summary>
    private void Rest(WatchedSite site, double after)
    {
        var slot = SlotAfter(site, after);
        var fault = NextCondition(site, after);
        if (!options.Skips || !IsQuiet(site, after) || fault <= slot)
        {
            Enqueue(new(HappeningKind.Routine, site.Site, ++site.Plan), slot);
            return;
        }

        site.IsAsleep = true;
        var oddAt = slot + (site.Draws.Misses(odd.Chance(world.Day.RefusesHead(site.Site))) * interval);
        var faultAt = double.IsInfinity(fault) ? fault : SlotAfter(site, fault - interval);
        var wake = Math.Min(oddAt, faultAt);
        site.SleptFrom = slot;
        if (faultAt <= oddAt ? !double.IsInfinity(faultAt) : oddAt < FaultModel.Day)
        {
            Enqueue(new(oddAt < faultAt ? HappeningKind.Odd : HappeningKind.Routine, site.Site, ++site.Plan), wake);
        }
    }

    private void Check(WatchedSite site, double at, HappeningKind kind)
    {
        if (at >= FaultModel.Day && IsQuiet(site, at) && double.IsInfinity(NextCondition(site, at)))
        {
            return;
        }

        var routine = kind is HappeningKind.Routine or HappeningKind.Odd;
        if (at < site.BusyUntil)
        {
            // A living host that takes its time is not asked again before it has answered.
            Enqueue(new(kind, site.Site, ++site.Plan), routine ? SlotAfter(site, at) : site.BusyUntil);
            return;
        }

        if (site.IsAsleep)
        {
            WakeUp(site, at);
        }

        log.Checks++;
        var oddities = kind switch
        {
            HappeningKind.Odd => odd.Draw(world.Day.RefusesHead(site.Site), site.Draws),
            HappeningKind.OddConfirm => odd.Draw(inFull: true, site.Draws),
            _ => default,
        };
        if (kind == HappeningKind.Odd)
        {
            site.KeptSince = oddities.Kept ? at : double.NegativeInfinity;
        }

        var seen = check.Run(site, at, routine, oddities);
        site.LastStart = at;
        Enqueue(new(HappeningKind.Routine, site.Site, ++site.Plan), SlotAfter(site, at));
        if (seen.ConnectedAt > at + confirm && seen.At > at + confirm)
        {
            Enqueue(new(HappeningKind.Observed, site.Site, Start: at, Seen: ObservationKind.Silent), at + confirm);
        }

        site.BusyUntil = seen.ConnectedAt <= at + confirm ? seen.At : site.BusyUntil;
        Enqueue(new(HappeningKind.Observed, site.Site, Start: at, Seen: Evidence(seen.Kind)), seen.At);
    }

    /// <summary>What the skipped checks have left in the verdict: an answer, one interval ago.</summary>
    private void WakeUp(WatchedSite site, double at)
    {
        var slept = CountSlept(site, at);
        var started = at - interval;

        // Each answer pushed the failures before it further back.
        var samples = (int)Math.Min(64, slept / Math.Ceiling(new VerdictLimits(options.Check).SampleApart.TotalSeconds / interval));
        site.Verdict = site.Verdict with { History = samples > 63 ? 0 : site.Verdict.History << samples };
        Become(site, VerdictMachine.Observe(site.Verdict, Observation(ObservationKind.Answers, started, started + 0.1), options.Check, Circumstance.None).Verdict);
        site.KeptSince = check.Keeps ? at - (site.Draws.Unit() * OurCheck.LongestKept) : double.NegativeInfinity;
    }

    private double CountSlept(WatchedSite site, double until)
    {
        site.IsAsleep = false;
        var skipped = Math.Max(0, Math.Round((until - site.SleptFrom) / interval));
        log.Checks += skipped;
        log.Connections += skipped * (world.Day.RefusesHead(site.Site) ? 1 : odd.Fresh + odd.SecondRequests);
        return skipped;
    }

    private double SlotAfter(WatchedSite site, double after) => site.Phase + ((Math.Floor((after - site.Phase) / interval + 1e-9) + 1) * interval);

    /// <summary>From when on something may be seen that is no answer: infinity for never.</summary>
    private double NextCondition(WatchedSite site, double after)
    {
        var next = double.PositiveInfinity;
        foreach (var condition in world.Day.On(site.Site, false, Fleet.Observer))
        {
            if (condition.End > after)
            {
                next = Math.Min(next, condition.Start - Before);
            }
        }

        return next;
    }

    private void Enqueue(in Happening happening, double at) => queue.Enqueue(happening, at);

    private static ObservationKind Evidence(SightingKind kind) => kind switch
    {
        SightingKind.Answers => ObservationKind.Answers,
        SightingKind.Silent => ObservationKind.Silent,
        _ => ObservationKind.Faulty,
    };
}
