using System.Text;
using HostingOps.Engine.Mirror.Generations;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.Mirror.Generations;

/// <summary>Short ways to make runs in tests.</summary>
internal static class Mirrors
{
    public const string Html = "text/html; charset=utf-8";

    public static HostedSite Site(MirrorSettings? settings = null) => TestSites.Acme() with { Mirror = settings ?? MirrorSettings.Default };

    public static MirrorStore Store(this TemporaryFolder folder, TimeProvider time) => new(folder.Combine("mirrors"), time);

    public static Task<MirrorRun> BeginAsync(this MirrorStore store, MirrorSettings? settings = null, bool acceptLoss = false) =>
        store.BeginAsync(Site(settings), new MirrorRunOptions { AcceptLoss = acceptLoss }, CancellationToken.None);

    public static async Task<HostingOps.Engine.Mirror.MirrorCompletion> SaveAsync(this MirrorStore store, Func<MirrorRun, Task> crawl, string? ended = null)
    {
        await using var run = await store.BeginAsync();
        await crawl(run);
        return await run.CompleteAsync(ended);
    }

    public static MirrorEntry Entry(string url, string? contentType = Html, MirrorEntryKind kind = MirrorEntryKind.Page) => new()
    {
        Url = url,
        Kind = kind,
        Status = 200,
        ContentType = contentType,
        ETag = "\"1\"",
        FetchedAt = new DateTimeOffset(2026, 3, 1, 12, 0, 1, TimeSpan.Zero),
    };

    public static Task<MirrorEntry> PageAsync(this MirrorRun run, string url, string text, params string[] links) => run.StoreAsync(
        Entry(url) with { OriginHash = "origin", Links = [.. links.Select(static link => new MirrorLink(link, link.Contains('.', StringComparison.Ordinal)))] },
        new MemoryStream(Encoding.UTF8.GetBytes(text)),
        CancellationToken.None);

    public static Task<MirrorEntry> AssetAsync(this MirrorRun run, string url, string text) => run.StoreAsync(
        Entry(url, "text/css", MirrorEntryKind.Asset), new MemoryStream(Encoding.UTF8.GetBytes(text)), CancellationToken.None);

    public static Task FailAsync(this MirrorRun run, string url, int status, string? reason = null) => run.NoteAsync(
        new MirrorEntry { Url = url, Kind = MirrorEntryKind.Failed, Status = status, Reason = reason }, CancellationToken.None);

    public static Task<HostingOps.Engine.Mirror.MirrorCompletion> CompleteAsync(this MirrorRun run, string? ended = null) => run.CompleteAsync(ended, CancellationToken.None);

    public static string Content(this MirrorFolder folder, string file) =>
        File.ReadAllText(MirrorFolder.ContentFile(folder.Generation(CurrentLink.Read(folder)!), file));
}
