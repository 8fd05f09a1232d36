using HostingOps.Testing;

namespace HostingOps.Engine.Tests.Mirror.Crawling;

/// <summary>How far a crawl goes, how fast, and when it gives up.</summary>
public sealed class CrawlBoundsTests
{
    [Fact]
    public async Task A_site_that_begins_to_fail_is_left_alone()
    {
        await using var lab = new CrawlLab { Clock = new HastyClock() };
        lab.Page("/", string.Concat(Enumerable.Range(0, 500).Select(static i => $"<a href=/p/{i}>")));
        var answered = 0;
        lab.Fallback = question => question.Target.StartsWith("/p/", StringComparison.Ordinal)
            ? Interlocked.Increment(ref answered) > 100 ? OriginServer.Reply.Error(500) : OriginServer.Reply.Html(question.Target)
            : OriginServer.Reply.NotFound;
        var run = new MemoryMirrorRun();
        Assert.Contains("status 500", await lab.CrawlAsync(run), StringComparison.Ordinal);
        Assert.InRange(answered, 100, 125);
        Assert.InRange(run.Urls(MirrorEntryKind.Page).Length, 95, 101);
    }

    [Fact]
    public async Task A_site_that_asks_at_once_to_come_back_much_later_is_not_asked_again()
    {
        await using var lab = new CrawlLab { Clock = new HastyClock() };
        lab.On("/robots.txt", _ => OriginServer.Reply.Error(503, ("Retry-After", "3600"))).Page("/", "x");
        Assert.Contains("robots.txt", await lab.CrawlAsync(new MemoryMirrorRun()), StringComparison.Ordinal);
        Assert.Equal(["/robots.txt"], lab.Server.Paths);
    }

    [Fact]
    public async Task One_page_that_always_fails_does_not_end_the_run_and_is_asked_for_three_times()
    {
        await using var lab = new CrawlLab { Clock = new HastyClock() };
        lab.Page("/", "<a href=/broken><a href=/a><a href=/b><a href=/forbidden>").On("/broken", _ => OriginServer.Reply.Error(502)).Page("/a", "a").Page("/b", "b").On("/forbidden", _ => OriginServer.Reply.Error(403));
        var run = new MemoryMirrorRun();
        Assert.Null(await lab.CrawlAsync(run));
        Assert.Equal(3, lab.Server.Paths.Count(static path => path == "/broken"));
        Assert.Single(lab.Server.Paths, static path => path == "/forbidden");
        Assert.Equal((MirrorEntryKind.Failed, 502, "the site answers 502"), (run["/broken"].Kind, run["/broken"].Status, run["/broken"].Reason));
        Assert.Equal((MirrorEntryKind.Failed, 403), (run["/forbidden"].Kind, run["/forbidden"].Status));
        Assert.Equal(["/", "/a", "/b"], run.Urls(MirrorEntryKind.Page));
    }

    [Fact]
    public async Task Retry_After_is_waited_for_and_too_long_a_wait_ends_the_run()
    {
        var clock = new HastyClock();
        await using var lab = new CrawlLab { Clock = clock };
        var asked = 0;
        lab.Page("/", "<a href=/busy>").On("/busy", _ => ++asked == 1 ? OriginServer.Reply.Error(503, ("Retry-After", "90")) : OriginServer.Reply.Html("now"));
        var run = new MemoryMirrorRun();
        var before = clock.GetUtcNow();
        Assert.Null(await lab.CrawlAsync(run));
        Assert.Equal("now", run.Text("/busy"));
        Assert.True(clock.GetUtcNow() - before >= TimeSpan.FromSeconds(90));

        lab.On("/busy", _ => OriginServer.Reply.Error(429, ("Retry-After", "3600")));
        Assert.Contains("60 min", await lab.CrawlAsync(new MemoryMirrorRun()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Crawl_delay_and_the_rate_space_the_requests()
    {
        var clock = new HastyClock();
        await using var lab = new CrawlLab { Clock = clock };
        lab.On("/robots.txt", _ => OriginServer.Reply.Of("text/plain", "User-agent: HostingOps\nCrawl-delay: 7\n"u8.ToArray())).Page("/", "<a href=/a><a href=/b><a href=/c>").Page("/a", "").Page("/b", "").Page("/c", "");
        var before = clock.GetUtcNow();
        Assert.Null(await lab.CrawlAsync(new MemoryMirrorRun()));
        Assert.Equal(1, lab.Server.MostUnderWay);
        Assert.True(clock.GetUtcNow() - before >= TimeSpan.FromSeconds(7 * (lab.Requests - 2)), (clock.GetUtcNow() - before).ToString());
    }

    [Theory]
    [InlineData("pages", "answers")]
    [InlineData("bytes", "bytes")]
    public async Task A_limit_ends_the_run_and_is_told(string limit, string expected)
    {
        await using var lab = new CrawlLab();
        lab.Fallback = question => question.Target is "/" or ['/', 'n', ..] ? OriginServer.Reply.Html($"<a href=/n{question.Target.Length}{question.Target[1..]}>" + new string('x', 1000)) : OriginServer.Reply.NotFound;
        lab.Settings = limit == "pages" ? lab.Settings with { MaxPages = 5 } : lab.Settings with { MaxBytes = 5_000 };
        Assert.Contains(expected, await lab.CrawlAsync(new MemoryMirrorRun()), StringComparison.Ordinal);
        Assert.InRange(lab.Tally.Counts.Pages, 5, 7);
    }

    [Fact]
    public async Task Depth_excludes_and_traps_are_skipped_with_their_reason()
    {
        await using var lab = new CrawlLab();
        lab.Fallback = question => question.Target.StartsWith("/deep", StringComparison.Ordinal) ? OriginServer.Reply.Html($"<a href={question.Target}x>") : OriginServer.Reply.NotFound;
        lab.Page("/", "<a href=/deep><a href=/cal/2026><a href=/logout><a href='/item?action=delete&id=1'>").Page("/cal/2026", "").Page("/logout", "");
        lab.Settings = lab.Settings with { MaxDepth = 3, Exclude = ["/cal/*"] };
        var run = new MemoryMirrorRun();
        Assert.Null(await lab.CrawlAsync(run));
        Assert.Equal("the inventory excludes it", run["/cal/2026"].Reason);
        Assert.StartsWith("it would do something", run["/logout"].Reason, StringComparison.Ordinal);
        Assert.StartsWith("it would do something", run["/item?action=delete&id=1"].Reason, StringComparison.Ordinal);
        Assert.Single(run.Entries.Values, static entry => entry.Reason == "too many links from the start");
        Assert.DoesNotContain("/logout", lab.Server.Paths);
        Assert.Contains(lab.Tally.Omissions, static omission => omission is { Reason: "it would do something, such as log out or delete", Count: 2 });
    }

    [Fact]
    public async Task What_is_too_large_or_falls_silent_is_not_stored()
    {
        var clock = new ManualTimeProvider();
        await using var lab = new CrawlLab { Clock = clock };
        var (asked, over) = (0, 0);
        lab.Settings = lab.Settings with { MaxFileBytes = 100, Timeout = TimeSpan.FromMinutes(2), MaxTime = TimeSpan.FromDays(1000), Connections = 1 };
        lab.Page("/", "<a href=/large><a href=/quiet>").On("/large", _ => OriginServer.Reply.Of("application/zip", new byte[101]));
        lab.On("/quiet", _ =>
        {
            Interlocked.Increment(ref asked);
            return OriginServer.Reply.Html("") with { Silent = true };
        });
        var run = new MemoryMirrorRun();
        var crawl = lab.CrawlAsync(run);

        // Time passes once the silence has begun, and while the next try is waited for.
        await Eventually.HoldsAsync(() => crawl.IsCompleted, () =>
        {
            if (Volatile.Read(ref asked) is > 0 and var now)
            {
                clock.Advance(now > over ? TimeSpan.FromMinutes(2) : TimeSpan.FromSeconds(1));
                over = now;
            }
        });
        Assert.Null(await crawl);
        Assert.Contains("larger", run["/large"].Reason, StringComparison.Ordinal);
        Assert.Contains("no answer within", run["/quiet"].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stop_is_not_waited_for_by_what_is_asked_of_a_silent_site()
    {
        await using var lab = new CrawlLab();
        lab.Settings = lab.Settings with { Timeout = TimeSpan.FromMinutes(10) };
        using var stop = new CancellationTokenSource();
        lab.Page("/", "<a href=/quiet>").On("/quiet", _ =>
        {
            stop.CancelAfter(50);
            return OriginServer.Reply.Html("") with { Silent = true };
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => lab.CrawlAsync(new MemoryMirrorRun(), stop.Token));
    }
}
