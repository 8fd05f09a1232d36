using System.Security.Cryptography;
using HostingOps.Engine.Mirror.Generations;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.Mirror.Generations;

/// <summary>Processes that save mirrors are killed at random moments.</summary>
public sealed class MirrorDeathTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Killed_at_any_moment_the_current_generation_is_whole_and_the_next_run_goes_on_and_leaves_nothing_behind()
    {
        var store = new MirrorStore(folder.Combine("mirrors"), TimeProvider.System);
        var acme = store.Folder("acme");
        await SaverProcess.SaveAsync(store);
        var random = new Random();
        var seen = new HashSet<string>();
        for (var round = 0; round < 8; round++)
        {
            using var saver = SaverProcess.Start(store.Mirrors);
            var line = await saver.StandardOutput.ReadLineAsync().WaitAsync(Eventually.Patience);
            Assert.True(line == "begins", line ?? await saver.StandardError.ReadToEndAsync());
            await Task.Delay(random.Next(0, 120));
            saver.Kill();
            await saver.WaitForExitAsync().WaitAsync(Eventually.Patience);

            seen.Add(await WholeAsync(acme));
        }

        await SaverProcess.SaveAsync(store);

        seen.Add(await WholeAsync(acme));
        Assert.True(seen.Count > 1);
        Assert.Empty(Directory.EnumerateFileSystemEntries(acme.Work));
        Assert.Equal(["current", "generations", "lock", "work"], Directory.EnumerateFileSystemEntries(acme.Root).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        var generations = Directory.EnumerateFileSystemEntries(acme.Generations).ToArray();
        Assert.InRange(generations.Length, 1, 2);
        Assert.All(generations, static generation => Assert.Equal(
            ["content", "generation.json", "manifest.jsonl"],
            Directory.EnumerateFileSystemEntries(generation).Select(Path.GetFileName).Order(StringComparer.Ordinal)));
        Assert.Equal(SaverProcess.Pages, Directory.EnumerateFiles(Path.Combine(acme.Current, "content"), "*", SearchOption.AllDirectories).Count());
    }

    private static async Task<string> WholeAsync(MirrorFolder acme)
    {
        var id = CurrentLink.Read(acme);
        Assert.NotNull(id);
        var generation = GenerationSummary.TryRead(Path.Combine(acme.Generation(id), "generation.json"))!.Generation;
        Assert.Equal((id, SaverProcess.Pages, true), (generation.Id, generation.Pages, generation.IsWhole));
        var manifest = Path.Combine(acme.Generation(id), "manifest.jsonl");
        Assert.Equal(generation.ManifestHash, Convert.ToHexString(SHA256.HashData(await File.ReadAllBytesAsync(manifest))).ToLowerInvariant());
        using var log = EntryLog.OpenManifest(manifest);
        var entries = log.ReadSorted().Select(static line => line.Entry).ToArray();
        Assert.Equal(SaverProcess.Pages, entries.Length);
        Assert.All(entries, entry => Assert.True(ContentFolder.Holds(MirrorFolder.ContentFile(acme.Generation(id), entry.File!), entry.FileHash!, entry.Length), entry.File));
        return id;
    }
}
