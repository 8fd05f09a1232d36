using System.Collections.Concurrent;
using HostingOps.Engine.Health;
using HostingOps.Engine.Mirror.Parsing;

namespace HostingOps.Engine.Mirror.Crawling;

/// <summary>One crawl of one site: what is asked for, in which order, how fast, and when it ends. Used once.</summary>
internal sealed class MirrorCrawl
{
    private const int MostTries = 3;

    // A server that asks for more is not waited for: the next run comes.
    internal static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    private readonly HostedSite site;
    private readonly MirrorSettings settings;
    private readonly IMirrorRun run;
    private readonly CrawlTransport transport;
    private readonly IOperationReporter reporter;
    private readonly TimeProvider clock;
    private readonly MirrorScope scope;
    private readonly CrawlAsker asker;
    private readonly CrawlStart start;
    private readonly Belief sitemaps;
    private readonly CrawlAdmission admission;
    private readonly HostLanes lanes;
    private readonly ConcurrentQueue<Exception> faults = new();
    private readonly TaskCompletionSource allSettled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource stop = new();
    private int pending = 1;
    private string? ended;

    /// <summary>Prepares a crawl.</summary>
    public MirrorCrawl(HostedSite site, IMirrorRun run, CrawlTransport transport, IOperationReporter reporter, TimeProvider clock)
    {
        this.site = site;
        this.run = run;
        this.transport = transport;
        this.reporter = reporter;
        this.clock = clock;
        settings = site.Mirror ?? MirrorSettings.Default;
        scope = new MirrorScope(site);
        asker = new CrawlAsker(scope, settings, run, transport, reporter, clock) { Origin = SiteAddress.Origin(site) };
        start = new CrawlStart(site, scope, asker, Tally, (lane, reason) =>
        {
            lane.Close(reason);
            if (lane.Host is null)
            {
                End(reason);
            }
        });
        sitemaps = Belief.InSitemap(run.StartedAt);
        admission = new CrawlAdmission(settings);
        lanes = new HostLanes(
            host => new HostLane(host, new HostPace(settings.RequestsPerSecond, clock)) { Freshness = Belief.InFreshness(run.StartedAt, clock) },
            settings.Connections,
            WorkAsync);
    }

    /// <summary>What it has come to.</summary>
    public CrawlTally Tally { get; } = new();

    /// <summary>Crawls to the end.</summary>
    /// <returns>Why it ended before it had everything, or null.</returns>
    public async Task<string?> RunAsync(CancellationToken cancellationToken)
    {
        using var progress = new CrawlProgress(reporter, clock, site.Name, Tally, () => Volatile.Read(ref pending) - 1);
        using var time = new CancellationTokenSource(settings.MaxTime, clock);
        await using var timed = time.Token.Register(() => End(FormattableString.Invariant($"the time of {settings.MaxTime.TotalMinutes:0.#} min is over"))).ConfigureAwait(false);
        await using var left = cancellationToken.Register(() => stop.Cancel()).ConfigureAwait(false);
        try
        {
            await BeginAsync(stop.Token).ConfigureAwait(false);
            Settle();
            await allSettled.Task.WaitAsync(stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // By the caller, by a limit, or by a fault: told below.
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await lanes.EndAsync().ConfigureAwait(false);
        }

        cancellationToken.ThrowIfCancellationRequested();
        if (faults.TryDequeue(out var fault))
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(fault);
        }

        return Volatile.Read(ref ended);
    }

    private async Task BeginAsync(CancellationToken cancellationToken)
    {
        var own = lanes.Of(null);
        var rules = await own.RulesAsync(start.ReadRobotsAsync, cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        var listed = await start.ReadSitemapsAsync(own, rules, admission.TryAdd, cancellationToken).ConfigureAwait(false);
        admission.TryAdd("/robots.txt");

        // All are known before the first is asked for: its links lead to listed pages too, and know no dates of them.
        var wanted = new List<CrawlItem>();
        foreach (var item in start.Items().Concat(listed))
        {
            if (await IsWantedAsync(item, cancellationToken).ConfigureAwait(false))
            {
                wanted.Add(item);
            }
        }

        wanted.ForEach(Queue);
    }

    private async Task AdmitAsync(CrawlItem item, CancellationToken cancellationToken)
    {
        if (await IsWantedAsync(item, cancellationToken).ConfigureAwait(false))
        {
            Queue(item);
        }
    }

    private async Task<bool> IsWantedAsync(CrawlItem item, CancellationToken cancellationToken)
    {
        if (!admission.TryAdd(item.Place.Key))
        {
            return false;
        }

        if (admission.Refuse(item) is not { } refusal)
        {
            return true;
        }

        await SkipAsync(item, refusal, cancellationToken).ConfigureAwait(false);
        return false;
    }

    private void Queue(CrawlItem item)
    {
        Interlocked.Increment(ref pending);
        lanes.Of(item.Place.Host).Add(item);
    }

    private async Task SkipAsync(CrawlItem item, string reason, CancellationToken cancellationToken)
    {
        if (reason == SkipReasons.NoUrl)
        {
            Tally.Skip(reason, item.Place.Key);
            return;
        }

        var entry = item.Entry(MirrorEntryKind.Skipped, 0, clock.GetUtcNow()) with { Reason = reason };
        await run.NoteAsync(entry, cancellationToken).ConfigureAwait(false);
        Tally.Add(entry);
    }

    private async Task WorkAsync(HostLane lane)
    {
        try
        {
            await foreach (var item in lane.Items.ReadAllAsync(stop.Token).ConfigureAwait(false))
            {
                if (!await TakeAsync(lane, item, stop.Token).ConfigureAwait(false))
                {
                    lane.Add(item with { Tries = item.Tries + 1, NotBefore = clock.GetUtcNow() + TimeSpan.FromSeconds(1 << item.Tries) });
                    continue;
                }

                Settle();
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Told by whoever stopped it.
        }
        catch (Exception exception)
        {
            faults.Enqueue(exception);
            await stop.CancelAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Settles one item; false when it is to be asked for again.</summary>
    private async Task<bool> TakeAsync(HostLane lane, CrawlItem item, CancellationToken cancellationToken)
    {
        // What the run before took over on the site's word, unasked, is judged anew: it may prove to be wrong in this one.
        if (item is { Tries: 0, IsCertain: false } && run.Resumed(item.Place.Key) is { } done && done.FetchedAt >= run.StartedAt)
        {
            await TakeInAsync(item, new CrawlAnswer(done, asker.LinksOf(done)), cancellationToken).ConfigureAwait(false);
            return true;
        }

        var rules = await lane.RulesAsync(start.ReadRobotsAsync, cancellationToken).ConfigureAwait(false);
        if (lane.ClosedBecause is { } closed)
        {
            await TakeInAsync(item, await asker.FailAsync(item, 0, closed, isFailure: false, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
            return true;
        }

        if (settings.Robots && !item.IsNotFoundProbe && !rules.Allows(item.Place.PathAndQuery))
        {
            await SkipAsync(item, SkipReasons.Robots, cancellationToken).ConfigureAwait(false);
            return true;
        }

        var previous = run.Previous(item.Place.Key);
        previous = previous is { File: not null } ? previous : null;
        var belief = previous is null ? null : sitemaps.IsAbout(item, previous) ? sitemaps : lane.Freshness.IsAbout(item, previous) ? lane.Freshness : null;
        if (belief is not null && belief.Spares(item))
        {
            await TakeInAsync(item, await asker.KeepAsync(item, previous!, previous!.FetchedAt, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
            if (!belief.Keeps(item))
            {
                AskAfterAll(item);
            }

            return true;
        }

        if (item.NotBefore > clock.GetUtcNow())
        {
            await Task.Delay(item.NotBefore - clock.GetUtcNow(), clock, cancellationToken).ConfigureAwait(false);
        }

        var answer = await lane.InTurnAsync(() => asker.AskAsync(item, previous, keepBody: false, cancellationToken), cancellationToken).ConfigureAwait(false);
        if (lane.Saw(answer.Failure) is { } broken && lane.Host is null)
        {
            End(broken);
        }

        if (answer.Pause is { } pause)
        {
            if (pause > LongestPause)
            {
                CloseFor(lane, FormattableString.Invariant($"it asks to come back in {pause.TotalMinutes:0.#} min"));
            }

            lane.Pace.Pause(pause < LongestPause ? pause : LongestPause);
        }

        if (answer.Again && item.Tries + 1 < MostTries && lane.ClosedBecause is null)
        {
            return false;
        }

        if (answer.Again)
        {
            var reason = answer.Status == 0 ? answer.Failure! : FormattableString.Invariant($"the site answers {answer.Status}");
            answer = await asker.FailAsync(item, answer.Status, reason, isFailure: true, cancellationToken).ConfigureAwait(false);
        }

        if (belief?.Saw(previous!, answer) is { } doubtful)
        {
            Disbelieve(item, belief == sitemaps, doubtful);
        }

        await TakeInAsync(item, answer, cancellationToken).ConfigureAwait(false);
        return true;
    }

    private async Task TakeInAsync(CrawlItem item, CrawlAnswer answer, CancellationToken cancellationToken)
    {
        if (answer.Entry is not { } entry)
        {
            return;
        }

        var counts = Tally.Add(entry, answer.IsUnchanged);
        if (entry.Kind == MirrorEntryKind.Page && (entry.OriginHash ?? entry.FileHash) is { } hash)
        {
            admission.Saw(item.Place, hash);
        }

        if (counts.Kept > settings.MaxPages)
        {
            End(FormattableString.Invariant($"the {settings.MaxPages} answers that may be kept are there"));
        }
        else if (counts.Bytes > settings.MaxBytes)
        {
            End(FormattableString.Invariant($"the {settings.MaxBytes} bytes that it may have are there"));
        }

        foreach (var link in answer.Links)
        {
            await AdmitAsync(new CrawlItem(link.Place, item.Depth + 1, item.Place.Key, link.IsAsset), cancellationToken).ConfigureAwait(false);
        }
    }

    // The site said that something had not changed, and it had. All that was kept on its word is asked for.
    private void Disbelieve(CrawlItem changed, bool bySitemap, IReadOnlyList<CrawlItem> doubtful)
    {
        reporter.Warning(bySitemap
            ? $"The sitemap of {site.Name} does not say when pages change ({changed.Place.Key} has), so every page is asked for ({doubtful.Count} again)."
            : $"{changed.Place.Host ?? site.HostName} said how long its files stay the same, and {changed.Place.Key} has changed before, so every file of {site.Name} there is asked for ({doubtful.Count} again).");
        foreach (var item in doubtful)
        {
            AskAfterAll(item);
        }
    }

    private void AskAfterAll(CrawlItem item)
    {
        if (run.Previous(item.Place.Key) is { } previous)
        {
            Tally.Remove(previous);
        }

        Queue(item with { IsCertain = true });
    }

    private void CloseFor(HostLane lane, string reason)
    {
        lane.Close(reason);
        if (lane.Host is null)
        {
            End("the site is not to be asked now: " + reason);
        }
    }

    private void End(string reason)
    {
        Interlocked.CompareExchange(ref ended, reason, null);
        stop.Cancel();
    }

    private void Settle()
    {
        if (Interlocked.Decrement(ref pending) == 0)
        {
            allSettled.TrySetResult();
        }
    }
}
