using HostingOps.Engine.Mirror.Generations;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.Mirror.Generations;

/// <summary>The limits at which a run is refused, gone on with or believed: on them, just before and just behind.</summary>
public sealed class RunLimitsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly ManualTimeProvider time = new();

    private MirrorStore Store => folder.Store(time);

    private MirrorFolder Acme => Store.Folder("acme");

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(10, 1000, 80, true)]
    [InlineData(8, 800, 80, true)]
    [InlineData(7, 800, 80, false)]
    [InlineData(8, 799, 80, false)]
    [InlineData(1, 1, 0, true)]
    [InlineData(9, 1000, 100, false)]
    [InlineData(10, 999, 99.95, false)]
    [InlineData(10, 1000, 100, true)]
    public void Just_the_share_that_is_expected_is_enough(int pages, long bytes, double minPercent, bool becomes) =>
        Assert.Equal(becomes, ShrinkGuard.Judge(Generation(10, 1000), Generation(pages, bytes), [], minPercent) is null);

    [Fact]
    public async Task The_sites_own_share_counts()
    {
        await Store.SaveAsync(static run => PagesAsync(run, 10));
        time.Advance(TimeSpan.FromHours(1));

        Assert.False(await SavedAsync(new MirrorSettings { MinPercent = 90 }, pages: 8));
        Assert.True(await SavedAsync(new MirrorSettings { MinPercent = 50 }, pages: 5));
    }

    [Theory]
    [InlineData(0, 36, true)]
    [InlineData(8.99, 36, true)]
    [InlineData(9, 36, false)]
    [InlineData(-0.01, 36, false)]
    [InlineData(1.01, 4, false)]
    [InlineData(10, 48, true)]
    public void A_run_is_gone_on_with_for_a_quarter_of_the_greatest_age_and_never_one_from_the_future(double hours, double maxAge, bool continues)
    {
        var now = time.GetUtcNow();
        var start = RunStart.Of(Mirrors.Site(), MirrorSettings.Default, now);

        Assert.Equal(continues, start.Continues(start with { StartedAt = now.AddHours(-hours) }, TimeSpan.FromHours(maxAge)));
        Assert.False(start.Continues(start with { StartedAt = now.AddHours(-hours), Format = start.Format + 1 }, TimeSpan.FromHours(maxAge)));
    }

    [Fact]
    public async Task Of_several_runs_that_were_cut_off_the_newest_is_gone_on_with_and_the_others_go()
    {
        foreach (var page in (string[])["/a", "/b", "/c"])
        {
            await using (var cut = await Store.BeginAsync())
            {
                await cut.PageAsync(page, "text");
            }

            // Out of the next one's sight.
            Directory.Move(Assert.Single(Directory.GetDirectories(Acme.Work)), folder.Combine(page[1..]));
            time.Advance(TimeSpan.FromMinutes(1));
        }

        foreach (var (left, id) in new[] { ("b", "20260301T120100Z"), ("c", "20260301T120200Z"), ("a", "20260301T120000Z") })
        {
            Directory.Move(folder.Combine(left), Acme.Run(id));
        }

        await using var run = await Store.BeginAsync();

        Assert.Equal((true, "20260301T120200Z"), (run.IsResumed, run.Id));
        Assert.NotNull(run.Resumed("/c"));
        Assert.Null(run.Resumed("/a"));
        Assert.Equal(run.Id, Path.GetFileName(Assert.Single(Directory.GetDirectories(Acme.Work))));
    }

    [Fact]
    public async Task What_was_left_with_its_length_but_not_its_bytes_is_asked_for_again()
    {
        await using (var cut = await Store.BeginAsync())
        {
            await cut.PageAsync("/a", "a");
            await cut.PageAsync("/b", "b");
            var path = MirrorFolder.ContentFile(Acme.Run(cut.Id), "a.html");
            File.Delete(path);
            await File.WriteAllTextAsync(path, "?");
        }

        await using var run = await Store.BeginAsync();

        Assert.Null(run.Resumed("/a"));
        Assert.NotNull(run.Resumed("/b"));
    }

    [Fact]
    public async Task What_a_run_was_killed_in_the_middle_of_making_does_not_come_along_into_the_generation()
    {
        string work;
        await using (var cut = await Store.BeginAsync())
        {
            await cut.PageAsync("/a", "a");
            work = Acme.Run(cut.Id);
        }

        await File.WriteAllTextAsync(Path.Combine(work, "generation.json.abcdefgh.xyz"), "{");
        await File.WriteAllTextAsync(Path.Combine(work, "manifest.jsonl"), "half");
        Directory.CreateDirectory(Path.Combine(work, "serve"));
        await File.WriteAllTextAsync(Path.Combine(work, "serve", "nginx9.map"), "half");

        await using var run = await Store.BeginAsync();
        Assert.NotNull(run.Resumed("/a"));
        Assert.True((await run.CompleteAsync()).IsCurrent);

        Assert.Equal(
            ["content", "generation.json", "manifest.jsonl"],
            Directory.EnumerateFileSystemEntries(Acme.Generation(run.Id)).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_journal_that_gives_two_urls_one_file_is_believed_for_one_of_them_only()
    {
        await using (var cut = await Store.BeginAsync())
        {
            var entry = await cut.PageAsync("/a", "a");
            await File.AppendAllBytesAsync(Path.Combine(Acme.Run(cut.Id), "journal.jsonl"), MirrorEntryJson.Write(entry with { Url = "/b" }));
        }

        await using var run = await Store.BeginAsync();

        Assert.NotNull(run.Resumed("/a"));
        Assert.Null(run.Resumed("/b"));
    }

    [Fact]
    public void What_was_behind_a_line_cut_off_does_not_come_back_with_the_next_line()
    {
        var path = folder.Combine("journal.jsonl");
        var next = MirrorEntryJson.Write(Mirrors.Entry("/new"));
        var torn = next.ToArray();
        torn[0] = 0;
        File.WriteAllBytes(path, [.. MirrorEntryJson.Write(Mirrors.Entry("/a")), .. torn, .. MirrorEntryJson.Write(Mirrors.Entry("/stale"))]);

        using (var log = EntryLog.OpenJournal(path))
        {
            Assert.Equal(1, log.Count);
            log.Append(Mirrors.Entry("/new"));
        }

        using var again = EntryLog.OpenJournal(path);
        Assert.Equal(["/a", "/new"], again.ReadSorted().Select(static line => line.Entry.Url));
    }

    [Fact]
    public async Task A_generation_under_another_ones_name_is_none()
    {
        await Store.SaveAsync(static run => run.PageAsync("/", "home"));
        Directory.CreateDirectory(Acme.Generation("20990101T000000Z"));
        File.Copy(Path.Combine(Acme.Current, "generation.json"), Path.Combine(Acme.Generation("20990101T000000Z"), "generation.json"));

        Assert.Equal("20260301T120000Z", Assert.Single(GenerationShelf.List(Acme)).Generation.Id);
    }

    private static MirrorGeneration Generation(int pages, long bytes) => new()
    {
        SiteName = "acme",
        Id = "20260301T120000Z",
        StartedAt = DateTimeOffset.UnixEpoch,
        FinishedAt = DateTimeOffset.UnixEpoch,
        HostName = "www.acme.example",
        Pages = pages,
        Bytes = bytes,
        IsWhole = true,
    };

    private static async Task PagesAsync(MirrorRun run, int pages)
    {
        for (var page = 0; page < pages; page++)
        {
            await run.PageAsync($"/{page}", "text");
        }
    }

    private async Task<bool> SavedAsync(MirrorSettings settings, int pages)
    {
        await using var run = await Store.BeginAsync(settings);
        await PagesAsync(run, pages);
        return (await run.CompleteAsync()).IsCurrent;
    }
}
