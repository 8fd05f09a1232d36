using HostingOps.Engine.Health;
using HostingOps.Engine.Watch.Checking;
using HostingOps.Engine.Watch.Verdicts;

namespace HostingOps.Engine.Watch;

/// <content>Checks under way: their beginning, their silence, their end.</content>
internal sealed partial class WatchLoop
{
    // A machine that turns its own loop so much too late does not notice in time either that a host has answered.
    private static readonly TimeSpan LongestStall = TimeSpan.FromMilliseconds(300);
    private const int StallsRemembered = 2;

    // A cheap check that the full probe follows takes up to one and a half of its time-out; this is beyond any doubt.
    private const int LongestInTimeouts = 4;
    private static readonly TimeSpan ShortestPatience = TimeSpan.FromSeconds(10);

    private readonly PriorityQueue<CheckUnderWay, TimeSpan> looks = new();
    private readonly Queue<CheckUnderWay> lingering = new();
    private int stopping;

    private void Begin(WatchedState state, TimeSpan due, TimeSpan now)
    {
        if (state.Hanging is { } hanging)
        {
            StayAway(state, hanging, now);
            return;
        }

        var routine = state.Confirm is null && !state.IsWanted;
        if (routine ? state.UnderWay.Count > 0 : state.UnderWay.Exists(static check => check.Trace.Contact == ProbeContact.Met))
        {
            // A living host that takes its time is not asked again before it has answered; a slot that is missed is left out.
            scheduler.End();
            state.IsDeferred = !routine;
            if (routine)
            {
                PlanRoutine(state, now);
            }

            return;
        }

        var check = new CheckUnderWay(state, routine, time.GetUtcNow(), now - due, CancellationTokenSource.CreateLinkedTokenSource(stop));
        begun++;
        lag.Note(now, check.Lag);
        state.UnderWay.Add(check);
        state.LastBegan = now;
        state.IsWanted = false;
        looks.Enqueue(check, now + Evidence.SilentAfter(state.Target.Site.Check));
        if (state.Confirm is { } confirm && MayGoOn(state, now))
        {
            scheduler.Plan(state.Ticket, now + confirm, isUrgent: true);
        }
        else
        {
            PlanRoutine(state, now);
        }

        _ = CheckAsync(state.Check, check);
    }

    /// <summary>One check that hangs is enough: the next ones would hang beside it, each with its memory and its connection.</summary>
    private void StayAway(WatchedState state, CheckUnderWay hanging, TimeSpan now)
    {
        scheduler.End();
        state.IsWanted = false;
        PlanRoutine(state, now);
        var health = Unmade(hanging, FormattableString.Invariant($"Its check of {hanging.StartedAt.UtcDateTime:HH:mm:ss}Z was given up and still hangs, so no other is begun."));
        state.Last = health;
        Observe(state, Evidence.Of(health) with { StartedAt = time.GetUtcNow(), At = time.GetUtcNow() }, health, TimeSpan.Zero);
    }

    private async Task CheckAsync(ITargetCheck way, CheckUnderWay check)
    {
        SiteHealth? health = null;
        try
        {
            health = await way.RunAsync(check.IsRoutine, check.Trace, check.Stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Cut off: evidence of nothing.
        }
        catch (Exception error)
        {
            // A fault of ours must not end the watch of the other sites, and is no evidence against this one.
            health = Unmade(check, $"The check itself failed: {error.GetType().Name}: {error.Message}");
        }

        Post(() => Ended(check, health));
    }

    private void Ended(CheckUnderWay check, SiteHealth? health)
    {
        var state = check.Target;
        check.Stop.Dispose();
        state.Hanging = ReferenceEquals(state.Hanging, check) ? null : state.Hanging;
        if (!GivePlaceBack(check))
        {
            return;
        }

        state.IsStuck = false;
        if (health is not null)
        {
            // What was looked at began with this check, also where a fuller look was taken in the middle of it.
            state.Last = health;
            Observe(state, Evidence.Of(health) with { StartedAt = check.StartedAt }, health, check.Lag);
        }

        BeginDeferred(state);
    }

    /// <summary>Frees the place of a check.</summary>
    /// <returns>Whether what it has seen is still asked for.</returns>
    private bool GivePlaceBack(CheckUnderWay check)
    {
        if (check.HasEnded)
        {
            return false;
        }

        check.HasEnded = true;
        check.Target.UnderWay.Remove(check);
        scheduler.End();
        return !check.IsVoid && !check.Target.IsGone;
    }

    private void BeginDeferred(WatchedState state)
    {
        if (state.IsDeferred)
        {
            state.IsDeferred = false;
            scheduler.Plan(state.Ticket, Now, isUrgent: true);
        }
    }

    /// <summary>Looks after a check that has not ended when it should say something, and again when it should have ended long ago.</summary>
    private void LookAt(CheckUnderWay check, TimeSpan now, TimeSpan late)
    {
        if (check.HasEnded)
        {
            return;
        }

        var timeout = check.Target.Target.Site.Check.Timeout;
        check.Looks++;
        if (check.Looks == 1)
        {
            looks.Enqueue(check, now + LongestCheck(timeout));
            NoticeSilence(check, late);
        }
        else if (check.Looks == 2 && late > LongestStall)
        {
            // This machine stood still; the check has not had its time either.
            looks.Enqueue(check, now + timeout);
        }
        else
        {
            GiveUp(check);
        }
    }

    private void NoticeSilence(CheckUnderWay check, TimeSpan late)
    {
        var state = check.Target;
        if (check.IsVoid || state.IsGone || check.Trace.Contact != ProbeContact.Knocking
            || late > LongestStall || stalls.Worst(Now, StallsRemembered) > LongestStall || check.Trace.IsMetUnnoticed())
        {
            return;
        }

        check.IsSilent = true;
        while (lingering.TryPeek(out var oldest) && oldest.HasEnded)
        {
            lingering.Dequeue();
        }

        lingering.Enqueue(check);
        var waited = Evidence.SilentAfter(state.Target.Site.Check);
        var seen = Evidence.OfSilence(check.StartedAt, waited);
        Observe(state, seen, Silent(check, waited, seen.Reason), check.Lag);
    }

    /// <summary>A check that ends neither by itself nor by its time-out keeps its place no longer, and says nothing.</summary>
    private void GiveUp(CheckUnderWay check)
    {
        var state = check.Target;
        Stop(check);
        if (!GivePlaceBack(check))
        {
            return;
        }

        state.Hanging = check;
        var health = Unmade(check, $"The check did not end within {Durations.Text(LongestCheck(state.Target.Site.Check.Timeout))} and was given up.");
        if (!state.IsStuck)
        {
            state.IsStuck = true;
            settings.Reporter.Warning($"{health.SiteName} on {health.HostName}: {health.Reason} It is not checked again before that has ended.");
        }

        state.Last = health;
        Observe(state, Evidence.Of(health) with { At = time.GetUtcNow() }, health, check.Lag);
        BeginDeferred(state);
    }

    /// <summary>Ends checks whose silence has been counted, the oldest first, when others wait for their places.</summary>
    private void MakeRoom()
    {
        for (var room = scheduler.Waiting - stopping; room > 0 && lingering.TryDequeue(out var check);)
        {
            if (!check.HasEnded)
            {
                room--;
                Stop(check);
            }
        }
    }

    private void Stop(CheckUnderWay check)
    {
        stopping++;
        _ = StopAsync(check);
    }

    private async Task StopAsync(CheckUnderWay check)
    {
        try
        {
            await check.Stop.CancelAsync().ConfigureAwait(false);
        }
        catch (Exception error)
        {
            // What a check does when it is ended is its own; it must not cost the others their places.
            settings.Reporter.Verbose($"A check did not end in good order: {error.Message}");
        }
        finally
        {
            Post(() => stopping--);
        }
    }

    private static TimeSpan LongestCheck(TimeSpan timeout) => LongestInTimeouts * timeout > ShortestPatience ? LongestInTimeouts * timeout : ShortestPatience;

    private static SiteHealth Unmade(CheckUnderWay check, string reason) => Of(check) with { Reason = reason };

    private static SiteHealth Silent(CheckUnderWay check, TimeSpan waited, string reason) => Of(check) with
    {
        Status = SiteStatus.Down,
        Reason = reason,
        FailedPhase = ProbePhase.Connect,
        IsHostSilent = true,
        Timings = new ProbeTimings { Total = waited.TotalMilliseconds },
    };

    private static SiteHealth Of(CheckUnderWay check)
    {
        var (site, host) = (check.Target.Target.Site, check.Target.Target.Host);
        return new SiteHealth
        {
            SiteName = site.Name,
            HostName = host.Name,
            Target = host.Name == site.Primary.Name ? HealthTarget.Primary : HealthTarget.Secondary,
            Status = SiteStatus.Unknown,
            Reason = "",
            CheckedAt = check.StartedAt,
            InventoryPath = site.InventoryPath,
        };
    }
}
