using System.Diagnostics;
using HostingOps.Engine.Mirror.Transport;
using HostingOps.Engine.Ssh;
using HostingOps.Engine.Tests.Apex.Publishing;
using HostingOps.Engine.Tests.Mirror.Serving;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.Mirror.Transport;

/// <summary>Generations on their way to another host, with the system's rsync and a real sshd on loopback.</summary>
public sealed class MirrorTransportTests : IDisposable
{
    private const string First = "20261121T083000Z";
    private const string Second = "20261122T083000Z";
    private readonly TemporaryFolder here = new();
    private readonly TemporaryFolder there = new();
    private readonly RealSshd sshd;
    private readonly string rsync;

    public MirrorTransportTests()
    {
        rsync = RealPart.Require("rsync");
        sshd = new RealSshd();
    }

    private string Far => there.Combine("acme");

    private string? Current => Path.GetFileName(new DirectoryInfo(Path.Combine(Far, "current")).LinkTarget);

    public void Dispose()
    {
        sshd.Dispose();
        here.Dispose();
        there.Dispose();
    }

    [SkippableFact]
    public async Task What_was_saved_is_there_to_the_byte_readable_current_and_loaded()
    {
        var mirror = await SavedAsync(First);

        var result = await SendAsync(mirror, reload: [Program("echo loaded >> \"$0.log\"")]);

        Assert.True(result.Outcome == MirrorTransportOutcome.Sent, result.Reason);
        Assert.Equal(First, Current);
        Assert.Equal((First, null, false, mirror.Entries.Count + 5), (result.GenerationId, result.FormerGenerationId, result.Resumed, result.Files));
        Assert.Equal(Directory.EnumerateFiles(mirror.Folder, "*", SearchOption.AllDirectories).Sum(static file => new FileInfo(file).Length), result.Bytes);
        AssertSame(mirror.Folder, Path.Combine(Far, "generations", First));
        Assert.Equal("loaded\n", await File.ReadAllTextAsync(here.Combine("program.log")));
#pragma warning disable CA1416 // RealSshd skips on Windows.
        foreach (var path in Directory.EnumerateFileSystemEntries(Path.Combine(Far, "generations", First), "*", SearchOption.AllDirectories))
        {
            Assert.Equal((UnixFileMode)(Directory.Exists(path) ? 0b111_101_101 : 0b110_100_100), File.GetUnixFileMode(path));
        }
#pragma warning restore CA1416
    }

    [SkippableFact]
    public async Task What_is_there_already_is_not_sent_again_and_what_has_not_changed_is_linked_to()
    {
        await SendAsync(await SavedAsync(First));
        var again = await SendAsync(await SavedAsync(First));
        var next = await SendAsync(await SavedAsync(Second, "changed"));

        Assert.Equal((MirrorTransportOutcome.Unchanged, 0L), (again.Outcome, again.BytesSent));
        Assert.Equal((MirrorTransportOutcome.Sent, First, Second), (next.Outcome, next.FormerGenerationId, Current));
        Assert.True(next.FilesSent <= 6, next.FilesSent.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(Inode(Path.Combine(Far, "generations", First, "content", "large.bin")), Inode(Path.Combine(Far, "generations", Second, "content", "large.bin")));
        Assert.Equal("changed", await File.ReadAllTextAsync(Path.Combine(Far, "current", "content", "index.html")));
        Assert.Equal("first", await File.ReadAllTextAsync(Path.Combine(Far, "generations", First, "content", "index.html")));
    }

    [SkippableFact]
    public async Task A_connection_that_is_cut_leaves_the_current_one_untouched_and_the_next_run_goes_on()
    {
        await SendAsync(await SavedAsync(First, large: "small"));
        var mirror = await SavedAsync(Second);

        var sending = SendAsync(mirror, Options(Slow()) with { Attempts = 1 });
        await ArrivedAsync(Second);
        Kill(sshd.PidFile);
        var cut = await sending;

        Assert.Equal((MirrorTransportOutcome.Failed, ErrorIds.MirrorTransportFailed, First), (cut.Outcome, cut.ErrorId, Current));
        Assert.Contains("goes on from here", cut.Reason, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(Far, "generations", Second)));

        var next = await SendAsync(mirror);

        Assert.True(next.Outcome == MirrorTransportOutcome.Sent, next.Reason);
        Assert.Equal((true, Second), (next.Resumed, Current));
        AssertSame(mirror.Folder, Path.Combine(Far, "generations", Second));
        // Its text is compressed to three quarters on the way, and a sixth of it was there.
        Assert.True(next.BytesSent < Large.Length * 7 / 10, next.BytesSent.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [SkippableFact]
    public async Task A_connection_that_is_cut_is_made_anew_by_itself()
    {
        var mirror = await SavedAsync(First);

        var sending = SendAsync(mirror, Options(Slow()) with { Pause = TimeSpan.FromMilliseconds(10) });
        await ArrivedAsync(First);
        Kill(sshd.PidFile);
        var result = await sending;

        Assert.True(result.Outcome == MirrorTransportOutcome.Sent, result.Reason);
        AssertSame(mirror.Folder, Path.Combine(Far, "generations", First));
    }

    [SkippableFact]
    public async Task Stopped_it_stops_and_the_next_run_goes_on()
    {
        var mirror = await SavedAsync(First);
        using var stop = new CancellationTokenSource();

        var sending = SendAsync(mirror, Options(Slow()), cancellationToken: stop.Token);
        await ArrivedAsync(First);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        Assert.Null(Current);
        Assert.Equal((MirrorTransportOutcome.Sent, true), await OutcomeAsync(SendAsync(mirror)));
    }

    [SkippableFact]
    public async Task What_has_the_same_size_and_time_but_not_the_same_content_is_found_and_mended()
    {
        var first = await SavedAsync(First);
        await SendAsync(first);

        // What rsync would link to as unchanged, and something that nobody sent.
        var rotten = Path.Combine(Far, "generations", First, "content", "large.bin");
        var time = File.GetLastWriteTimeUtc(rotten);
        await File.WriteAllBytesAsync(rotten, new byte[Large.Length]);
        File.SetLastWriteTimeUtc(rotten, time);
        var stranger = Path.Combine(Directory.CreateDirectory(Path.Combine(Far, "generations", ".incoming-" + Second, "content")).FullName, "evil.html");
        await File.WriteAllTextAsync(stranger, "not ours");
        var second = await SavedAsync(Second, "changed");

        var result = await SendAsync(second);

        Assert.True(result.Outcome == MirrorTransportOutcome.Sent, result.Reason);
        AssertSame(second.Folder, Path.Combine(Far, "generations", Second));
    }

    [SkippableFact]
    public async Task What_does_not_arrive_as_the_manifest_says_never_becomes_current()
    {
        await SendAsync(await SavedAsync(First));
        var mirror = await SavedAsync(Second);
        await File.WriteAllTextAsync(Path.Combine(mirror.Folder, "content", "index.html"), "FIRST");

        var result = await SendAsync(mirror);

        Assert.Equal((MirrorTransportOutcome.Failed, ErrorIds.MirrorTransportFailed, First), (result.Outcome, result.ErrorId, Current));
        Assert.Contains("index.html", result.Reason, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_reload_that_fails_brings_the_former_generation_back()
    {
        await SendAsync(await SavedAsync(First));
        var mirror = await SavedAsync(Second);

        var failed = await SendAsync(mirror, reload: [Program("echo 'nginx: [emerg] no'; exit 1")]);

        Assert.Equal((MirrorTransportOutcome.Failed, First), (failed.Outcome, Current));
        Assert.Contains("nginx: [emerg] no", failed.Reason, StringComparison.Ordinal);
        var again = await SendAsync(mirror);
        Assert.Equal((MirrorTransportOutcome.Sent, true, Second), (again.Outcome, again.Resumed, Current));
    }

    [SkippableFact]
    public async Task A_connection_that_is_lost_during_the_reload_is_looked_after()
    {
        var mirror = await SavedAsync(First);

        var result = await SendAsync(mirror, reload: [Program($"kill -9 $(cat '{sshd.PidFile}')")]);

        Assert.Equal((MirrorTransportOutcome.Sent, First), (result.Outcome, Current));
        Assert.Contains("connection was lost at the end", result.Reason, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task What_was_switched_but_never_loaded_is_loaded_by_the_next_run()
    {
        var mirror = await SavedAsync(First);
        await SendAsync(mirror);
        File.Delete(Path.Combine(Far, ".loaded"));

        var result = await SendAsync(mirror, reload: [Program("echo loaded >> \"$0.log\"")]);

        Assert.Equal((MirrorTransportOutcome.Sent, 0L), (result.Outcome, result.BytesSent));
        Assert.Equal("loaded\n", await File.ReadAllTextAsync(here.Combine("program.log")));
    }

    [SkippableFact]
    public async Task A_reload_that_fails_again_is_not_told_as_the_former_generation_coming_back()
    {
        var mirror = await SavedAsync(First);
        await SendAsync(mirror);
        File.Delete(Path.Combine(Far, ".loaded"));

        var result = await SendAsync(mirror, reload: [Program("echo 'nginx: [emerg] no'; exit 1")]);

        Assert.Equal((MirrorTransportOutcome.Unknown, ErrorIds.ChangeOutcomeUnknown, First), (result.Outcome, result.ErrorId, Current));
        Assert.Contains("nginx: [emerg] no", result.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("former", result.Reason, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task The_oldest_generations_go_and_the_former_one_stays()
    {
        string[] ids = ["20261101T000000Z", "20261102T000000Z", "20261103T000000Z", "20261104T000000Z"];
        MirrorTransportResult? last = null;
        foreach (var id in ids)
        {
            Directory.CreateDirectory(Path.Combine(Far, "generations", ".incoming-20261001T000000Z"));
            Directory.CreateDirectory(Path.Combine(Far, "generations", ".incoming-20991001T000000Z"));
            last = await SendAsync(await SavedAsync(id, id, large: "small"), keep: 2);
        }

        Assert.Equal([ids[0]], last!.Pruned);
        Assert.Equal([".incoming-20991001T000000Z", .. ids[1..]], Directory.GetDirectories(Path.Combine(Far, "generations")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [SkippableFact]
    public async Task Who_is_not_known_gets_nothing()
    {
        sshd.Know(anotherKey: true);

        var result = await SendAsync(await SavedAsync(First));

        Assert.Equal((MirrorTransportOutcome.Failed, ErrorIds.SshHostKeyRejected), (result.Outcome, result.ErrorId));
        Assert.False(Directory.Exists(Far));
    }

    [SkippableFact]
    public async Task What_is_missing_is_named()
    {
        var mirror = await SavedAsync(First);
        var site = Site(["true"], 2);

        foreach (var (result, word) in new[]
        {
            (await new MirrorTransport(Options(), SilentReporter.Instance, TimeProvider.System).SendAsync(site with { Secondary = site.Secondary with { Ssh = null } }, mirror.Folder, mirror.Generation, mirror.Entries, CancellationToken.None), "'ssh' is missing"),
            (await SendAsync(mirror, Options() with { RsyncProgram = "no-such-rsync" }), "no rsync"),
            (await new MirrorTransport(Options(), SilentReporter.Instance, TimeProvider.System).SendAsync(site with { Mirror = site.Mirror! with { Folder = "/proc/mirrors" } }, mirror.Folder, mirror.Generation, mirror.Entries, CancellationToken.None), "may not write to '/proc/mirrors/acme'"),
        })
        {
            Assert.Equal(MirrorTransportOutcome.Failed, result.Outcome);
            Assert.Contains(word, result.Reason, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_list_of_checksums_escapes_what_would_break_it() => Assert.Equal(
        "aa  ./content/a b\n\\bb  ./content/c\\\\d\\ne\n",
        new SentFiles(new Dictionary<string, string> { ["content/a b"] = "aa", ["content/c\\d\ne"] = "bb" }, 0).CheckList());

    [Fact]
    public void An_IPv6_host_stands_in_brackets_and_ssh_is_one_word_each()
    {
        var arguments = RsyncCommand.Send(["/usr/bin/ssh", "-o", "UserKnownHostsFile=\"/it's here\""], new SshDestination("ops", "2001:db8::1", 22), "/here", "/there", "former", byContent: true, TimeSpan.FromSeconds(30));

        Assert.Equal("ops@[2001:db8::1]:/there/", arguments[^1]);
        Assert.Equal(("--", "/here/"), (arguments[^3], arguments[^2]));
        Assert.Contains("'/usr/bin/ssh' '-o' 'UserKnownHostsFile=\"/it''s here\"'", arguments);
        Assert.Contains("--link-dest=../former", arguments);
        Assert.Contains("--checksum", arguments);
    }

    private static byte[] Large { get; } = MakeLarge();

    private static byte[] MakeLarge()
    {
        var bytes = new byte[3_000_000];
        new Random(7).NextBytes(bytes);
        return bytes;
    }

    private async Task<HandMadeMirror> SavedAsync(string id, string home = "first", string? large = null)
    {
        var mirror = new HandMadeMirror(here.Path, id: id).Page("/", "index.html", home).Page("/caf%C3%A9 \"x\"/", "café \"x\"/index.html").Page("/q?a=1", ".mirror/files/q.html").Asset("/large.bin", "large.bin", "application/octet-stream", large ?? Convert.ToBase64String(Large)[..Large.Length]);
        await mirror.CompleteAsync();
        var content = Path.Combine(mirror.Folder, "content");
        foreach (var file in Directory.EnumerateFiles(content, "*", SearchOption.AllDirectories))
        {
            // Unchanged files keep their times from one generation to the next.
            File.SetLastWriteTimeUtc(file, file == Path.Combine(content, "index.html") && home != "first" ? new DateTime(2026, 11, 22, 0, 0, 0, DateTimeKind.Utc) : new DateTime(2026, 11, 1, 0, 0, 0, DateTimeKind.Utc));
        }

        return mirror;
    }

    private Task<MirrorTransportResult> SendAsync(
        HandMadeMirror mirror, MirrorTransportOptions? options = null, IReadOnlyList<string>? reload = null, int keep = 2, CancellationToken cancellationToken = default) =>
        new MirrorTransport(options ?? Options(), SilentReporter.Instance, TimeProvider.System).SendAsync(Site(reload ?? ["true"], keep), mirror.Folder, mirror.Generation, mirror.Entries, cancellationToken);

    private static async Task<(MirrorTransportOutcome Outcome, bool Resumed)> OutcomeAsync(Task<MirrorTransportResult> sending) => (await sending) is var result ? (result.Outcome, result.Resumed) : default;

    private HostedSite Site(IReadOnlyList<string> reload, int keep) => TestSites.Acme() with
    {
        Secondary = TestSites.Linode with { Ssh = sshd.Destination.ToString() },
        Mirror = new MirrorSettings { Folder = there.Path, Reload = reload, Keep = keep },
    };

    private MirrorTransportOptions Options(string? program = null) => new()
    {
        Ssh = new SshOptions { Program = sshd.Client },
        RsyncProgram = program ?? rsync,
        Silence = TimeSpan.FromMinutes(1),
        Pause = TimeSpan.FromMilliseconds(100),
    };

    private string Program(string body)
    {
        var path = here.Write("program", "#!/bin/sh\n" + body + "\n");
        Process.Start("chmod", ["+x", path]).WaitForExit();
        return path;
    }

    // The first call takes half a minute for the large file, so that it is cut off in the middle however slow the machine is; the next does not.
    private string Slow() => Program($"if [ -e \"$0.once\" ]; then exec '{rsync}' \"$@\"; fi\n: > \"$0.once\"\nexec '{rsync}' --bwlimit=60 \"$@\"");

    private async Task ArrivedAsync(string id)
    {
        var folder = Path.Combine(Far, "generations", ".incoming-" + id, "content");
        await Eventually.HoldsAsync(() => Directory.Exists(folder) && Directory.EnumerateFiles(folder, ".large.bin.*").Any(static file => new FileInfo(file).Length > 500_000));
    }

    private static void Kill(string pidFile) => Process.Start("kill", ["-9", File.ReadAllText(pidFile).Trim()]).WaitForExit();

    private static string Inode(string path)
    {
        using var stat = Process.Start(new ProcessStartInfo("stat", ["-c", "%i", path]) { RedirectStandardOutput = true })!;
        return stat.StandardOutput.ReadToEnd();
    }

    private static void AssertSame(string expected, string actual)
    {
        static List<string> Files(string folder) => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file)).Order(StringComparer.Ordinal).ToList();

        Assert.Equal(Files(expected), Files(actual));
        Assert.All(Files(expected), file => Assert.Equal(File.ReadAllBytes(Path.Combine(expected, file)), File.ReadAllBytes(Path.Combine(actual, file))));
    }
}
