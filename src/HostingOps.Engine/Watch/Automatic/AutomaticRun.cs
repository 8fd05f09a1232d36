namespace HostingOps.Engine.Watch.Automatic;

/// <summary>One run of automatic moves: decides what is due, and keeps the operations that are under way.</summary>
internal sealed class AutomaticRun(AutomaticRoom room, WakeSignal signal)
{
    // Nothing is missed by sleeping longer: every verdict that changes wakes it. This is for pauses and windows that end, and clocks.
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(15);

    private readonly SiteMoves moves = new(room);
    private readonly Failbacks failbacks = new(room);
    private readonly CutOffMoves cutOffs = new(room);
    private readonly Dictionary<Task, IReadOnlyList<string>> work = [];

    // What the finishing, which runs beside this, leaves to the operations themselves.
    private volatile HashSet<string> underWay = [];
    private Task<bool>? finishing;
    private TimeSpan finishWait = room.Options.FirstWait;
    private DateTimeOffset nextFinish = DateTimeOffset.MinValue;
    private DateTimeOffset? gatherUntil;

    /// <summary>Goes on until it is cancelled. Operations under way then are stopped where they are; the journal knows how far they got.</summary>
    public async Task LoopAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                var wake = Idle;
                try
                {
                    wake = Begin(cancellationToken);
                }
                catch (Exception error) when (error is not OperationCanceledException)
                {
                    room.Reporter.Warning($"Automatic moves could not be decided, and are looked at again: {error.Message}");
                }

                await signal.WaitAsync(wake, room.Time, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            Task all = Task.WhenAll([.. work.Keys, .. finishing is null ? [] : new Task[] { finishing }]);
            await all.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Does what is due now, and waits for it.</summary>
    public async Task OnceAsync(CancellationToken cancellationToken)
    {
        var none = new HashSet<string>(StringComparer.Ordinal);
        await cutOffs.FinishAsync(() => none, cancellationToken).ConfigureAwait(false);
        var looks = SiteLooks.Of(room.View);
        moves.EndNotices(looks);
        var now = room.Time.GetUtcNow();
        if (moves.Coming(looks, none).Where(site => site.At <= now).Select(static site => site.Site).ToArray() is { Length: > 0 } due)
        {
            await moves.MoveAsync(due, cancellationToken).ConfigureAwait(false);
        }

        if (failbacks.Waiting(looks, none, room.Time.GetUtcNow()) is { Count: > 0 } waiting)
        {
            await failbacks.MoveBackAsync(waiting, cancellationToken).ConfigureAwait(false);
        }
    }

    // Begins what is due and can be begun; how long nothing more needs to be looked at.
    private TimeSpan Begin(CancellationToken cancellationToken)
    {
        var now = room.Time.GetUtcNow();
        foreach (var done in work.Keys.Where(static task => task.IsCompleted).ToArray())
        {
            work.Remove(done);
            underWay = Names();

            // It may have been cut off in the middle; the journal tells.
            nextFinish = Min(nextFinish, now + room.Options.FirstWait);
        }

        FinishCutOff(now, cancellationToken);
        var looks = SiteLooks.Of(room.View);
        moves.EndNotices(looks);
        if (work.Count >= room.Options.OperationsAtOnce)
        {
            return Idle;
        }

        var busy = Names();
        var coming = moves.Coming(looks, busy);
        var due = coming.Where(site => site.At <= now).Select(static site => site.Site).ToArray();
        if (due.Length == 0)
        {
            gatherUntil = null;
        }
        else if (Gathered(due, coming, looks, busy, now))
        {
            gatherUntil = null;
            Start(due, token => moves.MoveAsync(due, token), cancellationToken);
            busy.UnionWith(due.Select(static site => site.Name));
        }

        if (work.Count < room.Options.OperationsAtOnce && failbacks.Waiting(looks, busy, now) is { Count: > 0 } waiting)
        {
            Start(waiting, token => failbacks.MoveBackAsync(waiting, token), cancellationToken);
        }

        var wakes = coming.Select(static site => (DateTimeOffset?)site.At).Append(gatherUntil).Append(finishing is null ? nextFinish : null).Append(failbacks.NextLook)
            .OfType<DateTimeOffset>().Where(at => at > now).Select(at => at - now).Append(Idle);
        return wakes.Min();
    }

    // As long as others on the same hosts are about to be Down, or about to have been for long enough, a moment's wait puts them into
    // the same operation.
    private bool Gathered(
        IReadOnlyList<HostedSite> due, IReadOnlyList<(HostedSite Site, DateTimeOffset At)> coming, SiteLooks looks, HashSet<string> underWay, DateTimeOffset now)
    {
        gatherUntil ??= now + room.Options.Gather;
        var hosts = due.Select(site => looks.Active(site.Name)!.Target.Host.Name).ToHashSet(StringComparer.Ordinal);
        var others = room.Mover().Inventory.Sites.Where(site => site.Policy.Automatic && !underWay.Contains(site.Name)).Select(static site => site.Name);
        return now >= gatherUntil
            || !(looks.IsSuspect(others, hosts)
                || coming.Any(site => site.At > now && site.At <= gatherUntil && hosts.Contains(looks.Active(site.Site.Name)!.Target.Host.Name)));
    }

    private void Start(IReadOnlyList<HostedSite> sites, Func<CancellationToken, Task> begin, CancellationToken cancellationToken)
    {
        var task = Task.Run(
            async () =>
            {
                try
                {
                    await begin(cancellationToken).ConfigureAwait(false);
                }
                catch (Exception error) when (!cancellationToken.IsCancellationRequested)
                {
                    // Nothing that goes wrong with these sites may keep others from being moved.
                    room.Reporter.Warning($"An automatic move ended with {error.GetType().Name}: {error.Message}");
                    room.Memory.Wait(sites.Select(static site => site.Name));
                }
                finally
                {
                    signal.Set();
                }
            },
            CancellationToken.None);
        work.Add(task, [.. sites.Select(static site => site.Name)]);
        underWay = Names();
    }

    private void FinishCutOff(DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (finishing is { IsCompleted: true })
        {
            var left = !finishing.IsCompletedSuccessfully || finishing.Result;
            finishWait = left ? Min(2 * finishWait, room.Options.LongestWait) : room.Options.FirstWait;

            // When an operation of ours has ended meanwhile, it is looked sooner.
            nextFinish = Min(nextFinish, now + (left ? finishWait : room.Options.LongestWait));
            finishing = null;
        }

        // Due, or farther away than it ever is: then the clock was set back.
        if (finishing is null && (nextFinish <= now || nextFinish - now > room.Options.LongestWait))
        {
            nextFinish = DateTimeOffset.MaxValue;
            finishing = Task.Run(
                async () =>
                {
                    try
                    {
                        return await cutOffs.FinishAsync(() => underWay, cancellationToken).ConfigureAwait(false);
                    }
                    finally
                    {
                        signal.Set();
                    }
                },
                CancellationToken.None);
        }
    }

    private HashSet<string> Names() => work.Values.SelectMany(static names => names).ToHashSet(StringComparer.Ordinal);

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static DateTimeOffset Min(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
