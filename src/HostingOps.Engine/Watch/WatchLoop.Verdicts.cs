using HostingOps.Engine.Watch.Verdicts;

namespace HostingOps.Engine.Watch;

/// <content>What checks make of verdicts, and when a failure may be believed.</content>
internal sealed partial class WatchLoop
{
    // All targets are looked at each time; in a great outage many checks fail within a moment.
    private static readonly TimeSpan JudgedAnew = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan DoubtJudgedAnew = TimeSpan.FromSeconds(1);

    // One lost packet must not have thousands of sites asked. Each neighbour that is silent too has as many more looked at.
    private const int NeighboursAtOnce = 25;

    private int suspects;
    private int held;
    private ObserverJudgement judgement = new(false, "Nothing has been judged yet.");
    private TimeSpan? judged;

    private void Observe(WatchedState state, Observation seen, SiteHealth health, TimeSpan checkLag)
    {
        var circumstance = settings.CircumstanceOf(state.Target, time.GetUtcNow());
        state.Sight = circumstance == Circumstance.None ? new LatestSight(state.Target.Host, seen.Kind, seen.StartedAt, state.Verdict.FailingSince) : null;

        // Before the observer checks have answered, many failures at once may still be a provider's; the last word waits for them below.
        if (IsFailure(seen) && observer.Answer is not null && Judge(JudgedAnew) is { IsInDoubt: true, Reason: var doubt })
        {
            seen = Doubted(seen, doubt);
        }

        var step = VerdictMachine.Observe(state.Verdict, seen, state.Target.Site.Check, circumstance, state.Interval, settings.Once);
        if (IsFailure(seen) && step.Verdict.State == WatchState.Down && state.Verdict.State != WatchState.Down
            && !observer.IsKnown(state.Verdict.FailingSince ?? seen.StartedAt))
        {
            // The last word needs an answer whether this machine sees the world. It is on its way; checks go on meanwhile.
            Hold(state, new HeldObservation(seen, health, checkLag));
            return;
        }

        if (state.Held is not null && !IsFailure(seen))
        {
            Hold(state, null);
        }

        Take(state, seen, health, checkLag, step);
    }

    private void Take(WatchedState state, Observation seen, SiteHealth health, TimeSpan checkLag, VerdictStep step)
    {
        var before = state.Verdict.State;
        var (target, verdict) = (state.Target, step.Verdict);
        suspects += (verdict.State == WatchState.Suspect ? 1 : 0) - (before == WatchState.Suspect ? 1 : 0);
        state.Verdict = verdict;
        state.Confirm = step.NextCheck;
        state.CountsChanged = true;
        PlanNext(state);
        news.Add(listener => listener.Checked(new TargetCheck(target, health, seen, verdict, checkLag)));
        if (verdict.State != before)
        {
            state.StateChanged = true;
            news.Add(listener => listener.Changed(new VerdictChange(target, before, verdict, health)));
            if (before == WatchState.Healthy && verdict.State == WatchState.Suspect && seen.Kind == ObservationKind.Silent)
            {
                CheckNeighbours(state);
            }
        }
    }

    /// <summary>A host that falls silent under one site is looked at for the others at once, or each would wait for its own routine check.</summary>
    private void CheckNeighbours(WatchedState silent)
    {
        if (settings.Once)
        {
            return;
        }

        var now = Now;
        var left = NeighboursAtOnce;
        foreach (var state in byHost[silent.Target.Host.Name])
        {
            if (state.Target.Role == WatchRole.Active && state.Verdict.State == WatchState.Healthy && now - state.LastBegan > state.Target.Site.Check.ConfirmInterval && Want(state, now) && --left == 0)
            {
                return;
            }
        }
    }

    private void Hold(WatchedState state, HeldObservation? observation)
    {
        held += (observation is null ? 0 : 1) - (state.Held is null ? 0 : 1);
        state.Held = observation;
    }

    private ObserverJudgement Judge(TimeSpan unlessWithin)
    {
        var now = Now;
        if (judged is not { } at || now - at >= unlessWithin)
        {
            judged = now;
            judgement = ObserverRules.Judge(
                watched!.Policy, states.Where(static state => state.Sight is not null).Select(static state => state.Sight!.Value).ToList(), observer.Answer, time.GetUtcNow());
        }

        return judgement;
    }

    /// <summary>What waited for the answer whether this machine may be believed is judged by it.</summary>
    private void TakeHeld()
    {
        judged = null;
        if (held == 0)
        {
            return;
        }

        foreach (var state in states.Where(static state => state.Held is not null).ToList())
        {
            var waiting = state.Held!;
            Hold(state, null);
            Observe(state, waiting.Seen, waiting.Health, waiting.Lag);
        }
    }

    private void PlanNext(WatchedState state)
    {
        if (state.IsDeferred)
        {
            return;
        }

        var now = Now;
        if (state.Confirm is { } confirm)
        {
            var due = state.LastBegan + confirm > now ? state.LastBegan + confirm : now;
            if (!(state.Ticket.IsUrgent && state.Ticket.Due <= due) && MayGoOn(state, now))
            {
                scheduler.Plan(state.Ticket, due, isUrgent: true);
            }
        }
        else if (state.Ticket.IsUrgent && state.Ticket.Due is not null && !state.IsWanted)
        {
            PlanRoutine(state, now);
        }
    }

    private static bool IsFailure(Observation seen) => seen.Kind is ObservationKind.Silent or ObservationKind.Faulty;

    private static Observation Doubted(Observation seen, string doubt) => seen with { Kind = ObservationKind.Unclear, Reason = $"{doubt} Seen: {seen.Reason}" };
}
