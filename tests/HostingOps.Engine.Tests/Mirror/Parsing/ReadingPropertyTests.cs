using System.Text;
using FsCheck;
using FsCheck.Fluent;
using HostingOps.Engine.Mirror.Parsing;

namespace HostingOps.Engine.Tests.Mirror.Parsing;

/// <summary>What holds whatever a page holds.</summary>
public sealed class ReadingPropertyTests
{
    private static readonly Gen<string> Addresses = Gen.Elements(
        "http:", "https:", "HTTPS:", "ftp:", "javascript:", "data:", "//", "/", "\\", "..", ".", "?", "#", "@", ":", "%", "%2e", "%2F", "%00", " ", "\n", "\t", "\u0000", "\u00fc", "\ud83d\ude00",
        "www.acme.example", "acme.example", "WWW.ACMELAW.EXAMPLE", "cdn.example.net", "evil.example", "127.0.0.1", "169.254.169.254", "[::1]", "localhost", ":443", ":80", ":22", "a", "x=1",
        "&amp;", "&#58;", "&#x2f;", ";jsessionid=0123456789ABCDEF01", ".mirror", "'", "{", "|").ArrayOf().Select(string.Concat);

    private static readonly Gen<string> Pieces = Gen.OneOf(
        Gen.Elements(
            "<a href=\"", "<a href='", "<a href=", "<img src=\"", "<img srcset=\"", "<base href=\"", "<link rel=stylesheet href=\"", "<style>a{b:url(", "<div style=\"b:url('", "<meta http-equiv=refresh content=\"0;url=",
            "<iframe srcdoc=\"", "<svg><use href=\"", "<script>", "</script>", "<textarea>", "<!--", "-->", "<![CDATA[", "]]>", "<plaintext>", "<table>", "</style>", ")}", "')\"", "\"", "'", ">", "/>", "<", "</a>", " 2x, ", "<form action=\"", "<template>", "<noscript>", "<select>", "<title>"),
        Addresses);

    private static readonly Arbitrary<string> Pages = Pieces.ArrayOf().Select(string.Concat).ToArbitrary();

    [Fact]
    public void No_link_leads_outside_and_each_is_a_url_of_the_mirror() => Prop.ForAll(Pages, html =>
    {
        foreach (var kind in new[] { DocumentKind.Html, DocumentKind.StyleSheet, DocumentKind.Svg, DocumentKind.Xml, DocumentKind.Manifest })
        {
            foreach (var link in Reading.Read(kind, Encoding.UTF8.GetBytes(html), "text/html; charset=utf-8").Links)
            {
                Assert.True(link.Place.Host is null or "cdn.example.net", link.Place.Host);
                Assert.StartsWith("/", link.Place.PathAndQuery, StringComparison.Ordinal);
                Assert.DoesNotContain("#", link.Place.Key, StringComparison.Ordinal);
                var asked = new Uri("https://" + (link.Place.Host ?? "www.acme.example") + link.Place.PathAndQuery, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
                Assert.Contains(asked.IdnHost, new[] { "www.acme.example", "cdn.example.net" });
                Assert.Equal("", asked.UserInfo);
            }
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void What_was_rewritten_leads_to_the_same_places_and_is_not_rewritten_again() => Prop.ForAll(Pages, html =>
    {
        var bytes = Encoding.UTF8.GetBytes(html);
        var first = Reading.Read(DocumentKind.Html, bytes, "text/html; charset=utf-8");
        if (first.Body is not { } body || html.Contains("cdn", StringComparison.Ordinal))
        {
            return;
        }

        var second = Reading.Read(DocumentKind.Html, body, "text/html; charset=utf-8");
        Assert.True(second.Body is null, Encoding.UTF8.GetString(body));
        Assert.Equal(Reading.Said(first), Reading.Said(second));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void Random_bytes_are_read_without_an_exception() => Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes =>
    {
        foreach (var kind in Enum.GetValues<DocumentKind>())
        {
            Reading.Read(kind, bytes ?? [], "text/html");
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(100));
}
