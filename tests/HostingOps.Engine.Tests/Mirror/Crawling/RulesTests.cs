using System.Net;
using HostingOps.Engine.Mirror.Crawling;
using HostingOps.Engine.Mirror.Parsing;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.Mirror.Crawling;

/// <summary>The pure parts of politeness and safety.</summary>
public sealed class RulesTests
{
    // The examples of RFC 9309, and what is met in the wild.
    [Theory]
    [InlineData("user-agent: *\ndisallow: /", "/x", false)]
    [InlineData("user-agent: *\ndisallow:", "/x", true)]
    [InlineData("", "/x", true)]
    [InlineData("user-agent: HostingOps\nallow: /\n\nuser-agent: *\ndisallow: /", "/x", true)]
    [InlineData("user-agent: hostingops\nuser-agent: other\ndisallow: /a", "/a", false)]
    [InlineData("user-agent: hostingops\ndisallow: /a\nuser-agent: hostingops\ndisallow: /b", "/b", false)]
    [InlineData("user-agent: *\nallow: /example/page/\ndisallow: /example/page/disallowed.gif", "/example/page/disallowed.gif", false)]
    [InlineData("user-agent: *\nallow: /example/page\ndisallow: /example/*.gif$", "/example/page/x.gif", false)]
    [InlineData("user-agent: *\ndisallow: /*.gif$", "/a.gif?x", true)]
    [InlineData("user-agent: *\nallow: /p\ndisallow: /p", "/p", true)]
    [InlineData("user-agent: *\ndisallow: /path/file-with-a-%2A.html", "/path/file-with-a-*.html", true)]
    [InlineData("user-agent: *\ndisallow: /foo/bar/\u30c4", "/foo/bar/%E3%83%84", false)]
    [InlineData("user-agent: *\ndisallow: /foo/%62ar", "/foo/bar", false)]
    [InlineData("user-agent: *\ndisallow: /a # comment\n", "/a", false)]
    [InlineData("\ufeffuser-agent: *\r\ndisallow: /a\r\n", "/a", false)]
    [InlineData("disallow: /a", "/a", true)]
    [InlineData("user-agent: *\nsitemap: /s.xml\ndisallow: /a", "/a", false)]
    [InlineData("user-agent: *\ndisallow: /", "/robots.txt", true)]
    [InlineData("user-agent: *\ndisallow: /*?", "/a?b", false)]
    [InlineData("user-agent: googlebot\ndisallow: /\nuser-agent: *\ncrawl-delay: 2\n", "/a", true)]
    public void Robots_rules_are_those_of_RFC_9309(string robots, string path, bool allowed) => Assert.Equal(allowed, RobotsRules.Parse(robots, "HostingOps").Allows(path));

    [Fact]
    public void Robots_also_tell_a_delay_and_sitemaps()
    {
        var rules = RobotsRules.Parse("Sitemap: https://www.acme.example/a.xml\nUser-agent: *\nCrawl-delay: 2.5\nSITEMAP: /b.xml", "HostingOps");
        Assert.Equal(TimeSpan.FromSeconds(2.5), rules.CrawlDelay);
        Assert.Equal(["https://www.acme.example/a.xml", "/b.xml"], rules.Sitemaps);
        Assert.Null(RobotsRules.Parse("User-agent: other\nCrawl-delay: 9", "HostingOps").CrawlDelay);
    }

    [Theory]
    [InlineData("/logout", true)]
    [InlineData("/user/Sign-Out.php", true)]
    [InlineData("/posts/5/delete/", true)]
    [InlineData("/?action=logout", true)]
    [InlineData("/w/index.php?title=X&action=edit", true)]
    [InlineData("/p?replytocom=5", true)]
    [InlineData("/shop?add-to-cart=77", true)]
    [InlineData("/cart?remove_item=7", true)]
    [InlineData("/wishlist?remove_from_wishlist=7", true)]
    [InlineData("/cart?undo_item=7", true)]
    [InlineData("/cart/?empty_cart", true)]
    [InlineData("/cart?removed=7", false)]
    [InlineData("/blog/how-to-delete-files", false)]
    [InlineData("/deleted-scenes", false)]
    [InlineData("/?page=delete", false)]
    [InlineData("/actions?id=5", false)]
    public void Links_that_do_something_are_not_followed(string path, bool refused) =>
        Assert.Equal(refused ? SkipReasons.Action : null, new TrapRules().Refuse(new MirrorPlace(null, "https", path), isAsset: false));

    [Theory]
    [InlineData("/a/a/a/a", true)]
    [InlineData("/x/a/b/a/b/a/b/y", true)]
    [InlineData("/a/b/a/c", false)]
    [InlineData("/2026/03/03/3", false)]
    [InlineData("/1/1/1", false)]
    [InlineData("/grow/more/again/again/more/again/more/more", true)]
    public void Paths_that_repeat_themselves_are_not_followed(string path, bool refused) =>
        Assert.Equal(refused ? SkipReasons.Repeating : null, new TrapRules().Refuse(new MirrorPlace(null, "https", path), isAsset: true));

    [Theory]
    [InlineData("/calendar/{0}", 120)]
    [InlineData("/events/2026/{0}/", 120)]
    [InlineData("/?month={0}", 120)]
    [InlineData("/index.php?option=content&view=article&id={0}&item=7", 2000)]
    [InlineData("/shop?id={0}&x=1", 2000)]
    [InlineData("/post/{0}", 2000)]
    [InlineData("/2026/03/{0}", 2000)]
    public void Endless_spaces_are_bounded_and_others_are_not(string shape, int expected)
    {
        var rules = new TrapRules();
        Assert.Equal(expected, Enumerable.Range(0, 2000).Count(i => rules.Refuse(new MirrorPlace(null, "https", string.Format(System.Globalization.CultureInfo.InvariantCulture, shape, i)), isAsset: false) is null));
    }

    [Fact]
    public void Filters_that_are_freely_combined_are_bounded()
    {
        var rules = new TrapRules();
        var names = new[] { "color", "size", "brand", "price", "sort", "view" };
        var followed = 0;
        for (var chosen = 0; chosen < 64; chosen++)
        {
            for (var value = 0; value < 50; value++)
            {
                var query = string.Join('&', names.Where((_, i) => (chosen & (1 << i)) != 0).Select(name => $"{name}={value}"));
                followed += query.Length > 0 && rules.Refuse(new MirrorPlace(null, "https", "/shop?" + query), isAsset: false) is null ? 1 : 0;
            }
        }

        Assert.InRange(followed, 300, 1000);
        Assert.Null(rules.Refuse(new MirrorPlace(null, "https", "/other?a=1&b=2"), isAsset: false));
    }

    [Fact]
    public void The_same_page_under_ever_new_urls_is_bounded()
    {
        var rules = new TrapRules();
        var followed = 0;
        for (var i = 0; i < 500; i++)
        {
            var place = new MirrorPlace(null, "https", $"/next/{i}");
            if (rules.Refuse(place, isAsset: false) is null)
            {
                followed++;
                rules.Saw(place, "same");
            }
        }

        Assert.Equal(26, followed);
        Assert.Null(rules.Refuse(new MirrorPlace(null, "https", "/other/1"), isAsset: false));
    }

    [Theory]
    [InlineData("93.184.216.34", false, true)]
    [InlineData("2606:2800:220:1::1", false, true)]
    [InlineData("127.0.0.1", false, false)]
    [InlineData("10.0.0.1", false, false)]
    [InlineData("192.168.1.1", false, false)]
    [InlineData("100.64.0.1", false, false)]
    [InlineData("169.254.169.254", false, false)]
    [InlineData("0.0.0.0", false, false)]
    [InlineData("::1", false, false)]
    [InlineData("fe80::1", false, false)]
    [InlineData("fd12::1", false, false)]
    [InlineData("::ffff:10.0.0.1", false, false)]
    [InlineData("64:ff9b::a00:1", false, false)]
    [InlineData("224.0.0.1", false, false)]
    [InlineData("127.0.0.1", true, true)]
    [InlineData("10.0.0.1", true, true)]
    [InlineData("169.254.169.254", true, false)]
    [InlineData("::ffff:169.254.169.254", true, false)]
    [InlineData("93.184.216.34", true, true)]
    public void Addresses_are_refused_that_no_public_site_s_assets_are_at(string address, bool originIsPrivate, bool allowed) =>
        Assert.Equal(allowed, new AddressGuard(originIsPrivate).Refuse(IPAddress.Parse(address)) is null);

    [Theory]
    [InlineData("120", 120)]
    [InlineData("Sun, 01 Mar 2026 12:01:00 GMT", 60)]
    [InlineData("Sun, 01 Mar 2026 11:00:00 GMT", 0)]
    [InlineData("soon", null)]
    [InlineData("-5", null)]
    [InlineData(null, null)]
    public void Retry_After_is_seconds_or_a_date(string? header, int? seconds) =>
        Assert.Equal(seconds, (int?)RetryAfter.Read(header, new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero))?.TotalSeconds);

    [Fact]
    public void A_host_fails_after_eight_failures_in_a_row_or_half_of_forty()
    {
        var row = new OriginCircuit();
        Assert.All(Enumerable.Range(0, 7), _ => Assert.False(row.Saw(true)));
        Assert.False(row.Saw(false));
        Assert.All(Enumerable.Range(0, 7), _ => Assert.False(row.Saw(true)));
        Assert.True(row.Saw(true));
        var half = new OriginCircuit();
        var answers = Enumerable.Range(0, 60).Select(i => half.Saw(i % 2 == 0)).ToArray();
        Assert.Equal(38, Array.IndexOf(answers, true));
        var seldom = new OriginCircuit();
        Assert.All(Enumerable.Range(0, 200), i => Assert.False(seldom.Saw(i % 3 == 0)));
    }

    [Fact]
    public async Task Requests_take_turns_and_a_pause_holds_for_those_who_wait()
    {
        var clock = new ManualTimeProvider();
        var pace = new HostPace(10, clock);
        var waiting = Enumerable.Range(0, 5).Select(_ => pace.WaitAsync(CancellationToken.None).AsTask()).ToArray();
        Assert.Equal(1, waiting.Count(static task => task.IsCompleted));
        clock.Advance(TimeSpan.FromMilliseconds(200));
        await Task.WhenAll(waiting[..3]).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.False(waiting[3].IsCompleted);
        pace.Pause(TimeSpan.FromMinutes(1));
        clock.Advance(TimeSpan.FromSeconds(30));
        Assert.False(waiting[3].IsCompleted);
        for (var i = 0; i < 40 && !waiting[4].IsCompleted; i++)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await Task.WhenAll(waiting).WaitAsync(TimeSpan.FromSeconds(30));
    }
}
