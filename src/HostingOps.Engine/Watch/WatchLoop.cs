using System.Threading.Channels;
using HostingOps.Engine.Health;
using HostingOps.Engine.Watch.Checking;
using HostingOps.Engine.Watch.Scheduling;
using HostingOps.Engine.Watch.Verdicts;

namespace HostingOps.Engine.Watch;

/// <summary>
/// The one loop in which checks begin and their ends are judged. All that it knows is changed by it alone, between two waits; what
/// others want of it is posted. Times are counted from its beginning by a clock that nobody sets.
/// </summary>
internal sealed partial class WatchLoop : IDisposable
{
    // A machine that turns its own loop so much too late does not notice in time either that a host has answered.
    private static readonly TimeSpan LongestStall = TimeSpan.FromMilliseconds(300);
    private const int StallsRemembered = 2;

    private readonly object gate = new();
    private readonly Channel<Action> posted = Channel.CreateUnbounded<Action>(new UnboundedChannelOptions { SingleReader = true });
    private readonly PriorityQueue<CheckUnderWay, TimeSpan> silences = new();
    private readonly Queue<CheckUnderWay> lingering = new();
    private readonly List<Action<IWatchListener>> news = [];
    private readonly CheckScheduler<WatchedState> scheduler;
    private readonly ITargetChecker checker;
    private readonly ObserverView observer;
    private readonly WatchLoopSettings settings;
    private readonly TimeProvider time;
    private readonly long origin;
    private readonly LagGauge lag = new();
    private readonly LagGauge stalls = new();
    private CancellationToken stop;
    private long begun;

    /// <summary>Makes a loop that watches nothing yet.</summary>
    public WatchLoop(ITargetChecker checker, WatchLoopSettings settings, TimeProvider time)
    {
        this.checker = checker;
        this.settings = settings;
        this.time = time;
        origin = time.GetTimestamp();
        StartedAt = time.GetUtcNow();
        scheduler = new CheckScheduler<WatchedState>(settings.Places);
        observer = new ObserverView(settings.AskObserverAsync, time, () => stop, Post, TakeHeld);
    }

    /// <summary>When it began (UTC).</summary>
    public DateTimeOffset StartedAt { get; }

    private TimeSpan Now => time.GetElapsedTime(origin);

    /// <summary>Has something done in the loop, soon.</summary>
    public void Post(Action action) => posted.Writer.TryWrite(action);

    /// <summary>Runs until it is cancelled or, for a single round, until nothing is left to check or its time is up.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled: the normal end of a loop without end.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        stop = cancellationToken;
        var timer = time.CreateTimer(_ => Post(static () => { }), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        await using (timer.ConfigureAwait(false))
        {
            TimeSpan? wake = null;
            while (true)
            {
                cancellationToken.ThrowIfCancellationRequested();
                lock (gate)
                {
                    stalls.Note(Now, wake < Now ? Now - wake.Value : TimeSpan.Zero);
                    while (posted.Reader.TryRead(out var action))
                    {
                        action();
                    }

                    wake = Step();
                }

                Tell();
                if (settings.Once && IsRoundOver())
                {
                    return;
                }

                if (wake is { } at)
                {
                    var wait = at - Now;
                    if (wait <= TimeSpan.Zero)
                    {
                        continue;
                    }

                    // Rounded up, for a timer that fires too soon would only be set again.
                    timer.Change(TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)), Timeout.InfiniteTimeSpan);
                }

                await posted.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (gate)
        {
            foreach (var state in states)
            {
                state.Check.Dispose();
            }
        }

        checker.Dispose();
    }

    /// <summary>Does what is due.</summary>
    /// <returns>When something will be due next, or null.</returns>
    private TimeSpan? Step()
    {
        var now = Now;
        while (silences.TryPeek(out var check, out var due) && (due <= now || check.HasEnded))
        {
            silences.Dequeue();
            NoticeSilence(check, now - due);
        }

        while (scheduler.TryBegin(now, out var ticket, out var due))
        {
            Begin(ticket.Target, due, now);
        }

        MakeRoom();
        var doubts = judgement.IsInDoubt && Judge(DoubtJudgedAnew).IsInDoubt;
        observer.LookIfNeeded(now, isNeeded: suspects > 0 || doubts, isUrgent: held > 0);
        TimeSpan?[] times = [scheduler.NextDue, silences.TryPeek(out _, out var silence) ? silence : null, observer.NextLook];
        return times.Min();
    }

    private void Begin(WatchedState state, TimeSpan due, TimeSpan now)
    {
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
        silences.Enqueue(check, now + Evidence.SilentAfter(state.Target.Site.Check));
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
        check.HasEnded = true;
        check.Stop.Dispose();
        state.UnderWay.Remove(check);
        scheduler.End();
        if (state.IsGone)
        {
            return;
        }

        if (health is not null)
        {
            // What was looked at began with this check, also where a fuller look was taken in the middle of it.
            state.Last = health;
            Observe(state, Evidence.Of(health) with { StartedAt = check.StartedAt }, health, check.Lag);
        }

        if (state.IsDeferred)
        {
            state.IsDeferred = false;
            scheduler.Plan(state.Ticket, Now, isUrgent: true);
        }
    }

    private void NoticeSilence(CheckUnderWay check, TimeSpan late)
    {
        var state = check.Target;
        if (check.HasEnded || state.IsGone || check.Trace.Contact != ProbeContact.Knocking
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

    /// <summary>Ends checks whose silence has been counted, the oldest first, when others wait for their places.</summary>
    private void MakeRoom()
    {
        for (var room = scheduler.Waiting - stopping; room > 0 && lingering.TryDequeue(out var check);)
        {
            if (!check.HasEnded)
            {
                room--;
                stopping++;
                _ = StopAsync(check);
            }
        }
    }

    private async Task StopAsync(CheckUnderWay check)
    {
        await check.Stop.CancelAsync().ConfigureAwait(false);
        Post(() => stopping--);
    }

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

    private void Tell()
    {
        List<Action<IWatchListener>> told;
        lock (gate)
        {
            told = [.. news];
            news.Clear();
        }

        foreach (var item in told)
        {
            foreach (var listener in settings.Listeners)
            {
                item(listener);
            }
        }
    }
}
