using System.Text;
using HostingOps.Engine.Mirror;

namespace HostingOps.Engine.Tests.Mirror.Crawling;

/// <summary>A page that a sitemap lists has its date, whoever leads to it as well.</summary>
public sealed class SitemapOrderTests
{
    [Fact]
    public async Task Nothing_is_asked_before_all_pages_of_the_sitemap_are_known()
    {
        await using var lab = new CrawlLab { Clock = new HastyClock() };
        var pages = Enumerable.Range(0, 60).Select(static page => $"/p/{page}").ToArray();
        lab.On("/sitemap.xml", _ => OriginServer.Reply.Of("application/xml", Encoding.UTF8.GetBytes(
                "<urlset>" + string.Concat(pages.Prepend("/logout").Select(page => $"<url><loc>http://www.acme.example:{lab.Server.Port}{page}</loc><lastmod>2026-02-01</lastmod></url>")) + "</urlset>")))
            .Page("/", string.Concat(pages.Select(static page => $"<a href={page}>")));
        lab.Fallback = static question => question.Target.StartsWith("/p/", StringComparison.Ordinal) ? OriginServer.Reply.Html(question.Target) : OriginServer.Reply.NotFound;
        var first = new MemoryMirrorRun();
        Assert.Null(await lab.CrawlAsync(first));
        lab.Server.Questions.Clear();
        string[] early = [];

        // The listed link that is refused is noted before the pages behind it are known: time enough for whoever would not wait.
        await using var second = new NotedRun(new MemoryMirrorRun(first), async entry =>
        {
            if (entry.Url == "/logout")
            {
                await Task.Delay(300);
                early = lab.Server.Paths;
            }
        });
        Assert.Null(await lab.CrawlAsync(second));

        Assert.Equal(["/robots.txt", "/sitemap.xml"], early);
        Assert.InRange(lab.Server.Paths.Count(static path => path.StartsWith("/p/", StringComparison.Ordinal)), 10, 30);
    }

    private sealed class NotedRun(MemoryMirrorRun run, Func<MirrorEntry, Task> before) : IMirrorRun
    {
        public DateTimeOffset StartedAt => run.StartedAt;

        public MirrorEntry? Previous(string url) => run.Previous(url);

        public MirrorEntry? Resumed(string url) => run.Resumed(url);

        public Task<MirrorEntry> KeepAsync(MirrorEntry entry, CancellationToken cancellationToken) => run.KeepAsync(entry, cancellationToken);

        public Task<MirrorEntry> StoreAsync(MirrorEntry entry, Stream body, CancellationToken cancellationToken) => run.StoreAsync(entry, body, cancellationToken);

        public async Task NoteAsync(MirrorEntry entry, CancellationToken cancellationToken)
        {
            await before(entry);
            await run.NoteAsync(entry, cancellationToken);
        }

        public Task<MirrorCompletion> CompleteAsync(string? ended, CancellationToken cancellationToken) => run.CompleteAsync(ended, cancellationToken);

        public ValueTask DisposeAsync() => run.DisposeAsync();
    }
}
