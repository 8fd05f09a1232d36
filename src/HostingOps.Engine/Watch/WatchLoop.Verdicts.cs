using HostingOps.Engine.Watch.Verdicts;

namespace HostingOps.Engine.Watch;

/// <content>What checks make of verdicts, and when a failure may be believed.</content>
internal sealed partial class WatchLoop
{
    private int suspects;
    private int held;
    private int stopping;

    private void Observe(WatchedState state, Observation seen, SiteHealth health, TimeSpan checkLag)
    {
        if (IsFailure(seen) && observer.Problem is { } doubt)
        {
            seen = Doubted(seen, doubt);
        }

        var circumstance = settings.CircumstanceOf(state.Target.Site, time.GetUtcNow());
        var step = VerdictMachine.Observe(state.Verdict, seen, state.Target.Site.Check, circumstance);
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
        }
    }

    private void Hold(WatchedState state, HeldObservation? observation)
    {
        held += (observation is null ? 0 : 1) - (state.Held is null ? 0 : 1);
        state.Held = observation;
    }

    /// <summary>What waited for the answer whether this machine may be believed is judged by it.</summary>
    private void TakeHeld()
    {
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
