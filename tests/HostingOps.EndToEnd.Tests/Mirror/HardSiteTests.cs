using HostingOps.Testing.HardSites;
using HostingOps.Testing.Http;
using HostingOps.Testing.Pictures;

namespace HostingOps.EndToEnd.Tests.Mirror;

/// <summary>The hard site is what it says it is, before anything is judged by it.</summary>
public sealed class HardSiteTests
{
    [Fact]
    public async Task It_answers_each_URL_that_a_mirror_of_it_must_have_and_a_browser_like_visit_of_those_breaks_none_of_its_rules()
    {
        await using var site = HardSite.Begin();
        using var visitor = new SiteVisitor(site.HostName, site.Port);
        using var assets = new SiteVisitor(site.AssetHost, site.AssetPort);
        var wrong = new List<string>();
        foreach (var wanted in site.Expected.Where(static wanted => wanted.Trap != "slow and busy"))
        {
            var ofAssets = wanted.Trap == "asset host" && wanted.Url.StartsWith("/.mirror/", StringComparison.Ordinal);
            var answer = await (ofAssets ? assets : visitor).AskAsync(ofAssets ? wanted.Url[$"/.mirror/{site.AssetHost}:{site.AssetPort}".Length..] : wanted.Url);
            var type = answer.Header("Content-Type")?.Split(';')[0].ToLowerInvariant();
            if (answer.Status != wanted.Status || (wanted.MediaType is not null && type != wanted.MediaType))
            {
                wrong.Add($"{wanted}: {answer.Status} {type} instead of {wanted.Status} {wanted.MediaType}");
            }
        }

        Assert.Equal([], wrong);
        Assert.Equal([], site.Violations());
        Assert.True(site.Expected.Count > 300, $"{site.Expected.Count} URLs");
        Assert.Equal(site.Expected.Count, site.Expected.Select(static wanted => wanted.Url).Distinct().Count());
    }

    [Fact]
    public async Task It_notices_whoever_asks_what_must_not_be_asked()
    {
        await using var site = HardSite.Begin();
        using var visitor = new SiteVisitor(site.HostName, site.Port);

        _ = await visitor.AskAsync("/log%6Fut");
        _ = await visitor.AskAsync("/decoy/comment.png");
        _ = await visitor.AskAsync("/forms.html", "POST");
        _ = await visitor.AskAsync("/", "GET", ("Cookie", "session=s3cr3t-cookie"), ("User-Agent", "Another"));
        for (var time = 0; time < 4; time++)
        {
            _ = await visitor.AskAsync("/loop/a");
        }

        var found = site.Violations();
        Assert.Equal(6, found.Count);
        Assert.Contains(found, static one => one.Contains("/log%6Fut", StringComparison.Ordinal));
        Assert.Contains(found, static one => one.Contains("/decoy/*", StringComparison.Ordinal));
        Assert.Contains(found, static one => one.Contains("POST", StringComparison.Ordinal));
        Assert.Contains(found, static one => one.Contains("s3cr3t", StringComparison.Ordinal));
        Assert.Contains(found, static one => one.Contains("called itself", StringComparison.Ordinal));
        Assert.Contains(found, static one => one.Contains("4 times", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Its_wounds_are_wounds()
    {
        await using var site = HardSite.Begin(new HardSiteOptions { IsWounded = true });
        using var visitor = new SiteVisitor(site.HostName, site.Port);

        await Assert.ThrowsAsync<HttpRequestException>(() => visitor.AskAsync("/wound/cut"));
        await Assert.ThrowsAsync<HttpRequestException>(() => visitor.AskAsync("/wound/cut-chunks"));
        await Assert.ThrowsAsync<HttpRequestException>(() => visitor.AskAsync("/wound/long-length"));
        await Assert.ThrowsAsync<HttpRequestException>(() => visitor.AskAsync("/wound/torn-once"));
        Assert.Equal(200, (await visitor.AskAsync("/wound/torn-once")).Status);
        Assert.Equal(503, (await visitor.AskAsync("/wound/hiccup")).Status);
        Assert.Equal(200, (await visitor.AskAsync("/wound/hiccup")).Status);
        Assert.Equal(429, (await visitor.AskAsync("/wound/busy")).Status);
        Assert.Equal(429, (await visitor.AskAsync("/wound/busy")).Status);
        Assert.DoesNotContain("smuggled", System.Text.Encoding.ASCII.GetString((await visitor.AskAsync("/wound/short-length")).Body), StringComparison.Ordinal);
        site.Forget(failAfter: 1);
        Assert.Equal(200, (await visitor.AskAsync("/about")).Status);
        Assert.Equal(500, (await visitor.AskAsync("/about")).Status);
        site.Forget();
        Assert.Equal(200, (await visitor.AskAsync("/about")).Status);
    }

    [Fact]
    public async Task It_answers_conditional_requests_as_sites_do()
    {
        await using var site = HardSite.Begin();
        using var visitor = new SiteVisitor(site.HostName, site.Port);
        var unchanged = 0;
        foreach (var wanted in site.Expected.Where(static wanted => wanted is { Status: 200, Trap: "unicode" or "query strings" or "case collisions" }))
        {
            var first = await visitor.AskAsync(wanted.Url);
            var again = await visitor.AskAsync(
                wanted.Url,
                "GET",
                [.. first.Header("ETag") is { } tag ? [("If-None-Match", tag)] : Array.Empty<(string, string)>(), .. first.Header("Last-Modified") is { } date ? [("If-Modified-Since", date)] : Array.Empty<(string, string)>()]);
            unchanged += again.Status == 304 ? 1 : 0;
            Assert.True(again.Status == 304 || (first.Header("ETag") ?? first.Header("Last-Modified")) is null, wanted.Url);
        }

        Assert.InRange(unchanged, 10, 100);
    }

    [Fact]
    public void A_picture_is_read_as_it_was_written_and_differs_from_another()
    {
        var red = new Picture(3, 2, [.. Enumerable.Range(0, 18).Select(static number => (byte)(number * 13))]);

        Assert.Equal(red.Pixels, Png.Read(Png.Write(red)).Pixels);
        Assert.Equal(0, Png.Read(Png.Write(red)).DifferenceFrom(red));
        Assert.Equal(1 / 6.0, red.DifferenceFrom(red with { Pixels = [1, 2, 3, .. red.Pixels[3..]] }));
        Assert.Equal(1, red.DifferenceFrom(new Picture(2, 3, red.Pixels)));
        Assert.Equal(6, red.Colours);
    }
}
