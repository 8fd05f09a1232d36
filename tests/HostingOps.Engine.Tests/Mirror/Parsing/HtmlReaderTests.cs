using System.Text;
using HostingOps.Engine.Mirror.Parsing;

namespace HostingOps.Engine.Tests.Mirror.Parsing;

/// <summary>What a page refers to, and what of it is edited.</summary>
public sealed class HtmlReaderTests
{
    // A star before a link: a browser fetches it by itself.
    [Theory]
    [InlineData("<a href=/x>", "/x")]
    [InlineData("<a href='../up?a=1&amp;b=2#f'>", "/up?a=1&b=2")]
    [InlineData("<area href=x>", "/blog/x")]
    [InlineData("<img src=a.png srcset='b.png 1x, c.png 2x'>", "*/blog/a.png", "*/blog/b.png", "*/blog/c.png")]
    [InlineData("<picture><source srcset=\"d.webp, e.webp 2x\"><img></picture>", "*/blog/d.webp", "*/blog/e.webp")]
    [InlineData("<video src=v.mp4 poster=p.jpg><source src=w.webm><track src=t.vtt></video><audio src=s.ogg></audio>", "*/blog/v.mp4", "*/blog/p.jpg", "*/blog/w.webm", "*/blog/t.vtt", "*/blog/s.ogg")]
    [InlineData("<object data=o.svg></object><embed src=e.pdf><iframe src=/frame></iframe>", "*/blog/o.svg", "*/blog/e.pdf", "*/frame")]
    [InlineData("<link rel=stylesheet href=/s.css><link rel='shortcut icon' href=/i.ico><link rel=apple-touch-icon href=/t.png><link rel=manifest href=/m.json><link rel=preload as=font href=/f.woff2>", "*/s.css", "*/i.ico", "*/t.png", "*/m.json", "*/f.woff2")]
    [InlineData("<link rel=preload as=image imagesrcset='/p1.png 1x, /p2.png 2x'>", "*/p1.png", "*/p2.png")]
    [InlineData("<link rel=canonical href=/c><link rel=alternate hreflang=de href=/de/><link rel=alternate type=application/rss+xml href=/feed><link rel=next href=/n>", "/c", "/de/", "/feed", "/n")]
    [InlineData("<link rel=preconnect href=/no><link rel=dns-prefetch href=/no><link rel=pingback href=/xmlrpc.php>")]
    [InlineData("<meta property=og:image content=/og.png><meta name=twitter:image content=/tw.png><meta property=og:url content=/u><meta name=description content=/no>", "*/og.png", "*/tw.png", "/u")]
    [InlineData("<meta http-equiv=refresh content='3; URL=/later'>", "/later")]
    [InlineData("<meta http-equiv=Refresh content='5'>")]
    [InlineData("<div style=\"background:url('/bg.png')\"></div>", "*/bg.png")]
    [InlineData("<div style='background:url(&quot;/bg2.png&quot;)'></div>", "*/bg2.png")]
    [InlineData("<style>@import '/i.css'; a{background:url(/st.png)}</style>", "*/i.css", "*/st.png")]
    [InlineData("<img data-src=/l1.jpg data-srcset='/l2.jpg 1x' data-lazy-src=/l3.jpg data-original=/l4.jpg><div data-bg=/l5.jpg data-background-image='url(/l6.jpg)'></div>", "*/l1.jpg", "*/l2.jpg", "*/l3.jpg", "*/l4.jpg", "*/l5.jpg", "*/l6.jpg")]
    [InlineData("<img data-src='{{ item.src }}'><div data-image='not a path'></div><div data-toggle=/no></div>")]
    [InlineData("<noscript><img src=/n.png></noscript><template><img src=/t.png></template>", "*/n.png", "*/t.png")]
    [InlineData("<svg><use href=/sprite.svg#a></use><image xlink:href=/v.png /><a xlink:href=/va></a></svg>", "*/sprite.svg", "*/v.png", "/va")]
    [InlineData("<body background=/old.gif><table background=/t.gif></table><script src=/s.js></script>", "*/old.gif", "*/t.gif", "*/s.js")]
    [InlineData("<script>var a='<a href=/no>'</script><!-- <a href=/no> --><textarea><a href=/no></textarea><title><a href=/no></title>")]
    [InlineData("<form action=/submit method=post><button formaction=/other></button></form>")]
    [InlineData("<a href='javascript:x()'><a href='mailto:a@acme.example'><a href='tel:1'><a href='#top'><a href=''><a href='data:text/html,x'><a href='ftp://acme.example/x'>")]
    [InlineData("<a href='https://other.example/'><a href='//evil.example/x'><a href='https://www.acme.example.evil.example/'><a href='https://www.acme.example@evil.example/'>")]
    [InlineData("<a href='http://acme.example/1'><a href='//WWW.acmelaw.example/2'><a href='https://www.acme.example:443/3'>", "/1", "/2", "/3")]
    [InlineData("<a href='https://www.acme.example:8443/x'><a href='https://user@www.acme.example/x'>")]
    [InlineData("<img src='https://cdn.example.net/a/b.png?v=1'><a href='https://cdn.example.net/page'>", "*/.mirror/cdn.example.net/a/b.png?v=1")]
    [InlineData("<base href='/deep/er/'><a href=x><img src=../y.png>", "/deep/er/x", "*/deep/y.png")]
    [InlineData("<a href=early><base href='https://elsewhere.example/'><a href=x><a href='https://www.acme.example/z'>", "/z")]
    [InlineData("<a href='/caf\u00e9?q=\u00e9'><a href='/a b'><a href='/%41%7e'><a href='/a%2Fb'><a href='/x{y}'>", "/caf%C3%A9?q=%C3%A9", "/a%20b", "/%41%7e", "/a%2Fb", "/x%7By%7D")]
    [InlineData("<a href='/s?PHPSESSID=0123456789abcdef0123&amp;p=1'><a href='/t;jsessionid=ABCDEF0123456789;jsessionid=0123456789ABCDEF/u?x=1'>", "/s?p=1", "/t/u?x=1")]
    [InlineData("<a href='/t/..;jsessionid=ABCDEF0123456789'>", "/t/..;jsessionid=ABCDEF0123456789")]
    [InlineData("<a href=/1><a href=/1#a><img src=/1>", "/1", "*/1")]
    [InlineData("<iframe srcdoc=\"&lt;img src='/in.png'&gt;\"></iframe>", "*/in.png")]
    [InlineData("<a href=\"/no\nbreak\">", "/nobreak")]
    [InlineData("<A HREF=/first href=/second>", "/first")]
    [InlineData("<a href='/.mirror/other/x'>")]
    public void A_page_s_references_are_found(string html, params string[] links) => Assert.Equal(links, Reading.Html(html).Links);

    [Theory]
    [InlineData("<a href=\"https://www.acme.example/a?b=1&amp;c=%7e#f\">", "<a href=\"/a?b=1&amp;c=%7e#f\">")]
    [InlineData("<a href=http://acme.example>", "<a href=/>")]
    [InlineData("<a href='//acmelaw.example?x=1&y=2'>", "<a href='/?x=1&amp;y=2'>")]
    [InlineData("<a href='https://www.acme.example//double'>", "<a href='/.//double'>")]
    [InlineData("<a href='https://www.acme.example/a/../b'>", "<a href='/b'>")]
    [InlineData("<a href='https&#58;//www.acme.example/e'>", "<a href='/e'>")]
    [InlineData("<a href='  https://www.acme.example/sp  '>", "<a href='/sp'>")]
    [InlineData("<img srcset='https://www.acme.example/1.png 1x, https://cdn.example.net/2.png 2x, /3.png 3x'>", "<img srcset='/1.png 1x, /.mirror/cdn.example.net/2.png 2x, /3.png 3x'>")]
    [InlineData("<div style='background:url(https://www.acme.example/b.png)'>", "<div style='background:url(/b.png)'>")]
    [InlineData("<div style=\"background:url(&quot;https://www.acme.example/b.png&quot;)\">", "<div style=\"background:url(&quot;/b.png&quot;)\">")]
    [InlineData("<style>a{b:url(\"https://cdn.example.net/x.png\")}</style>", "<style>a{b:url(\"/.mirror/cdn.example.net/x.png\")}</style>")]
    [InlineData("<meta http-equiv=refresh content=\"0;url=https://www.acme.example/n\">", "<meta http-equiv=refresh content=\"0;url=/n\">")]
    [InlineData("<form action='https://www.acme.example/contact'>", "<form action='/contact'>")]
    [InlineData("<base href='https://www.acme.example/sub/'><a href='x'>", "<base href='/sub/'><a href='x'>")]
    [InlineData("<base href='https://cdn.example.net/d/'><img src=a.png><img src=/b.png>", "<base href='/.mirror/cdn.example.net/d/'><img src=a.png><img src=/.mirror/cdn.example.net/b.png>")]
    [InlineData("<link rel=canonical href='https://www.acme.example/c'><meta property=og:url content='https://www.acme.example/'>", "<link rel=canonical href='https://www.acme.example/c'><meta property=og:url content='https://www.acme.example/'>")]
    [InlineData("<script type=application/ld+json>{\"url\":\"https://www.acme.example/\"}</script>", "<script type=application/ld+json>{\"url\":\"https://www.acme.example/\"}</script>")]
    [InlineData("<base href='https://elsewhere.example/'><a href='https://www.acme.example/z'>", "<base href='https://elsewhere.example/'><a href='https://www.acme.example/z'>")]
    [InlineData("<a href='/s?PHPSESSID=0123456789abcdef0123&amp;p=1'>", "<a href='/s?p=1'>")]
    [InlineData("<iframe srcdoc=\"&lt;a href='https://www.acme.example/i'&gt;\">", "<iframe srcdoc=\"&lt;a href=&#39;/i&#39;>\">")]
    [InlineData("<a href='https://www.acme.example/it&apos;s'>", "<a href='/it&apos;s'>")]
    public void Own_and_asset_hosts_addresses_become_relative_to_the_host_and_nothing_else_changes(string html, string expected) =>
        Assert.Equal(expected, Reading.Html(html).Text);

    [Fact]
    public void A_page_that_needs_no_edit_is_not_written_anew()
    {
        const string html = "<!doctype html>\r\n<HTML><body  class=x >\n\t<a href = '/x' >\u00e9</A><img src=y.png/ ><p>1 < 2 && 3 &copy; <b><i></b></i>\0";
        Assert.Null(Reading.Read(DocumentKind.Html, Encoding.UTF8.GetBytes(html), "text/html").Body);
    }

    [Theory]
    [InlineData("windows-1252", "/caf%C3%A9?q=%E9")]
    [InlineData("utf-8", "/caf%C3%A9?q=%C3%A9")]
    [InlineData("utf-16", "/caf%C3%A9?q=%C3%A9")]
    public void A_page_keeps_its_charset_and_its_addresses_mean_what_a_browser_takes_them_for(string charset, string expected)
    {
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(charset) ?? Encoding.GetEncoding(charset);
        var body = (byte[])[.. charset == "utf-16" ? encoding.GetPreamble() : [], .. encoding.GetBytes("<p>na\u00efve <a href='/caf\u00e9?q=\u00e9'><a href='https://www.acme.example/x'>\u00fc")];
        var reading = Reading.Read(DocumentKind.Html, body, "text/html; charset=" + charset);
        Assert.Equal([expected, "/x"], Reading.Said(reading));
        var text = encoding.GetString(reading.Body!);
        Assert.EndsWith("<p>na\u00efve <a href='/caf\u00e9?q=\u00e9'><a href='/x'>\u00fc", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_no_characters_of_the_charset_stay_what_they_are()
    {
        var body = (byte[])[.. "<a href='https://www.acme.example/x'>"u8, 0xFF, 0xFE, 0x80, 0xC3, .. "</a>"u8];
        Assert.Equal((byte[])[.. "<a href='/x'>"u8, 0xFF, 0xFE, 0x80, 0xC3, .. "</a>"u8], Reading.Read(DocumentKind.Html, body, "text/html; charset=utf-8").Body);
    }

    [Theory]
    [InlineData("<meta name=robots content='noindex, nofollow'>", false)]
    [InlineData("<meta name=ROBOTS content=none>", false)]
    [InlineData("<meta name=hostingops content=nofollow>", false)]
    [InlineData("<meta name=robots content='noindex,noarchive'>", true)]
    [InlineData("<meta name=googlebot content=nofollow>", true)]
    public void A_robots_meta_tag_is_read(string html, bool follow) =>
        Assert.Equal(follow, Reading.Read(DocumentKind.Html, Encoding.UTF8.GetBytes(html), "text/html").Follow);

    [Theory]
    [InlineData("nofollow", false)]
    [InlineData("hostingops: nofollow", false)]
    [InlineData("otherbot: nofollow", true)]
    [InlineData("unavailable_after: 25 Jun 2030 15:00:00 PST", true)]
    [InlineData("noindex", true)]
    public void So_is_its_header(string header, bool follows) => Assert.Equal(follows, RobotsMeta.HeaderFollows(header));

    [Theory]
    [InlineData("<meta charset=iso-8859-15>", "iso-8859-15")]
    [InlineData("<meta http-equiv=content-type content='text/html; charset=koi8-r'>", "koi8-r")]
    [InlineData("<p>none", null)]
    public void The_charset_that_a_page_names_is_told(string html, string? expected) =>
        Assert.Equal(expected, Reading.Read(DocumentKind.Html, Encoding.ASCII.GetBytes(html), "text/html").Charset);
}
