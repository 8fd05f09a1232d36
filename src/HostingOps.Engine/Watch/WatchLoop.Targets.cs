using HostingOps.Engine.Watch.Scheduling;
using HostingOps.Engine.Watch.Verdicts;

namespace HostingOps.Engine.Watch;

/// <content>Which targets there are, and when each is checked.</content>
internal sealed partial class WatchLoop
{
    // Routine checks that are due within the same moment begin together: waking for each costs as much as a plain check.
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(100);

    private readonly Dictionary<(string Site, string Host), WatchedState> byName = [];
    private List<WatchedState> states = [];
    private ILookup<string, WatchedState> byHost = Array.Empty<WatchedState>().ToLookup(static _ => "");
    private HostingInventory? watched;
    private int nextSaved;

    /// <summary>Watches what this inventory and this routing say, from the next turn on. What is watched already keeps its verdicts.</summary>
    /// <param name="inventory">The inventory.</param>
    /// <param name="routing">The active host of each site, as far as it is known.</param>
    /// <param name="remembered">What is held of targets that are new to this loop.</param>
    public void Watch(
        HostingInventory inventory,
        IReadOnlyDictionary<string, string> routing,
        IReadOnlyDictionary<(string Site, string Host), TargetVerdict> remembered) => Post(() =>
    {
        var isNewInventory = !ReferenceEquals(watched, inventory);
        watched = inventory;
        var kept = new List<WatchedState>(2 * inventory.Sites.Count);
        foreach (var site in inventory.Sites)
        {
            foreach (var host in (SiteHost[])[site.Primary, site.Secondary])
            {
                var active = routing.GetValueOrDefault(site.Name);
                var role = active == host.Name ? WatchRole.Active : WatchRole.Standby;
                kept.Add(Keep(new WatchTarget(site, host, role), active is not null, isNewInventory, remembered));
            }
        }

        var present = kept.ToHashSet();
        foreach (var gone in states.Where(state => !present.Contains(state)))
        {
            Drop(gone);
        }

        states = kept;
        byHost = states.ToLookup(static state => state.Target.Host.Name, StringComparer.Ordinal);
    });

    /// <summary>Has the targets on these hosts checked at once.</summary>
    public void CheckSoon(IReadOnlyCollection<string> hostNames) => Post(() =>
    {
        var now = Now;
        foreach (var state in states.Where(state => hostNames.Contains(state.Target.Host.Name)))
        {
            Want(state, now);
        }
    });

    // What is being confirmed, or was begun just now, is not made any surer by one more check. What answers is not being confirmed,
    // also where it is looked at more often than usual.
    private bool Want(WatchedState state, TimeSpan now)
    {
        if ((state.Confirm is not null && state.Verdict.State != WatchState.Healthy) || state.IsWanted || state.UnderWay.Count > 0)
        {
            return false;
        }

        state.IsWanted = true;
        scheduler.Plan(state.Ticket, now, isUrgent: true);
        return true;
    }

    /// <summary>Fills in what of a snapshot the loop knows.</summary>
    public WatcherSnapshot Snapshot(WatcherSnapshot rest)
    {
        lock (gate)
        {
            var (now, at) = (Now, time.GetUtcNow());
            return rest with
            {
                At = at,
                StartedAt = StartedAt,
                ObserverProblem = judgement.IsInDoubt ? judgement.Reason : null,
                Targets = states.ConvertAll(state => new WatchedTarget(state.Target, state.Verdict, state.Last, at + (state.Ticket.Due - now))),
                ChecksBegun = begun,
                ChecksUnderWay = scheduler.UnderWay,
                Lag = lag.Worst(now),
            };
        }
    }

    /// <summary>What the state database does not have yet: all changed states, and the next share of the targets whose counts are new.</summary>
    /// <param name="share">The share of all targets that is looked at for counts, 0 to 1; one after the other in turn.</param>
    public IReadOnlyList<WatchedTarget> TakeUnsaved(double share)
    {
        lock (gate)
        {
            var turn = (int)Math.Ceiling(states.Count * share);
            var unsaved = new List<WatchedTarget>();
            for (var index = 0; index < states.Count; index++)
            {
                var state = states[index];
                var isItsTurn = state.CountsChanged && (index - nextSaved + states.Count) % states.Count < turn;
                if (state.StateChanged || isItsTurn)
                {
                    unsaved.Add(new WatchedTarget(state.Target, state.Verdict, state.Last, null));
                    state.StateChanged = state.CountsChanged = false;
                }
            }

            nextSaved = states.Count == 0 ? 0 : (nextSaved + turn) % states.Count;
            return unsaved;
        }
    }

    /// <summary>Takes back that these were saved.</summary>
    public void Unsave(IReadOnlyList<WatchedTarget> targets)
    {
        // Not posted: a loop that has ended takes nothing in any more, and what it ended with is saved after that.
        lock (gate)
        {
            foreach (var target in targets)
            {
                if (byName.TryGetValue((target.Target.Site.Name, target.Target.Host.Name), out var state))
                {
                    state.StateChanged = true;
                }
            }
        }
    }

    private WatchedState Keep(
        WatchTarget target, bool isRouted, bool isNewInventory, IReadOnlyDictionary<(string Site, string Host), TargetVerdict> remembered)
    {
        var key = (target.Site.Name, target.Host.Name);
        if (!byName.TryGetValue(key, out var state))
        {
            state = new WatchedState(
                target, checker.For(target), settings.Random.NextDouble(), remembered.GetValueOrDefault(key, TargetVerdict.Initial));
            byName.Add(key, state);
            suspects += state.Verdict.State == WatchState.Suspect ? 1 : 0;
            state.Interval = IntervalOf(target, isRouted);
            PlanFirst(state);
            return state;
        }

        var before = state.Target;
        state.Target = target;
        if (isNewInventory && HostDestination.Of(before.Host) != HostDestination.Of(target.Host))
        {
            // Another machine under the same name: what was seen of the one before is not true of it.
            Forget(state);
        }

        if (isNewInventory || before.Role != target.Role)
        {
            state.Check.Dispose();
            state.Check = checker.For(target);
        }

        var interval = IntervalOf(target, isRouted);
        if (interval != state.Interval)
        {
            state.Interval = interval;
            if (!state.Ticket.IsUrgent)
            {
                PlanRoutine(state, Now);
            }
        }

        return state;
    }

    private void Drop(WatchedState state)
    {
        state.IsGone = true;
        Hold(state, null);
        suspects -= state.Verdict.State == WatchState.Suspect ? 1 : 0;
        byName.Remove((state.Target.Site.Name, state.Target.Host.Name));
        scheduler.Forget(state.Ticket);
        state.UnderWay.ForEach(Stop);
        state.Check.Dispose();
    }

    private void Forget(WatchedState state)
    {
        Hold(state, null);
        suspects -= state.Verdict.State == WatchState.Suspect ? 1 : 0;
        state.Verdict = TargetVerdict.Initial;
        state.Sight = null;
        state.Last = null;
        state.Confirm = null;
        state.IsWanted = state.IsDeferred = false;
        state.Hanging = null;
        state.StateChanged = true;

        // They look at the machine before, and keep their places until they have ended.
        foreach (var check in state.UnderWay)
        {
            check.IsVoid = true;
            Stop(check);
        }

        state.UnderWay.Clear();
        PlanRoutine(state, Now);
    }

    private void PlanFirst(WatchedState state)
    {
        var isOpen = state.Verdict.State is WatchState.Suspect or WatchState.Recovering;
        if (settings.Once || isOpen)
        {
            if (!settings.Once || isOpen || state.Target.Role == WatchRole.Active || IsDue(state))
            {
                scheduler.Plan(state.Ticket, Now, isUrgent: isOpen);
                state.IsWanted = isOpen;
            }

            return;
        }

        PlanRoutine(state, Now);
    }

    private bool IsDue(WatchedState state) =>
        state.Verdict.ObservedAt is not { } last || last > time.GetUtcNow() || time.GetUtcNow() - last >= 0.9 * state.Interval;

    private void PlanRoutine(WatchedState state, TimeSpan now)
    {
        if (settings.Once)
        {
            scheduler.Forget(state.Ticket);
            return;
        }

        scheduler.Plan(state.Ticket, CheckSlots.Next(Together(state.Phase, state.Interval), state.Interval, now), isUrgent: false);
    }

    private static double Together(double phase, TimeSpan interval) => Math.Ceiling(interval * phase / Beat) * (Beat / interval);

    private bool IsRoundOver()
    {
        lock (gate)
        {
            return scheduler is { UnderWay: 0, Waiting: 0, NextDue: null } && held == 0 && watched is not null && !posted.Reader.TryPeek(out _);
        }
    }

    // A single run confirms what fails. The long wait until a site that answers again counts as healthy is for the runs after it.
    private bool MayGoOn(WatchedState state, TimeSpan now) => !settings.Once
        || (now < settings.RoundLimit && !(state.Verdict.State == WatchState.Recovering && state.Confirm > state.Target.Site.Check.ConfirmInterval));

    // While it is not known which host is active, both are looked at as closely as the active one would be.
    private static TimeSpan IntervalOf(WatchTarget target, bool isRouted) =>
        target.Role == WatchRole.Active || !isRouted ? target.Site.Check.Interval : target.Site.Check.StandbyInterval;
}
