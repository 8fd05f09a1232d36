using HostingOps.Engine.Mirror.Generations;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.Mirror.Generations;

/// <summary>Which run takes the place of the one before, and what goes then.</summary>
public sealed class BecomingCurrentTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly ManualTimeProvider time = new();

    private MirrorStore Store => folder.Store(time);

    private MirrorFolder Acme => Store.Folder("acme");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task What_old_generations_leave_behind_does_not_keep_a_run_from_becoming_current()
    {
        await Store.SaveAsync(static run => run.PageAsync("/", "first"));
        var first = CurrentLink.Read(Acme)!;
        var stuck = Path.Combine(Acme.Generations, ".removing-" + first);
        await File.WriteAllTextAsync(stuck, "in the way");
        time.Advance(TimeSpan.FromHours(1));

        await using (var run = await Store.BeginAsync(new MirrorSettings { Keep = 0 }))
        {
            await run.PageAsync("/", "second");
            var completion = await run.CompleteAsync();

            Assert.True(completion.IsCurrent, completion.Reason);
            Assert.Contains("could not be taken away", completion.Reason, StringComparison.Ordinal);
        }

        Assert.Equal("second", Acme.Content("index.html"));
        Assert.True(Directory.Exists(Acme.Generation(first)));
    }

    [Theory]
    [InlineData(503, "status 503")]
    [InlineData(0, "no answer")]
    public async Task A_run_that_lost_a_page_to_a_failing_site_never_becomes_current_and_says_why(int status, string said)
    {
        await Store.SaveAsync(async static run =>
        {
            await run.PageAsync("/", "home");
            await run.PageAsync("/a", "a");
        });
        var before = CurrentLink.Read(Acme);
        time.Advance(TimeSpan.FromHours(1));

        await using (var run = await Store.BeginAsync())
        {
            await run.PageAsync("/", "home");
            await run.PageAsync("/b", "much more than before was there");
            await run.FailAsync("/a", status);
            var completion = await run.CompleteAsync();

            Assert.Equal((false, false), (completion.IsCurrent, completion.Generation.IsWhole));
            Assert.Equal($"The run lost 1 of what the current generation has: the site failed to answer for /a ({said}).", completion.Reason);
        }

        Assert.Equal(before, CurrentLink.Read(Acme));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Acme.Work));
        Assert.Equal("a", Acme.Content("a.html"));
        Assert.Equal("20260301T130000Z", GenerationSummary.TryRead(Acme.Refused)!.Generation.Id);

        await Store.SaveAsync(async static run =>
        {
            await run.PageAsync("/", "home");
            await run.PageAsync("/a", "a");
        });
        Assert.False(File.Exists(Acme.Refused));
    }

    [Fact]
    public async Task A_run_with_far_fewer_pages_or_bytes_never_becomes_current_but_where_that_is_accepted()
    {
        await Store.SaveAsync(async static run =>
        {
            foreach (var page in Enumerable.Range(0, 10))
            {
                await run.PageAsync($"/{page}", new string('x', 100));
            }
        });
        var before = CurrentLink.Read(Acme);

        Assert.Equal("It has 7 pages and the current generation 10; at least 80 % are expected.", await ShrunkenAsync(7, 200));
        Assert.Equal("It has 10 bytes and the current generation 1,000; at least 80 % are expected.", await ShrunkenAsync(10, 1));
        Assert.Equal(
            "It has 7 pages and the current generation 10; at least 80 % are expected. The crawl ended before it had everything: the site began to fail.",
            await ShrunkenAsync(7, 200, ended: "the site began to fail"));
        Assert.Equal("It has no page.", await ShrunkenAsync(0, 0));
        Assert.Equal("It has no page.", await ShrunkenAsync(0, 0, acceptLoss: true));
        Assert.Equal(before, CurrentLink.Read(Acme));
        Assert.Null(await ShrunkenAsync(1, 1, acceptLoss: true));
        Assert.NotEqual(before, CurrentLink.Read(Acme));

        async Task<string?> ShrunkenAsync(int pages, int length, bool acceptLoss = false, string? ended = null)
        {
            await using var run = await Store.BeginAsync(acceptLoss: acceptLoss);
            for (var page = 0; page < pages; page++)
            {
                await run.PageAsync($"/{page}", new string('x', length));
            }

            var completion = await run.CompleteAsync(ended);
            Assert.Equal(completion.Reason is null, completion.IsCurrent);
            return completion.Reason;
        }
    }

    [Fact]
    public async Task One_that_is_not_whole_replaces_only_one_that_is_not_either()
    {
        Assert.True((await Store.SaveAsync(static run => run.PageAsync("/", "home"), ended: "the time of 1 h was over")).IsCurrent);
        time.Advance(TimeSpan.FromMinutes(1));
        var worse = await Store.SaveAsync(static run => run.PageAsync("/", "home"), ended: "the time of 1 h was over");
        Assert.Equal((true, false, "The crawl ended before it had everything: the time of 1 h was over."), (worse.IsCurrent, worse.Generation.IsWhole, worse.Generation.Reason));
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.True((await Store.SaveAsync(static run => run.PageAsync("/", "home"))).IsCurrent);
        time.Advance(TimeSpan.FromMinutes(1));

        var refused = await Store.SaveAsync(static run => run.PageAsync("/", "home"), ended: "the time of 1 h was over");

        Assert.False(refused.IsCurrent);
        Assert.Equal("The current generation is whole and this one is not. The crawl ended before it had everything: the time of 1 h was over.", refused.Reason);
    }

    [Fact]
    public async Task Old_generations_are_taken_away_by_policy_and_the_current_one_never()
    {
        var settings = new MirrorSettings { Keep = 1 };
        foreach (var _ in Enumerable.Range(0, 4))
        {
            time.Advance(TimeSpan.FromHours(1));
            await using var run = await Store.BeginAsync(settings);
            await run.PageAsync("/", "home");
            Assert.True((await run.CompleteAsync()).IsCurrent);
        }

        Assert.Equal(["20260301T160000Z", "20260301T150000Z"], GenerationShelf.List(Acme).Select(static summary => summary.Generation.Id));
        CurrentLink.Switch(Acme, "20260301T150000Z");
        GenerationShelf.Prune(Acme, 0);
        Assert.Equal("20260301T150000Z", Assert.Single(Directory.EnumerateDirectories(Acme.Generations).Select(Path.GetFileName)));
    }

    [Fact]
    public async Task A_switch_and_a_removal_that_were_cut_off_are_ended_by_the_next_run()
    {
        await Store.SaveAsync(static run => run.PageAsync("/", "old"));
        time.Advance(TimeSpan.FromHours(1));
        string id;
        await using (var run = await Store.BeginAsync())
        {
            id = run.Id;
            await run.PageAsync("/", "new");
            await run.CompleteAsync();
        }

        // As if the process had died between the two renames, and in the middle of a removal.
        CurrentLink.Switch(Acme, "20260301T120000Z");
        await File.WriteAllTextAsync(Path.Combine(Acme.Generation(id), "journal.jsonl"), "");
        Directory.CreateDirectory(Path.Combine(Acme.Generations, ".removing-20260201T120000Z", "content"));
        await File.WriteAllTextAsync(Acme.Current + ".next", "");

        await using var next = await Store.BeginAsync();

        Assert.Equal(id, CurrentLink.Read(Acme));
        Assert.Equal("new", Acme.Content("index.html"));
        Assert.Equal(2, Directory.EnumerateFileSystemEntries(Acme.Generations).Count());
        Assert.False(File.Exists(Path.Combine(Acme.Generation(id), "journal.jsonl")));
    }

    [Fact]
    public async Task Two_runs_in_one_second_have_two_names()
    {
        await Store.SaveAsync(static run => run.PageAsync("/", "home"));
        await Store.SaveAsync(static run => run.PageAsync("/", "home"));

        Assert.Equal("20260301T120000Z-2", CurrentLink.Read(Acme));
    }
}
