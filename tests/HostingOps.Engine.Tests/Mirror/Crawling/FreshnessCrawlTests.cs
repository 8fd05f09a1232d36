using System.Globalization;
using System.Text;
using HostingOps.Engine.Mirror;
using HostingOps.Engine.Mirror.Crawling;
using HostingOps.Engine.Mirror.Parsing;

namespace HostingOps.Engine.Tests.Mirror.Crawling;

/// <summary>What a later run need not ask for, because the site said how long it stays the same.</summary>
public sealed class FreshnessCrawlTests : IAsyncDisposable
{
    private const int Files = 300;
    private readonly CrawlLab lab = new();
    private readonly ShiftedClock clock = new();
    private readonly int[] versions = new int[Files];
    private string says = "public, max-age=86400";

    public FreshnessCrawlTests()
    {
        lab.Clock = clock;
        lab.Page("/", string.Concat(Enumerable.Range(0, Files).Select(static i => $"<img src=/i/{i}.png>"))
            + string.Concat(Enumerable.Range(0, 30).Select(i => $"<img src=http://cdn.example.net:{lab.Assets.Port}/{i}.png>")));
        lab.Fallback = question => question.Target.StartsWith("/i/", StringComparison.Ordinal) ? Picture(question, versions[int.Parse(question.Target[3..^4], CultureInfo.InvariantCulture)]) : OriginServer.Reply.NotFound;
        lab.AssetPages = question => question.Target == "/robots.txt" ? OriginServer.Reply.NotFound : Picture(question, 0);
    }

    public async ValueTask DisposeAsync() => await lab.DisposeAsync();

    [Fact]
    public async Task A_file_that_stays_fresh_is_kept_unasked_until_then_but_for_samples()
    {
        var first = await CrawlAsync(null);
        var until = first["/i/0.png"].FreshUntil;
        Assert.NotNull(until);

        clock.Shift = TimeSpan.FromHours(20);
        var second = await CrawlAsync(first);

        Assert.Equal(Files, second.Urls(MirrorEntryKind.Asset).Count(static url => url.StartsWith("/i/", StringComparison.Ordinal)));
        Assert.InRange(Asked().Length, 10, 40);
        Assert.InRange(lab.Assets.Paths.Count(static path => path.EndsWith(".png", StringComparison.Ordinal)), 10, 20);
        var unasked = Enumerable.Range(0, Files).Select(static i => $"/i/{i}.png").Except(Asked()).ToArray();
        Assert.All(unasked, url => Assert.Equal((first[url].FetchedAt, first[url].FreshUntil, first[url].FileHash), (second[url].FetchedAt, second[url].FreshUntil, second[url].FileHash)));
        Assert.Equal((1, Files + 30 + 1), (lab.Tally.Counts.Pages, lab.Tally.Counts.Assets));

        // The answer to a sample says anew how long.
        Assert.All(Asked(), url => Assert.Equal(second[url].FetchedAt.AddDays(1), second[url].FreshUntil!.Value, TimeSpan.FromSeconds(60)));

        clock.Shift = TimeSpan.FromHours(30);
        await CrawlAsync(second);
        Assert.Equal(unasked.Length, Asked().Intersect(unasked).Count());
    }

    [Fact]
    public async Task Samples_are_others_in_each_run()
    {
        var first = await CrawlAsync(null);
        var runs = new List<string[]>();
        for (var day = 0; day < 2; day++)
        {
            await CrawlAsync(first, new MemoryMirrorRun(first) { StartedAt = first.StartedAt.AddDays(day) });
            runs.Add(Asked());
        }

        Assert.NotEqual(runs[0].Order(StringComparer.Ordinal), runs[1].Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_site_whose_files_change_before_their_time_is_noticed_and_everything_of_it_is_asked_for()
    {
        var first = await CrawlAsync(null);
        Array.Fill(versions, 2);

        var second = await CrawlAsync(first);

        Assert.All(Enumerable.Range(0, Files), i => Assert.Equal($"{i} version 2", second.Text($"/i/{i}.png")));
        Assert.Single(lab.Reporter.Warnings, static line => line.Contains("www.acme.example said how long its files stay the same", StringComparison.Ordinal));
        Assert.Equal((1, Files + 30 + 1), (lab.Tally.Counts.Pages, lab.Tally.Counts.Assets));

        // The other host has not lied.
        Assert.InRange(lab.Assets.Paths.Count(static path => path.EndsWith(".png", StringComparison.Ordinal)), 10, 20);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_was_kept_before_the_lie_was_noticed_is_asked_for_and_counted_once(bool isResumed)
    {
        var first = await CrawlAsync(null);
        Array.Fill(versions, 2, 100, Files - 100);

        // A run whose lot falls on one of those that changed, and on none before it.
        var began = Enumerable.Range(0, 1000).Select(day => first.StartedAt.AddDays(day)).First(day =>
            Enumerable.Range(10, Files - 10).FirstOrDefault(i => Lot.FallsOn($"/i/{i}.png", day.UtcTicks.ToString(CultureInfo.InvariantCulture), 100)) > 200);
        lab.Settings = lab.Settings with { Connections = 1 };

        var second = await CrawlAsync(first, new MemoryMirrorRun(first, isResumed ? new() : null) { StartedAt = began });

        Assert.All(Enumerable.Range(0, Files), i => Assert.Equal($"{i} version {versions[i]}", second.Text($"/i/{i}.png")));
        Assert.Single(lab.Reporter.Warnings);
        Assert.DoesNotContain("(0 again)", lab.Reporter.Warnings.Single(), StringComparison.Ordinal);
        Assert.Equal((1, Files + 30 + 1), (lab.Tally.Counts.Pages, lab.Tally.Counts.Assets));
    }

    [Fact]
    public async Task A_file_that_is_gone_before_its_time_ends_the_belief_too_and_a_failure_does_not()
    {
        var first = await CrawlAsync(null);
        var fallback = lab.Fallback;
        var isBroken = true;
        lab.Fallback = question => !question.Target.StartsWith("/i/", StringComparison.Ordinal) ? fallback(question) : isBroken ? OriginServer.Reply.Error(403) : OriginServer.Reply.NotFound;

        await CrawlAsync(first);
        Assert.Empty(lab.Reporter.Warnings);
        Assert.InRange(Asked().Length, 10, 40);

        isBroken = false;
        var third = await CrawlAsync(first);
        Assert.Equal(Files, third.Urls(MirrorEntryKind.Missing).Length);
    }

    [Theory]
    [InlineData("max-age=86400, no-cache")]
    [InlineData("no-store, max-age=86400")]
    [InlineData("max-age=0, must-revalidate")]
    [InlineData("s-maxage=86400")]
    public async Task A_file_that_is_to_be_asked_for_is_asked_for(string cacheControl)
    {
        says = cacheControl;
        var first = await CrawlAsync(null);
        await CrawlAsync(first);
        Assert.Equal(Files, Asked().Length);
    }

    [Fact]
    public async Task Pages_and_feeds_are_asked_for_whatever_they_say_and_styles_keep_their_links()
    {
        lab.Page("/", "<link rel=stylesheet href=/s.css><link rel=alternate type=application/rss+xml href=/feed><a href=/p>", ("Cache-Control", says)).Page("/p", "p", ("Cache-Control", says))
            .On("/s.css", _ => OriginServer.Reply.Of("text/css", "a { b: url(/i/1.png) }"u8.ToArray(), ("Cache-Control", says)))
            .On("/feed", _ => OriginServer.Reply.Of("application/rss+xml", "<rss/>"u8.ToArray(), ("Cache-Control", says)));
        var first = await CrawlAsync(null);
        Assert.Null(first["/"].FreshUntil);
        Assert.Null(first["/feed"].FreshUntil);
        Assert.NotNull(first["/s.css"].FreshUntil);

        var second = await CrawlAsync(first);
        Assert.Empty(new[] { "/", "/p", "/feed" }.Except(lab.Server.Paths));
        Assert.Equal(["/favicon.ico", "/feed", "/i/1.png", "/s.css"], second.Urls(MirrorEntryKind.Asset).Prepend("/favicon.ico").Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_clock_that_was_set_back_since_is_no_reason_to_believe()
    {
        clock.Shift = TimeSpan.FromDays(400);
        var first = await CrawlAsync(null);
        clock.Shift = TimeSpan.Zero;
        await CrawlAsync(first);
        Assert.Equal(Files, Asked().Length);
    }

    [Fact]
    public void What_was_being_kept_when_the_belief_ended_is_asked_for_after_all()
    {
        var belief = Belief.InFreshness(DateTimeOffset.UnixEpoch, TimeProvider.System);
        var items = Enumerable.Range(0, 100).Select(static i => new CrawlItem(new MirrorPlace(null, "http", $"/{i}.png"), 1, "/", IsAsset: true)).ToArray();
        var spared = items.Where(belief.Spares).ToArray();
        Assert.True(belief.Keeps(spared[0]));
        var previous = items[0].Entry(MirrorEntryKind.Asset, 200, DateTimeOffset.UnixEpoch) with { FileHash = "1" };
        Assert.Null(belief.Saw(previous, new CrawlAnswer(null, []) { Again = true }));
        Assert.Null(belief.Saw(previous, new CrawlAnswer(previous with { ETag = "other" }, [])));

        Assert.Equal([spared[0]], belief.Saw(previous, new CrawlAnswer(previous with { FileHash = "2" }, [])));

        Assert.False(belief.Keeps(spared[1]));
        Assert.Null(belief.Saw(previous, new CrawlAnswer(previous with { FileHash = "3" }, [])));
        Assert.DoesNotContain(items, belief.Spares);
    }

    private OriginServer.Reply Picture(OriginServer.Question question, int version)
    {
        var tag = $"\"{version}\"";
        (string, string)[] headers = [("ETag", tag), ("Cache-Control", says)];
        return question.Header("If-None-Match") == tag
            ? new OriginServer.Reply(304, []) { Headers = [.. headers] }
            : OriginServer.Reply.Of("image/png", Encoding.UTF8.GetBytes($"{question.Target[(question.Target.LastIndexOf('/') + 1)..^4]} version {version}"), headers);
    }

    private string[] Asked() => [.. lab.Server.Paths.Where(static path => path.StartsWith("/i/", StringComparison.Ordinal)).Distinct()];

    private async Task<MemoryMirrorRun> CrawlAsync(MemoryMirrorRun? before, MemoryMirrorRun? run = null)
    {
        lab.Server.Questions.Clear();
        lab.Assets.Questions.Clear();
        run ??= new MemoryMirrorRun(before);
        Assert.Null(await lab.CrawlAsync(run));
        return run;
    }

    private sealed class ShiftedClock : TimeProvider
    {
        public TimeSpan Shift { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Shift;
    }
}
