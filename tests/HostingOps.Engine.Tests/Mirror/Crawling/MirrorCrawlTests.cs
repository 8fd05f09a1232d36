using System.IO.Compression;
using System.Net;
using System.Text;
using HostingOps.Engine.Tests.Health;

namespace HostingOps.Engine.Tests.Mirror.Crawling;

/// <summary>Whole crawls over HTTP on loopback.</summary>
public sealed class MirrorCrawlTests
{
    [Fact]
    public async Task A_site_is_saved_with_everything_its_pages_ask_for()
    {
        await using var lab = new CrawlLab();
        var cdn = $"http://cdn.example.net:{lab.Assets.Port}";
        lab.Page("/", $"<link rel=stylesheet href=/s.css><a href=/a><a href='http://www.acme.example:{lab.Server.Port}/b?x=1'><img src='{cdn}/i.png'><a href=/missing><a href=https://elsewhere.example/>")
            .Page("/a", "<img src=/p.jpg>").Page("/b?x=1", "b")
            .On("/s.css", _ => OriginServer.Reply.Of("text/css", "@import 'more.css';"u8.ToArray()))
            .On("/more.css", _ => OriginServer.Reply.Of("text/css", "a{b:url(f.woff2)}"u8.ToArray()))
            .On("/f.woff2", _ => OriginServer.Reply.Of("font/woff2", [1, 2, 3]))
            .On("/p.jpg", _ => OriginServer.Reply.Of("image/jpeg", [9, 8, 7], ("ETag", "\"p\""), ("Last-Modified", "Sun, 01 Feb 2026 10:00:00 GMT")));
        lab.AssetPages = question => question.Target == "/i.png" ? OriginServer.Reply.Of("image/png", [1]) : OriginServer.Reply.NotFound;
        var run = new MemoryMirrorRun();

        Assert.Null(await lab.CrawlAsync(run));

        Assert.Equal(["/", "/a", "/b?x=1"], run.Urls(MirrorEntryKind.Page));
        Assert.Equal(new[] { lab.Cdn + "/i.png", "/f.woff2", "/more.css", "/p.jpg", "/s.css" }.Order(StringComparer.Ordinal), run.Urls(MirrorEntryKind.Asset));
        Assert.Equal(["/missing"], run.Urls(MirrorEntryKind.Missing));
        Assert.StartsWith("/hostingops-", Assert.Single(run.Urls(MirrorEntryKind.NotFoundPage)), StringComparison.Ordinal);
        Assert.Equal($"<link rel=stylesheet href=/s.css><a href=/a><a href='/b?x=1'><img src='{lab.Cdn}/i.png'><a href=/missing><a href=https://elsewhere.example/>", run.Text("/"));
        Assert.Equal(("\"p\"", "Sun, 01 Feb 2026 10:00:00 GMT", "image/jpeg", "/a", 2, true), (run["/p.jpg"].ETag, run["/p.jpg"].LastModified, run["/p.jpg"].ContentType, run["/p.jpg"].FoundOn, run["/p.jpg"].Depth, run["/p.jpg"].IsAsset));
        Assert.Equal(["/s.css", "/a", "/b?x=1", lab.Cdn + "/i.png", "/missing"], run["/"].Links.Select(static link => link.Url));
        Assert.True(run["/"].OriginHash is { Length: 64 } && run["/"].OriginHash != run["/"].FileHash);
        Assert.All(lab.Server.Questions, question => Assert.Equal($"www.acme.example:{lab.Server.Port}", question.Header("Host")));
        Assert.Single(lab.Server.Questions.Concat(lab.Assets.Questions).Select(static question => question.Header("User-Agent")).Distinct());
        Assert.All(lab.Server.Questions, static question => Assert.Equal("GET", question.Method));
        Assert.Equal(lab.Server.Questions.Count + lab.Assets.Questions.Count, lab.Requests);
        Assert.True(lab.WireBytes > run.Bodies.Values.Sum(static body => body.Length));
        Assert.True(lab.Server.Connections <= lab.Settings.Connections);
        Assert.True(lab.Server.Paths.Length == lab.Server.Paths.Distinct().Count(), "something was asked for twice");
    }

    [Fact]
    public async Task Robots_txt_is_obeyed_and_so_is_nofollow()
    {
        await using var lab = new CrawlLab();
        lab.On("/robots.txt", _ => OriginServer.Reply.Of("text/plain", "User-agent: *\nDisallow: /private\nAllow: /private/open\n"u8.ToArray()))
            .Page("/", "<a href=/private/x><a href=/private/open><a href=/nofollow><a href=/header>")
            .Page("/private/open", "o").Page("/private/x", "never")
            .Page("/nofollow", "<meta name=robots content=nofollow><a href=/hidden><img src=/shown.png>")
            .Page("/header", "<a href=/hidden2>", ("X-Robots-Tag", "nofollow"))
            .Page("/hidden", "").Page("/hidden2", "").On("/shown.png", _ => OriginServer.Reply.Of("image/png", [1]));
        var run = new MemoryMirrorRun();
        Assert.Null(await lab.CrawlAsync(run));
        Assert.Equal(["/", "/header", "/nofollow", "/private/open"], run.Urls(MirrorEntryKind.Page));
        Assert.Equal(["/robots.txt", "/shown.png"], run.Urls(MirrorEntryKind.Asset));
        Assert.Equal("robots.txt forbids it", run["/private/x"].Reason);
        Assert.DoesNotContain("/private/x", lab.Server.Paths);
        Assert.DoesNotContain("/hidden", lab.Server.Paths);

        lab.Settings = lab.Settings with { Robots = false };
        var all = new MemoryMirrorRun();
        Assert.Null(await lab.CrawlAsync(all));
        Assert.Equal(["/", "/header", "/hidden", "/hidden2", "/nofollow", "/private/open", "/private/x"], all.Urls(MirrorEntryKind.Page));
    }

    [Fact]
    public async Task Rules_that_cannot_be_read_forbid_everything()
    {
        await using var lab = new CrawlLab { Clock = new HastyClock() };
        lab.On("/robots.txt", _ => OriginServer.Reply.Error(500)).Page("/", "x");
        var run = new MemoryMirrorRun();
        Assert.Contains("robots.txt", await lab.CrawlAsync(run), StringComparison.Ordinal);
        Assert.DoesNotContain("/", lab.Server.Paths);
        Assert.Empty(run.Urls(MirrorEntryKind.Page));
    }

    [Fact]
    public async Task Sitemaps_lead_to_pages_that_no_page_leads_to()
    {
        await using var lab = new CrawlLab();
        var own = $"http://www.acme.example:{lab.Server.Port}";
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes($"<urlset><url><loc>{own}/orphan</loc></url></urlset>"));
        }

        lab.On("/robots.txt", _ => OriginServer.Reply.Of("text/plain", Encoding.UTF8.GetBytes($"Sitemap: {own}/index.xml")))
            .On("/index.xml", _ => OriginServer.Reply.Of("application/xml", Encoding.UTF8.GetBytes($"<sitemapindex><sitemap><loc>{own}/s.xml.gz</loc></sitemap></sitemapindex>")))
            .On("/s.xml.gz", _ => OriginServer.Reply.Of("application/x-gzip", packed.ToArray()))
            .Page("/", "home").Page("/orphan", "<link rel=alternate type=application/rss+xml href=/feed>")
            .On("/feed", _ => OriginServer.Reply.Of("application/rss+xml", Encoding.UTF8.GetBytes($"<rss><channel><item><link>{own}/from-feed</link></item></channel></rss>")))
            .Page("/from-feed", "f");
        var run = new MemoryMirrorRun();
        Assert.Null(await lab.CrawlAsync(run));
        Assert.Equal(["/", "/from-feed", "/orphan"], run.Urls(MirrorEntryKind.Page));
        Assert.Equal(["/feed", "/index.xml", "/robots.txt", "/s.xml.gz"], run.Urls(MirrorEntryKind.Asset));
        Assert.Equal(packed.ToArray(), run.Bodies["/s.xml.gz"]);
    }

    [Fact]
    public async Task Redirects_are_kept_as_redirects_and_led_where_they_lead_in_the_mirror()
    {
        await using var lab = new CrawlLab();
        var port = lab.Server.Port;
        lab.Page("/", "<a href=/old><a href=/dir><a href=/away><a href=/loop1><a href=/bad>")
            .On("/old", _ => OriginServer.Reply.Redirect($"http://acme.example:{port}/new?x=1#f", 302)).Page("/new?x=1", "n")
            .On("/dir", _ => OriginServer.Reply.Redirect("/dir/")).Page("/dir/", "d")
            .On("/away", _ => OriginServer.Reply.Redirect("http://169.254.169.254/latest/meta-data/"))
            .On("/loop1", _ => OriginServer.Reply.Redirect("/loop2")).On("/loop2", _ => OriginServer.Reply.Redirect("/loop1"))
            .On("/bad", _ => OriginServer.Reply.Redirect("http://a b/"));
        var run = new MemoryMirrorRun();
        Assert.Null(await lab.CrawlAsync(run));
        Assert.Equal(["/away", "/dir", "/loop1", "/loop2", "/old"], run.Urls(MirrorEntryKind.Redirect));
        Assert.Equal((302, "/new?x=1#f"), (run["/old"].Status, run["/old"].Location));
        Assert.Equal((301, "/dir/"), (run["/dir"].Status, run["/dir"].Location));
        Assert.Equal("http://169.254.169.254/latest/meta-data/", run["/away"].Location);
        Assert.Equal(["/", "/dir/", "/new?x=1"], run.Urls(MirrorEntryKind.Page));
        Assert.Equal(MirrorEntryKind.Failed, run["/bad"].Kind);
    }

    [Fact]
    public async Task A_site_that_sends_all_of_itself_to_its_other_name_is_followed_there()
    {
        await using var lab = new CrawlLab();
        lab.Fallback = question => question.Header("Host")!.StartsWith("www.", StringComparison.Ordinal)
            ? OriginServer.Reply.Redirect($"http://acme.example:{lab.Server.Port}{question.Target}")
            : question.Target is "/" ? OriginServer.Reply.Html("<a href=/a>") : question.Target is "/a" ? OriginServer.Reply.Html("a") : OriginServer.Reply.NotFound;
        var run = new MemoryMirrorRun();
        Assert.Null(await lab.CrawlAsync(run));
        Assert.Equal(["/", "/a"], run.Urls(MirrorEntryKind.Page));
        Assert.Single(lab.Server.Questions, question => question.Header("Host")!.StartsWith("www.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_has_not_changed_is_kept_without_its_body()
    {
        await using var lab = new CrawlLab();
        OriginServer.Reply Tagged(OriginServer.Question question, string tag, OriginServer.Reply reply) =>
            question.Header("If-None-Match") == tag ? new OriginServer.Reply(304, []) : reply with { Headers = [.. reply.Headers, ("ETag", tag)] };
        var version = 1;
        lab.On("/", question => Tagged(question, "\"home\"", OriginServer.Reply.Html("<a href=/same><a href=/new><img src=/i.png>")))
            .On("/same", _ => OriginServer.Reply.Html("same"))
            .On("/new", question => Tagged(question, $"\"n{version}\"", OriginServer.Reply.Html($"version {version} <a href=/only{version}>")))
            .Page("/only1", "1").Page("/only2", "2")
            .On("/i.png", question => Tagged(question, "W/\"i\"", OriginServer.Reply.Of("image/png", [5])));
        var first = new MemoryMirrorRun();
        Assert.Null(await lab.CrawlAsync(first));
        version = 2;
        lab.Server.Questions.Clear();
        var second = new MemoryMirrorRun(first);
        Assert.Null(await lab.CrawlAsync(second));

        Assert.Equal(["/", "/new", "/only2", "/same"], second.Urls(MirrorEntryKind.Page));
        Assert.Equal(4, lab.Tally.Counts.Unchanged);
        Assert.Equal("version 2 <a href=/only2>", second.Text("/new"));
        Assert.Equal(["/same", "/new", "/i.png"], second["/"].Links.Select(static link => link.Url));
        Assert.Equal("\"home\"", lab.Server.Questions.Single(static question => question.Target == "/").Header("If-None-Match"));
        Assert.Null(lab.Server.Questions.Single(static question => question.Target == "/same").Header("If-None-Match"));
    }

    [Fact]
    public async Task A_sitemap_that_says_when_pages_changed_spares_the_questions()
    {
        await using var lab = SitemapLab(out var versions);
        var first = new MemoryMirrorRun();
        Assert.Null(await lab.CrawlAsync(first));
        Assert.Equal(201, first.Urls(MirrorEntryKind.Page).Length);
        lab.Server.Questions.Clear();
        var second = new MemoryMirrorRun(first);
        Assert.Null(await lab.CrawlAsync(second));
        Assert.Equal(201, second.Urls(MirrorEntryKind.Page).Length);
        Assert.True(lab.Server.Questions.Count < 30, $"{lab.Server.Questions.Count} questions");

        // A page whose date is new is asked for.
        versions[150] = (2, "2026-03-05");
        var third = new MemoryMirrorRun(second);
        Assert.Null(await lab.CrawlAsync(third));
        Assert.Equal("page 150 version 2", third.Text("/p/150"));
        Assert.Equal("page 151 version 1", third.Text("/p/151"));
    }

    [Fact]
    public async Task A_sitemap_whose_dates_are_wrong_is_believed_no_more()
    {
        await using var lab = SitemapLab(out var versions);
        var first = new MemoryMirrorRun();
        Assert.Null(await lab.CrawlAsync(first));
        for (var i = 0; i < versions.Length; i++)
        {
            versions[i] = (2, versions[i].Date);
        }

        var second = new MemoryMirrorRun(first);
        Assert.Null(await lab.CrawlAsync(second));
        Assert.All(Enumerable.Range(0, 200), i => Assert.Equal($"page {i} version 2", second.Text($"/p/{i}")));
        Assert.Equal(201, lab.Tally.Counts.Pages);
        Assert.Contains(lab.Reporter.Warnings, static line => line.Contains("sitemap", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_run_that_was_cut_off_does_not_ask_again_for_what_it_has()
    {
        await using var lab = new CrawlLab();
        lab.Page("/", "<a href=/a><a href=/b>").Page("/a", "<a href=/c>").Page("/b", "b").Page("/c", "c");
        var before = new MemoryMirrorRun();
        Assert.Null(await lab.CrawlAsync(before));
        before.Entries.TryRemove("/b", out _);
        lab.Server.Questions.Clear();
        var resumed = new MemoryMirrorRun(cutOff: before);
        Assert.Null(await lab.CrawlAsync(resumed));
        Assert.DoesNotContain("/a", lab.Server.Paths);
        Assert.Contains("/b", lab.Server.Paths);
        Assert.Equal(4, lab.Tally.Counts.Pages);
    }

    [Fact]
    public async Task A_run_that_was_cut_off_behind_a_redirect_goes_where_it_leads()
    {
        await using var lab = new CrawlLab();
        lab.Page("/", "<a href=/old>").Page("/new?x=1", "new");
        lab.Fallback = static question => question.Target == "/old" ? OriginServer.Reply.Redirect("/new?x=1#here") : OriginServer.Reply.NotFound;
        var before = new MemoryMirrorRun();
        Assert.Null(await lab.CrawlAsync(before));
        Assert.True(before.Entries.TryRemove("/new?x=1", out _));
        var resumed = new MemoryMirrorRun(cutOff: before);
        Assert.Null(await lab.CrawlAsync(resumed));
        Assert.Equal("new", resumed.Text("/new?x=1"));
    }

    [Fact]
    public async Task Headers_of_the_inventory_go_to_the_site_alone_and_cookies_are_never_taken()
    {
        await using var lab = new CrawlLab();
        lab.Page("/", $"<img src='http://cdn.example.net:{lab.Assets.Port}/i.png'><a href=/a>", ("Set-Cookie", "sid=1; Path=/")).Page("/a", "a");
        lab.AssetPages = _ => OriginServer.Reply.Of("image/png", [1], ("Set-Cookie", "t=1"));
        lab.Settings = lab.Settings with { Headers = new Dictionary<string, string> { ["Authorization"] = "Basic c2VjcmV0" } };
        var run = new MemoryMirrorRun();
        Assert.Null(await lab.CrawlAsync(run));
        Assert.All(lab.Server.Questions, static question => Assert.Equal("Basic c2VjcmV0", question.Header("Authorization")));
        Assert.NotEmpty(lab.Assets.Questions);
        Assert.All(lab.Assets.Questions, static question => Assert.Null(question.Header("Authorization")));
        Assert.All(lab.Server.Questions.Concat(lab.Assets.Questions), static question => Assert.Null(question.Header("Cookie")));
        Assert.DoesNotContain(lab.Reporter.Lines, static line => line.Contains("c2VjcmV0", StringComparison.Ordinal));
        Assert.DoesNotContain(run.Entries.Values, static entry => entry.ToString()!.Contains("c2VjcmV0", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("10.1.2.3")]
    [InlineData("169.254.169.254")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("fd00::1")]
    public async Task An_asset_host_that_leads_into_a_private_network_is_not_connected_to(string address)
    {
        await using var lab = new CrawlLab();

        // The site itself is where everybody can see it; a rehearsal's connectTo would say otherwise.
        lab.Resolver = new FixedResolver(_ => [IPAddress.Parse(address)]);
        var guard = new HostingOps.Engine.Mirror.Crawling.AddressGuard(originIsPrivate: false);
        Assert.NotNull(guard.Refuse(IPAddress.Parse(address)));
        Assert.Null(guard.Refuse(IPAddress.Parse("93.184.216.34")));
        lab.Page("/", $"<img src='http://cdn.example.net:{lab.Assets.Port}/i.png'>");
        lab.Resolver = new FixedResolver(static _ => [IPAddress.Parse("169.254.169.254")]);
        var run = new MemoryMirrorRun();
        Assert.Null(await lab.CrawlAsync(run));
        Assert.Contains("169.254.169.254", run[lab.Cdn + "/i.png"].Reason, StringComparison.Ordinal);
        Assert.Empty(lab.Assets.Questions);
    }

    [Fact]
    public async Task Packed_bodies_are_stored_unpacked_and_one_of_an_unknown_coding_is_not_stored()
    {
        await using var lab = new CrawlLab();
        static byte[] Pack(Func<Stream, Stream> coding, string text)
        {
            using var packed = new MemoryStream();
            using (var stream = coding(packed))
            {
                stream.Write(Encoding.UTF8.GetBytes(text));
            }

            return packed.ToArray();
        }

        lab.On("/", _ => OriginServer.Reply.Of("text/html", Pack(static stream => new GZipStream(stream, CompressionLevel.Fastest), "<a href=/br><a href=/odd><a href=/short>"), ("Content-Encoding", "gzip")))
            .On("/br", _ => OriginServer.Reply.Of("text/html", Pack(static stream => new BrotliStream(stream, CompressionLevel.Fastest), "brotli"), ("Content-Encoding", "br")))
            .On("/odd", _ => OriginServer.Reply.Of("text/html", [1, 2], ("Content-Encoding", "zstd")))
            .On("/short", _ => OriginServer.Reply.Html("cut off") with { ClaimedLength = 1000 });
        lab.Clock = new HastyClock();
        var run = new MemoryMirrorRun();
        Assert.Null(await lab.CrawlAsync(run));
        Assert.Equal("brotli", run.Text("/br"));
        Assert.Contains("zstd", run["/odd"].Reason, StringComparison.Ordinal);
        Assert.Equal(MirrorEntryKind.Failed, run["/short"].Kind);
        Assert.False(run.Bodies.ContainsKey("/short"));
    }

    [Fact]
    public async Task A_site_without_a_404_page_is_warned_of()
    {
        await using var lab = new CrawlLab { Fallback = static _ => OriginServer.Reply.Html("home") };
        var run = new MemoryMirrorRun();
        Assert.Null(await lab.CrawlAsync(run));
        Assert.Empty(run.Urls(MirrorEntryKind.NotFoundPage));
        Assert.Contains(lab.Reporter.Warnings, static line => line.Contains("200", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Progress_tells_pages_bytes_rate_and_what_waits()
    {
        await using var lab = new CrawlLab();
        lab.Page("/", "<a href=/a>").Page("/a", "a");
        Assert.Null(await lab.CrawlAsync(new MemoryMirrorRun()));
        Assert.Contains(lab.Reporter.Told, static told => told.CurrentItem is { } item && item.Contains("pages", StringComparison.Ordinal) && item.Contains("waiting", StringComparison.Ordinal) && item.Contains("/s", StringComparison.Ordinal));
        Assert.True(lab.Reporter.Told.Last().Completed);
    }

    private static CrawlLab SitemapLab(out (int Version, string Date)[] versions)
    {
        // The dates below are some before its time and some after it.
        var lab = new CrawlLab { Clock = new HastyClock() };
        var pages = Enumerable.Repeat((Version: 1, Date: "2026-02-01"), 200).ToArray();
        versions = pages;
        lab.On("/sitemap.xml", _ => OriginServer.Reply.Of("application/xml", Encoding.UTF8.GetBytes(
                "<urlset>" + string.Concat(pages.Select((page, i) => $"<url><loc>http://www.acme.example:{lab.Server.Port}/p/{i}</loc><lastmod>{page.Date}</lastmod></url>")) + "</urlset>")))
            .Page("/", string.Concat(Enumerable.Range(0, 200).Select(static i => $"<a href=/p/{i}>")));
        lab.Fallback = question => question.Target.StartsWith("/p/", StringComparison.Ordinal)
            ? OriginServer.Reply.Html($"page {question.Target[3..]} version {pages[int.Parse(question.Target.AsSpan(3), System.Globalization.CultureInfo.InvariantCulture)].Version}")
            : OriginServer.Reply.NotFound;
        return lab;
    }
}
