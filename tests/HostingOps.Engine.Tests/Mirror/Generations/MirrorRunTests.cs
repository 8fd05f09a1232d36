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
        await Store.SaveAsync(async run =>
        {
            await run.PageAsync("/", "home");
            await run.PageAsync("/a?x=1", "same");
            await run.PageAsync("/a?x=2", "same");
        });
        time.Advance(TimeSpan.FromHours(1));
        var first = CurrentLink.Read(Acme)!;

        await Store.SaveAsync(async run =>
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
        await Store.SaveAsync(async run =>
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
        await Store.SaveAsync(static run => run.PageAsync("/", "home"));

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
