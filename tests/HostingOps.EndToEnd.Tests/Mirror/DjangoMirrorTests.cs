using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using HostingOps.Testing.Http;

namespace HostingOps.EndToEnd.Tests.Mirror;

/// <summary>A real Django site saved, served by a real nginx, compared URL by URL and, in a real browser, pixel by pixel.</summary>
public sealed partial class DjangoMirrorTests(DjangoMirror mirror) : IClassFixture<DjangoMirror>
{
    [SkippableFact]
    public async Task A_Django_site_is_mirrored_as_it_is_and_nobody_is_logged_out_and_nothing_deleted()
    {
        var (django, world) = await mirror.ReadyAsync();
        using var origin = new SiteVisitor(MirrorWorld.HostName, django.Port);

        // The site deletes by GET: a crawler that follows every link has emptied it by now.
        Assert.Equal(DjangoSite.Posts, Titles().Count(Encoding.UTF8.GetString((await origin.AskAsync("/api/posts.json")).Body)));
        var urls = await ExpectedAsync(origin);
        Assert.InRange(urls.Count, 3 * DjangoSite.Posts, 1000);
        var different = new List<string>();
        foreach (var url in urls)
        {
            var (there, here) = (await origin.AskAsync(url), await world.Visitor.AskAsync(url));
            if (there.Status != here.Status || TypeOf(there) != TypeOf(here) || Essence(there) != Essence(here) || here.Header("Set-Cookie") is not null)
            {
                different.Add($"{url}: {here.Status} {here.Header("Content-Type")}, {here.Body.Length} bytes, instead of {there.Status} {there.Header("Content-Type")}, {there.Body.Length} bytes");
            }
        }

        Assert.True(different.Count == 0, string.Join('\n', different));
        Assert.Equal("/en/", new Uri(new Uri("http://x/"), (await world.Visitor.AskAsync("/")).Header("Location")!).AbsolutePath);
        Assert.Equal(503, (await world.Visitor.AskAsync("/i18n/setlang/", "POST")).Status);
        Assert.NotEqual(200, (await world.Visitor.AskAsync("/accounts/logout/")).Status);
    }

    [SkippableTheory]
    [InlineData("/en/?page=2")]
    [InlineData("/de/post/stra%C3%9Fe-%E6%9D%B1%E4%BA%AC-0/")]
    [InlineData("/admin/login/?next=/admin/")]
    [InlineData("/no-such-page")]
    public async Task A_visitor_of_the_mirror_sees_what_one_of_the_origin_sees(string path)
    {
        using var browser = new Browser();
        var (django, world) = await mirror.ReadyAsync();

        await browser.CompareAsync(MirrorWorld.HostName, path, django.Port, world.Port, colours: 8);
    }

    [SkippableFact]
    public async Task A_page_that_looks_different_in_one_word_would_be_noticed()
    {
        using var browser = new Browser();
        var (django, _) = await mirror.ReadyAsync();

        var (first, second) = (await browser.LookAsync(MirrorWorld.HostName, "/en/post/post-1/", django.Port), await browser.LookAsync(MirrorWorld.HostName, "/en/post/post-2/", django.Port));

        Assert.InRange(first.DifferenceFrom(second), double.Epsilon, 0.01);
    }

    /// <summary>What a visitor may reach: the sitemap's pages, lists, and what the first of each shows.</summary>
    private static async Task<IReadOnlyList<string>> ExpectedAsync(SiteVisitor origin)
    {
        var urls = new HashSet<string>(StringComparer.Ordinal) { "/robots.txt", "/sitemap.xml", "/admin/login/?next=/admin/", "/api/posts.json", "/old/1", "/old/40", "/admin/", "/nothing-here" };
        foreach (Match place in Places().Matches(Encoding.UTF8.GetString((await origin.AskAsync("/sitemap.xml")).Body)))
        {
            urls.Add(place.Groups[1].Value);
        }

        foreach (var language in (string[])["en", "de", "ja"])
        {
            urls.UnionWith([$"/{language}/", $"/{language}/feed/", $"/{language}/contact/", $"/{language}/archive/2026/11/", $"/{language}/archive/2026/3/", $"/{language}/search/?q=Stra%C3%9Fe", $"/{language}/tag/gr%C3%B6%C3%9Fe/", $"/{language}/tag/c++%20&%20more/"]);
            urls.UnionWith(Enumerable.Range(2, 6).Select(page => string.Create(CultureInfo.InvariantCulture, $"/{language}/?page={page}")));
        }

        foreach (var url in urls.Where(static url => url.StartsWith("/en/", StringComparison.Ordinal) || url.StartsWith("/admin/login", StringComparison.Ordinal)).ToArray())
        {
            urls.UnionWith(Files().Matches(Encoding.UTF8.GetString((await origin.AskAsync(url)).Body)).Select(static match => match.Groups[1].Value));
        }

        return [.. urls];
    }

    // Nobody reads what a redirect says besides its place.
    private static string? TypeOf(RawAnswer answer) => answer.Header("Location") is null ? answer.Header("Content-Type") : null;

    // A form's token and a feed's date are others in each answer, and what names the site itself is said by path in the mirror.
    private static string Essence(RawAnswer answer) => answer.Header("Location") is { } location
        ? Own().Replace(location, "")
        : Own().Replace(EachTime().Replace(Encoding.Latin1.GetString(answer.Body), ""), "").Replace("href=\"\"", "href=\"/\"", StringComparison.Ordinal);

    [GeneratedRegex("https?://www\\.hard\\.example")]
    private static partial Regex Own();

    [GeneratedRegex("name=\"csrfmiddlewaretoken\" value=\"[^\"]*\"|<lastBuildDate>[^<]*</lastBuildDate>")]
    private static partial Regex EachTime();

    [GeneratedRegex("<loc>https?://[^/]+([^<]+)</loc>")]
    private static partial Regex Places();

    [GeneratedRegex("(?:src|href)=\"(/(?:static|media)/[^\"]+)\"")]
    private static partial Regex Files();

    [GeneratedRegex("\"Post [0-9]+")]
    private static partial Regex Titles();
}
