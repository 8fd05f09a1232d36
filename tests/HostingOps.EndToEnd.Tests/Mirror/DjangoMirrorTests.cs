using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using HostingOps.EndToEnd.Tests.World;
using HostingOps.Testing;
using HostingOps.Testing.Http;

namespace HostingOps.EndToEnd.Tests.Mirror;

/// <summary>A real Django site saved, served by a real nginx, compared URL by URL and, in a real browser, pixel by pixel.</summary>
public sealed partial class DjangoMirrorTests
{
    [SkippableFact]
    public async Task A_Django_site_is_mirrored_as_it_is_and_nobody_is_logged_out_and_nothing_deleted()
    {
        Skip.If(OperatingSystem.IsWindows() || OperatingSystem.IsMacOS(), "Only 127.0.0.1 is configured on this system's loopback.");
        _ = RealPart.Require("pwsh");
        using var django = await DjangoSite.StartAsync();
        using var world = new MirrorWorld(django.Port, "connections: 4");
        using var origin = new SiteVisitor(MirrorWorld.HostName, django.Port);

        _ = await world.SaveAsync();
        await world.ServeAsync();

        // The site deletes by GET: a crawler that follows every link has emptied it by now.
        Assert.Equal(DjangoSite.Posts, Titles().Count(Encoding.UTF8.GetString((await origin.AskAsync("/api/posts.json")).Body)));
        var urls = await ExpectedAsync(origin);
        Assert.InRange(urls.Count, 3 * DjangoSite.Posts, 1000);
        var different = new List<string>();
        foreach (var url in urls)
        {
            var (there, here) = (await origin.AskAsync(url), await world.Visitor.AskAsync(url));
            if (there.Status != here.Status || there.Header("Content-Type") != here.Header("Content-Type") || Essence(there) != Essence(here) || here.Header("Set-Cookie") is not null)
            {
                different.Add($"{url}: {here.Status} {here.Header("Content-Type")}, {here.Body.Length} bytes, instead of {there.Status} {there.Header("Content-Type")}, {there.Body.Length} bytes");
            }
        }

        Assert.Equal([], different);
        Assert.Equal("/en/", new Uri(new Uri("http://x/"), (await world.Visitor.AskAsync("/")).Header("Location")!).AbsolutePath);
        Assert.Equal(503, (await world.Visitor.AskAsync("/i18n/setlang/", "POST")).Status);
        Assert.NotEqual(200, (await world.Visitor.AskAsync("/accounts/logout/")).Status);
        await LookAsync(django, world);
    }

    private static async Task LookAsync(DjangoSite django, MirrorWorld world)
    {
        if (RealPart.Find("chromium") is null && !(Environment.GetEnvironmentVariable("HOSTINGOPS_REQUIRE") ?? "").Contains("chromium", StringComparison.Ordinal))
        {
            return;
        }

        using var browser = new Browser();
        foreach (var path in (string[])["/en/?page=2", "/de/post/stra%C3%9Fe-%E6%9D%B1%E4%BA%AC-0/", "/admin/login/?next=/admin/", "/no-such-page"])
        {
            var there = await browser.LookAsync(MirrorWorld.HostName, path, django.Port);
            var here = await browser.LookAsync(MirrorWorld.HostName, path, world.Port);
            Assert.True(there.Colours > 8, $"{path} shows {there.Colours} colours: it was not drawn.");
            Assert.True(there.DifferenceFrom(here) < 0.0005, string.Create(CultureInfo.InvariantCulture, $"{path} looks different in {there.DifferenceFrom(here):P2} of its pixels."));
        }
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

    // A form's token is another in each answer, and what names the site itself is said by path in the mirror.
    private static string Essence(RawAnswer answer) =>
        Own().Replace(Token().Replace(Encoding.Latin1.GetString(answer.Body), ""), "").Replace("href=\"\"", "href=\"/\"", StringComparison.Ordinal)
        + " " + Own().Replace(answer.Header("Location") ?? "", "");

    [GeneratedRegex("https?://www\\.hard\\.example")]
    private static partial Regex Own();

    [GeneratedRegex("name=\"csrfmiddlewaretoken\" value=\"[^\"]*\"")]
    private static partial Regex Token();

    [GeneratedRegex("<loc>https?://[^/]+([^<]+)</loc>")]
    private static partial Regex Places();

    [GeneratedRegex("(?:src|href)=\"(/(?:static|media)/[^\"]+)\"")]
    private static partial Regex Files();

    [GeneratedRegex("\"Post [0-9]+")]
    private static partial Regex Titles();
}
