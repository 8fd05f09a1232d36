using System.Text;
using HostingOps.Engine.Mirror;

namespace HostingOps.Engine.Tests.Mirror.Crawling;

/// <summary>What a run that was cut off took over on the site's word, and the run that goes on with it.</summary>
public sealed class ResumedBeliefTests
{
    [Fact]
    public async Task What_was_taken_over_unasked_before_is_asked_for_when_the_word_proves_wrong()
    {
        await using var lab = new CrawlLab { Clock = new HastyClock() };
        var version = 1;
        var pages = Enumerable.Range(0, 60).Select(static page => $"/p/{page}").ToArray();
        lab.On("/sitemap.xml", _ => OriginServer.Reply.Of("application/xml", Encoding.UTF8.GetBytes(
            "<urlset>" + string.Concat(pages.Select(page => $"<url><loc>http://www.acme.example:{lab.Server.Port}{page}</loc><lastmod>2026-02-01</lastmod></url>")) + "</urlset>")))
            .Page("/", "home");
        lab.Fallback = question => question.Target.StartsWith("/p/", StringComparison.Ordinal) ? OriginServer.Reply.Html($"{question.Target} version {version}") : OriginServer.Reply.NotFound;
        var first = new MemoryMirrorRun();
        Assert.Null(await lab.CrawlAsync(first));
        version = 2;

        // All pages but some were kept on the sitemap's word when the run was cut off; then the site changed without saying so.
        var cutOff = new MemoryMirrorRun();
        foreach (var page in pages.Skip(20))
        {
            cutOff.Entries[page] = first[page];
        }

        var second = new MemoryMirrorRun(first, cutOff) { StartedAt = lab.Clock.GetUtcNow().AddMinutes(1) };
        Assert.Null(await lab.CrawlAsync(second));

        Assert.All(pages, page => Assert.Equal($"{page} version 2", second.Text(page)));
    }
}
