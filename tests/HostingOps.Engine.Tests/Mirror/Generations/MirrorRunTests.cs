using System.Security.Cryptography;
using HostingOps.Engine.Mirror.Generations;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.Mirror.Generations;

public sealed class MirrorRunTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly ManualTimeProvider time = new();

    private MirrorStore Store => folder.Store(time);

    private MirrorFolder Acme => Store.Folder("acme");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_run_becomes_the_current_generation_with_its_files_and_a_line_for_each_url()
    {
        await using var run = await Store.BeginAsync();
        await run.PageAsync("/", "<h1>Acme</h1>", "/about", "/style.css", "/old");
        await run.PageAsync("/about", "About", "/");
        await run.AssetAsync("/style.css", "body {}");
        await run.NoteAsync(Mirrors.Entry("/old", null, MirrorEntryKind.Redirect) with { Status = 301, Location = "/about#team" }, default);

        var (generation, isCurrent, reason) = await run.CompleteAsync();

        Assert.True(isCurrent, reason);
        Assert.Equal(("acme", "20260301T120000Z", 2, 1, 1, 25L), (generation.SiteName, generation.Id, generation.Pages, generation.Assets, generation.Redirects, generation.Bytes));
        Assert.Equal((true, null, 0, 0, "www.acme.example"), (generation.IsWhole, generation.Reason, generation.MissingAssets, generation.BrokenLinks, generation.HostName));
        Assert.Equal("<h1>Acme</h1>", Acme.Content("index.html"));
        Assert.Equal("About", Acme.Content("about.html"));
        var manifest = await File.ReadAllBytesAsync(Path.Combine(Acme.Current, "manifest.jsonl"));
        Assert.Equal(generation.ManifestHash, Convert.ToHexString(SHA256.HashData(manifest)).ToLowerInvariant());
        using var log = EntryLog.OpenManifest(Path.Combine(Acme.Current, "manifest.jsonl"));
        Assert.Equal(["/", "/about", "/old", "/style.css"], log.ReadSorted().Select(static line => line.Entry.Url));
        Assert.Equal(["/style.css", "/about", "/old"], log.Find("/")!.Links.Select(static link => link.Url));
        Assert.Equal(["content", "generation.json", "manifest.jsonl"], Directory.EnumerateFileSystemEntries(Acme.Generation(generation.Id)).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Acme.Work));
    }

    [Fact]
    public async Task What_has_not_changed_is_the_same_file_as_before_and_equal_bytes_are_stored_once()
    {
        await SaveAsync(async run =>
        {
            await run.PageAsync("/", "home");
            await run.PageAsync("/a?x=1", "same");
            await run.PageAsync("/a?x=2", "same");
        });
        time.Advance(TimeSpan.FromHours(1));
        var first = CurrentLink.Read(Acme)!;

        await SaveAsync(async run =>
        {
            var kept = run.Previous("/")!;
            Assert.Equal(("\"1\"", "origin"), (kept.ETag, kept.OriginHash));
            await run.KeepAsync(kept with { Depth = 3 }, default);
            await run.PageAsync("/a?x=1", "same");
            await run.PageAsync("/b", "new");
        });

        var second = CurrentLink.Read(Acme)!;
        Assert.NotEqual(first, second);
        Assert.Equal("home", Acme.Content("index.html"));
        Assert.Equal(3, Entry("/").Depth);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(Inode(first, "/"), Inode(second, "/"));
            Assert.Equal(Inode(first, "/a?x=1"), Inode(first, "/a?x=2"));
            Assert.Equal(Inode(first, "/a?x=1"), Inode(second, "/a?x=1"));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead, File.GetUnixFileMode(Path.Combine(Acme.Current, "content", "index.html")));
        }
    }

    [Fact]
    public async Task A_damaged_or_missing_file_is_not_taken_over_but_asked_for_again()
    {
        await SaveAsync(async run =>
        {
            await run.PageAsync("/", "home");
            await run.PageAsync("/b", "there");
            await run.PageAsync("/c", "gone");
        });
        var content = Path.Combine(Acme.Generation(CurrentLink.Read(Acme)!), "content");
        Replace(Path.Combine(content, "index.html"), "hOme");
        File.Delete(Path.Combine(content, "c.html"));

        await using var run = await Store.BeginAsync();

        Assert.Null(run.Previous("/"));
        Assert.NotNull(run.Previous("/b"));
        Assert.Null(run.Previous("/c"));
        Assert.Null(run.Previous("/d"));

        var stored = await run.PageAsync("/", "home");
        Assert.Equal("home", await File.ReadAllTextAsync(MirrorFolder.ContentFile(Acme.Run(run.Id), stored.File!)));
    }

    [Fact]
    public async Task What_was_made_by_other_settings_is_not_taken_over()
    {
        await SaveAsync(static run => run.PageAsync("/", "home"));

        await using var run = await Store.BeginAsync(new MirrorSettings { AssetHosts = ["cdn.example.net"] });

        Assert.Null(run.Previous("/"));
    }

    [Fact]
    public async Task A_run_that_was_cut_off_is_gone_on_with_and_keeps_its_beginning()
    {
        await using (var cut = await Store.BeginAsync())
        {
            await cut.PageAsync("/", "home", "/a", "/b", "/c");
            await cut.PageAsync("/a", "a");
            await cut.FailAsync("/b", 503);
            await File.AppendAllTextAsync(Path.Combine(Acme.Run(cut.Id), "content", "stray.html"), "half");
        }

        await File.AppendAllTextAsync(Path.Combine(Acme.Run("20260301T120000Z"), "journal.jsonl"), "{\"url\":\"/c\",\"kind\":\"Pa");
        time.Advance(TimeSpan.FromHours(1));

        await using var run = await Store.BeginAsync();
        Assert.True(run.IsResumed);
        Assert.Equal(time.GetUtcNow() - TimeSpan.FromHours(1), run.StartedAt);
        Assert.Equal("a.html", run.Resumed("/a")!.File);
        Assert.Null(run.Resumed("/b"));
        Assert.Null(run.Resumed("/c"));
        await run.PageAsync("/b", "b");
        await run.PageAsync("/c", "c");

        var completion = await run.CompleteAsync();

        Assert.Equal((true, true, 4), (completion.IsCurrent, completion.Generation.IsWhole, completion.Generation.Pages));
        Assert.Equal("c", Acme.Content("c.html"));
        Assert.False(File.Exists(Path.Combine(Acme.Current, "content", "stray.html")));
    }

    [Fact]
    public async Task What_was_left_long_ago_or_by_other_settings_is_thrown_away()
    {
        foreach (var (later, settings) in new[] { (TimeSpan.FromHours(10), MirrorSettings.Default), (TimeSpan.Zero, new MirrorSettings { Exclude = ["/a"] }) })
        {
            await using (var cut = await Store.BeginAsync())
            {
                await cut.PageAsync("/", "home");
            }

            time.Advance(later);
            await using var run = await Store.BeginAsync(settings);
            Assert.False(run.IsResumed);
            Assert.Null(run.Resumed("/"));
            Assert.Single(Directory.EnumerateDirectories(Acme.Work));
        }
    }

    [Fact]
    public async Task A_resumed_file_that_a_power_cut_emptied_is_asked_for_again_and_never_served()
    {
        await using (var cut = await Store.BeginAsync())
        {
            await cut.PageAsync("/", "home");
            await cut.PageAsync("/a", "a");
        }

        Replace(Path.Combine(Acme.Run("20260301T120000Z"), "content", "a.html"), "");
        await using var run = await Store.BeginAsync();
        Assert.Null(run.Resumed("/a"));

        var completion = await run.CompleteAsync();

        Assert.False(completion.IsCurrent);
        Assert.Equal("1 stored files are damaged or gone.", completion.Reason);
        Assert.Null(CurrentLink.Read(Acme));
    }

    [Theory]
    [InlineData(503, "status 503")]
    [InlineData(0, "no answer")]
    public async Task A_run_that_lost_a_page_to_a_failing_site_never_becomes_current_and_says_why(int status, string said)
    {
        await SaveAsync(async static run =>
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

        await SaveAsync(async static run =>
        {
            await run.PageAsync("/", "home");
            await run.PageAsync("/a", "a");
        });
        Assert.False(File.Exists(Acme.Refused));
    }

    [Fact]
    public async Task A_run_with_far_fewer_pages_or_bytes_never_becomes_current_but_where_that_is_accepted()
    {
        await SaveAsync(async static run =>
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
        Assert.True((await SaveAsync(static run => run.PageAsync("/", "home"), ended: "the time of 1 h was over")).IsCurrent);
        time.Advance(TimeSpan.FromMinutes(1));
        var worse = await SaveAsync(static run => run.PageAsync("/", "home"), ended: "the time of 1 h was over");
        Assert.Equal((true, false, "The crawl ended before it had everything: the time of 1 h was over."), (worse.IsCurrent, worse.Generation.IsWhole, worse.Generation.Reason));
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.True((await SaveAsync(static run => run.PageAsync("/", "home"))).IsCurrent);
        time.Advance(TimeSpan.FromMinutes(1));

        var refused = await SaveAsync(static run => run.PageAsync("/", "home"), ended: "the time of 1 h was over");

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
        await SaveAsync(static run => run.PageAsync("/", "old"));
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
        await SaveAsync(static run => run.PageAsync("/", "home"));
        await SaveAsync(static run => run.PageAsync("/", "home"));

        Assert.Equal("20260301T120000Z-2", CurrentLink.Read(Acme));
    }

    [Fact]
    public async Task While_one_saves_nobody_else_does_and_afterwards_anybody_may()
    {
        await using (await Store.BeginAsync())
        {
            var error = await Assert.ThrowsAsync<HostingException>(async () => await Store.BeginAsync());
            Assert.Equal(ErrorIds.MirrorBusy, error.ErrorId);
        }

        await using var run = await Store.BeginAsync();
    }

    [Fact]
    public async Task A_body_that_breaks_off_or_is_cancelled_leaves_nothing_and_is_the_callers_error()
    {
        await using var run = await Store.BeginAsync();

        await Assert.ThrowsAsync<IOException>(() => run.StoreAsync(Mirrors.Entry("/"), new BrokenStream(new IOException("The connection was reset.")), default));
        await Assert.ThrowsAsync<OperationCanceledException>(() => run.StoreAsync(Mirrors.Entry("/"), new BrokenStream(null), new CancellationToken(canceled: true)));

        Assert.Empty(Directory.EnumerateFiles(Acme.Run(run.Id), "*", SearchOption.AllDirectories).Select(Path.GetFileName).Except(["journal.jsonl", "run.json"]));
        await run.PageAsync("/", "home");
        Assert.True((await run.CompleteAsync()).IsCurrent);
    }

    [SkippableFact]
    public async Task No_link_within_the_mirror_is_ever_written_through()
    {
        Skip.If(OperatingSystem.IsWindows(), "Links need a privilege on Windows.");
        var outside = Directory.CreateDirectory(folder.Combine("outside")).FullName;
        await File.WriteAllTextAsync(Path.Combine(outside, "index.html"), "theirs");
        await using var run = await Store.BeginAsync();
        var content = Path.Combine(Acme.Run(run.Id), "content");
        Directory.CreateSymbolicLink(Path.Combine(content, "a"), outside);
        File.CreateSymbolicLink(Path.Combine(content, "index.html"), Path.Combine(outside, "index.html"));
        File.CreateSymbolicLink(Path.Combine(content, "dangling.html"), Path.Combine(outside, "new.html"));

        await run.PageAsync("/", "ours");
        await run.PageAsync("/dangling", "ours too");
        var error = await Assert.ThrowsAsync<HostingException>(() => run.PageAsync("/a/index.html", "ours"));

        Assert.Equal(ErrorIds.MirrorStoreFailed, error.ErrorId);
        Assert.Contains("a link is where a folder should be", error.Message, StringComparison.Ordinal);
        Assert.True((await run.CompleteAsync()).IsCurrent);
        Assert.Equal("theirs", await File.ReadAllTextAsync(Path.Combine(outside, "index.html")));
        Assert.Equal(["index.html"], Directory.EnumerateFileSystemEntries(outside).Select(Path.GetFileName));
        Assert.Equal("ours", Acme.Content("index.html"));
        Assert.False(Path.Exists(Path.Combine(Acme.Current, "content", "a")));
    }

    [Theory]
    [InlineData("about")]
    [InlineData("")]
    [InlineData("/a b")]
    [InlineData("/a#b")]
    [InlineData("/caf\u00e9")]
    [InlineData("/a\n{}")]
    public async Task What_was_never_sent_over_http_is_refused(string url)
    {
        await using var run = await Store.BeginAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => run.PageAsync(url, "x"));
    }

    [Fact]
    public async Task Many_at_once_do_not_disturb_each_other()
    {
        await using var run = await Store.BeginAsync();
        await Task.WhenAll(Enumerable.Range(0, 300).Select(page => Task.Run(() => run.PageAsync($"/{page % 3}/{page}", $"text {page % 7}"))));

        var completion = await run.CompleteAsync();

        Assert.Equal(300, completion.Generation.Pages);
        Assert.All(Enumerable.Range(0, 300), page => Assert.Equal($"text {page % 7}", Acme.Content($"{page % 3}/{page}.html")));
    }

    private async Task<HostingOps.Engine.Mirror.MirrorCompletion> SaveAsync(Func<MirrorRun, Task> crawl, string? ended = null)
    {
        await using var run = await Store.BeginAsync();
        await crawl(run);
        return await run.CompleteAsync(ended);
    }

    private MirrorEntry Entry(string url)
    {
        using var log = EntryLog.OpenManifest(Path.Combine(Acme.Current, "manifest.jsonl"));
        return log.Find(url)!;
    }

    private string Inode(string id, string url)
    {
        using var log = EntryLog.OpenManifest(Path.Combine(Acme.Generation(id), "manifest.jsonl"));
        using var stat = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(
            "stat", [OperatingSystem.IsMacOS() ? "-f%i" : "-c%i", MirrorFolder.ContentFile(Acme.Generation(id), log.Find(url)!.File!)]) { RedirectStandardOutput = true })!;
        return stat.StandardOutput.ReadToEnd();
    }

    private static void Replace(string path, string text)
    {
        File.Delete(path);
        File.WriteAllText(path, text);
    }

    private sealed class BrokenStream(Exception? failure) : MemoryStream
    {
        private bool begun;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
            if (begun && failure is not null)
            {
                throw failure;
            }

            begun = true;
            buffer.Span[0] = (byte)'x';
            return 1;
        }
    }
}
