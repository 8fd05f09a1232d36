using System.Diagnostics;
using HostingOps.Engine.Mirror.Generations;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.Mirror.Generations;

/// <summary>In which order a run becomes current and an old one goes, so that neither a kill nor a power cut leaves half of one.</summary>
public sealed class OrderOnDiskTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly ManualTimeProvider time = new();

    private MirrorStore Store => folder.Store(time);

    private MirrorFolder Acme => Store.Folder("acme");

    public void Dispose() => folder.Dispose();

    [SkippableFact]
    public async Task All_of_it_is_on_the_disk_before_it_has_its_name_and_its_name_before_it_is_current()
    {
        var strace = RealPart.Require("strace");
        using (var attempt = Process.Start(new ProcessStartInfo(strace, ["-o", "/dev/null", "true"]) { RedirectStandardError = true })!)
        {
            await attempt.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));
            Skip.If(attempt.ExitCode != 0, "strace may not trace here.");
        }

        var trace = folder.Combine("trace");
        using (var saver = SaverProcess.Start(
            Store.Mirrors, 3, strace, "-f", "-q", "-y", "-s", "4096", "-e", "signal=none", "-o", trace, "-e", "trace=syncfs,fsync,?rename,?renameat,?renameat2,?symlink,?symlinkat,?unlink,?unlinkat"))
        {
            var errors = saver.StandardError.ReadToEndAsync();
            _ = saver.StandardOutput.ReadToEndAsync();
            try
            {
                await saver.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(5));
            }
            finally
            {
                saver.Kill(entireProcessTree: true);
            }

            Assert.True(saver.ExitCode == 0, await errors);
        }

        var lines = await File.ReadAllLinesAsync(trace);
        var id = CurrentLink.Read(Acme)!;
        var last = Array.FindLastIndex(lines, line => line.Contains("rename", StringComparison.Ordinal) && line.Contains($"\"{Acme.Run(id)}/content/", StringComparison.Ordinal));
        Assert.True(last >= 0);
        foreach (var step in (string[][])
        [
            ["syncfs(", $"<{Acme.Run(id)}/journal.jsonl>"],
            ["rename", $"\"{Acme.Run(id)}\"", $"\"{Acme.Generation(id)}\""],
            ["fsync(", $"<{Acme.Generations}>"],
            ["symlink", $"\"generations/{id}\"", $"\"{Acme.Current}.next\""],
            ["rename", $"\"{Acme.Current}.next\"", $"\"{Acme.Current}\""],
            ["fsync(", $"<{Acme.Root}>"],
            ["unlink", $"\"{Acme.Generation(id)}/journal.jsonl\""],
            ["rename", $"\"{Acme.Generations}/.removing-"],
        ])
        {
            last = Array.FindIndex(lines, last + 1, line => Array.TrueForAll(step, part => line.Contains(part, StringComparison.Ordinal)));
            Assert.True(last >= 0, string.Join(" ", step));
        }

        Assert.DoesNotContain(lines, line => line.Contains("unlink", StringComparison.Ordinal) && line.Contains($"\"{Acme.Current}\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_switch_that_fails_leaves_the_former_one_current_and_is_made_by_the_next_run()
    {
        await Store.SaveAsync(static run => run.PageAsync("/", "old"));
        time.Advance(TimeSpan.FromHours(1));
        await using (var run = await Store.BeginAsync())
        {
            await run.PageAsync("/", "new");
            Directory.CreateDirectory(Acme.Current + ".next");

            var error = await Assert.ThrowsAsync<HostingException>(() => run.CompleteAsync());
            Assert.Equal((ErrorIds.MirrorStoreFailed, "old"), (error.ErrorId, Acme.Content("index.html")));
        }

        Directory.Delete(Acme.Current + ".next");
        await using var next = await Store.BeginAsync();

        Assert.Equal("20260301T130000Z", CurrentLink.Read(Acme));
        Assert.Equal("new", Acme.Content("index.html"));
    }

    [Fact]
    public async Task What_is_taken_away_is_whole_under_its_name_or_not_there_at_all()
    {
        foreach (var text in (string[])["first", "second"])
        {
            await Store.SaveAsync(run => run.PageAsync("/", text));
            time.Advance(TimeSpan.FromHours(1));
        }

        // In the way of the rename that begins a removal.
        await File.WriteAllTextAsync(Path.Combine(Acme.Generations, ".removing-20260301T120000Z"), "");

        Assert.Throws<IOException>(() => GenerationShelf.Prune(Acme, 0));

        Assert.Equal("first", await File.ReadAllTextAsync(MirrorFolder.ContentFile(Acme.Generation("20260301T120000Z"), "index.html")));
    }
}
