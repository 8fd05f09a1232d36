using System.IO.Compression;
using System.Text;
using HostingOps.Engine.Mirror.Parsing;

namespace HostingOps.Engine.Tests.Mirror.Parsing;

/// <summary>Sitemaps, feeds, manifests, pictures.</summary>
public sealed class OtherDocumentsTests
{
    private const string Sitemap = """
        <?xml version="1.0" encoding="UTF-8"?>
        <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1" xmlns:xhtml="http://www.w3.org/1999/xhtml">
          <url><loc>https://www.acme.example/a?x=1&amp;y=2</loc><lastmod>2026-03-01</lastmod><image:image><image:loc>https://cdn.example.net/a.png</image:loc></image:image></url>
          <url><lastmod>2026-03-01T10:00:00+02:00</lastmod><loc> https://www.acme.example/b </loc><xhtml:link rel="alternate" hreflang="de" href="https://www.acme.example/de/b"/></url>
          <url><loc>https://elsewhere.example/no</loc></url>
        </urlset>
        """;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_sitemap_gives_its_pages_with_their_last_change_plain_and_packed(bool packed)
    {
        var bytes = Encoding.UTF8.GetBytes(Sitemap);
        var reading = Reading.Read(DocumentKind.Xml, packed ? Pack(bytes) : bytes, "application/xml", "/sitemap.xml");
        Assert.Null(reading.Body);
        Assert.Equal(["*/.mirror/cdn.example.net/a.png", "/a?x=1&y=2", "/de/b", "/b"], Reading.Said(reading));

        // A day alone: the change may have been at its end.
        Assert.Equal(new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero), reading.Links.Single(link => link.Place.Key == "/a?x=1&y=2").Modified);
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 8, 0, 0, TimeSpan.Zero), reading.Links.Single(link => link.Place.Key == "/b").Modified);
    }

    [Fact]
    public void An_index_gives_its_sitemaps() =>
        Assert.Equal(["*/s1.xml.gz", "*/s2.xml"], Reading.Said(Reading.Read(DocumentKind.Xml, Encoding.UTF8.GetBytes(
            "<sitemapindex><sitemap><loc>https://www.acme.example/s1.xml.gz</loc></sitemap><sitemap><loc>https://www.acme.example/s2.xml</loc></sitemap></sitemapindex>"))));

    [Theory]
    [InlineData("<rss><channel><link>https://www.acme.example/</link><image><url>/logo.png</url></image><item><link>/p1</link><enclosure url='/p1.mp3'/><comments>/p1#c</comments></item></channel></rss>", "/", "*/logo.png", "/p1", "*/p1.mp3")]
    [InlineData("<feed xmlns='http://www.w3.org/2005/Atom'><link href='/'/><logo>/l.png</logo><entry><link rel='alternate' href='https://acme.example/e1'/></entry></feed>", "/", "*/l.png", "/e1")]
    [InlineData("<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><rss><channel><link>/a</link></channel></rss>", "/a")]
    [InlineData("<rss><channel><link>/a</link><broken", "/a")]
    [InlineData("no xml at all")]
    public void Feeds_give_their_links(string xml, params string[] links) => Assert.Equal(links, Reading.Said(Reading.Read(DocumentKind.Xml, Encoding.UTF8.GetBytes(xml))));

    [Fact]
    public void A_small_file_that_unpacks_without_end_is_given_up()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write("<urlset><url><loc>/first</loc></url>"u8);
            var blank = new byte[1 << 20];
            Array.Fill(blank, (byte)' ');
            for (var i = 0; i < 60; i++)
            {
                gzip.Write(blank);
            }

            gzip.Write("<url><loc>/last</loc></url></urlset>"u8);
        }

        Assert.Equal(["/first"], Reading.Said(Reading.Read(DocumentKind.Xml, packed.ToArray())));
    }

    [Fact]
    public void A_manifest_s_icons_and_pages_are_found_and_edited_where_they_stand()
    {
        const string manifest = "{ \"name\": \"\u00e9\",\n \"start_url\": \"https:\\/\\/www.acme.example\\/app\", \"scope\":\"https://www.acme.example/\", \"icons\": [ {\"src\": \"https://cdn.example.net/i.png\", \"sizes\":\"1x1\"}, {\"src\":\"rel.png\"} ], \"shortcuts\":[{\"url\":\"/s\"}] }";
        var reading = Reading.Read(DocumentKind.Manifest, Encoding.UTF8.GetBytes(manifest), "application/manifest+json", "/m/site.webmanifest");
        Assert.Equal(["/app", "*/.mirror/cdn.example.net/i.png", "*/m/rel.png", "/s"], Reading.Said(reading));
        Assert.Equal(
            "{ \"name\": \"\u00e9\",\n \"start_url\": \"/app\", \"scope\":\"/\", \"icons\": [ {\"src\": \"/.mirror/cdn.example.net/i.png\", \"sizes\":\"1x1\"}, {\"src\":\"rel.png\"} ], \"shortcuts\":[{\"url\":\"/s\"}] }",
            Encoding.UTF8.GetString(reading.Body!));
    }

    [Fact]
    public void A_picture_s_parts_are_found()
    {
        var reading = Reading.Read(
            DocumentKind.Svg,
            Encoding.UTF8.GetBytes("<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'><style><![CDATA[a{b:url(s.png)}]]></style><image href='https://www.acme.example/i.png'/><use xlink:href='#x'/></svg>"),
            "image/svg+xml",
            "/img/a.svg");
        Assert.Equal(["*/img/s.png", "*/i.png"], Reading.Said(reading));
        Assert.Contains("<image href='/i.png'/>", Encoding.UTF8.GetString(reading.Body!), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text/html; charset=utf-8", "/", "Html")]
    [InlineData("application/xhtml+xml", "/", "Html")]
    [InlineData("TEXT/CSS", "/a", "StyleSheet")]
    [InlineData("application/json", "/manifest.json", "Manifest")]
    [InlineData("application/json", "/data.json", "Other")]
    [InlineData("application/x-gzip", "/sitemap.xml.gz", "Xml")]
    [InlineData("text/plain", "/a.html", "Other")]
    [InlineData(null, "/a.png", "Other")]
    public void The_content_type_says_what_a_document_is(string? contentType, string path, string expected) =>
        Assert.Equal(expected, ContentTypes.KindOf(contentType, path).ToString());

    private static byte[] Pack(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }
}
