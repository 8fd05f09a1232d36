using System.IO.Compression;
using System.Text;
using HostingOps.Testing.Http;

namespace HostingOps.Testing.HardSites.Traps;

/// <summary>Content types, charsets and content codings.</summary>
internal static class Documents
{
    private static readonly Encoding Western = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;
    private static readonly Encoding Japanese = CodePagesEncodingProvider.Instance.GetEncoding(932)!;

    public static void Lay(HardSiteMap map)
    {
        Charsets(map);
        Types(map);
        Codings(map);
    }

    private static void Charsets(HardSiteMap map)
    {
        map.Trap = "charsets";
        var western = $"<!doctype html><html><head><title>Größe</title></head><body><p>Größe – “naïve” €5</p><a href=\"«http://{map.Own}/charset/next»\">next</a> <a href=\"/charset/search?q=é\">query in the document's charset</a> <img src=\"/img/é.png\" alt=\"\"></body></html>";
        map.Add("/charset/windows-1252", "text/html; charset=windows-1252", western, Western);
        map.LinkFromFront("/charset/windows-1252");
        map.Page("/charset/next", "<p>Next</p>");
        // Browsers encode a path as UTF-8 and a query in the document's charset.
        map.Page("/charset/search?q=%E9", "<p>Found é</p>");
        map.Picture("/img/%C3%A9.png");
        map.Add("/charset/meta", "text/html", $"<!doctype html><html><head><meta http-equiv=content-type content='text/html; charset=iso-8859-1'></head><body><p>Ärger</p><a href='«//{map.Own}/charset/next»'>next</a></body></html>", Western);
        map.LinkFromFront("/charset/meta");
        map.Add("/charset/shift-jis", "text/html", $"<!doctype html><html><head><meta charset=\"Shift_JIS\"></head><body><p>日本語 表示</p><a href=\"«http://{map.Own}/charset/next»\">次</a></body></html>", Japanese);
        map.LinkFromFront("/charset/shift-jis");
        map.Add("/charset/utf-16le", "text/html", $"<!doctype html><html><head><title>UTF-16</title></head><body><p>Zażółć</p><a href=\"«http://{map.Own}/charset/next»\">next</a> <a href=\"/charset/only-from-utf-16\">only</a></body></html>", Encoding.Unicode, withMark: true);
        map.LinkFromFront("/charset/utf-16le");
        map.Page("/charset/only-from-utf-16", "<p>Only a reader of UTF-16 finds it</p>");
        map.Add("/charset/utf-16be", "text/html; charset=utf-16be", "<!doctype html><html><head><title>UTF-16</title></head><body><p>Zażółć</p></body></html>", Encoding.BigEndianUnicode);
        map.LinkFromFront("/charset/utf-16be");
        map.Add("/charset/mark", "text/html; charset=windows-1252", "<!doctype html><html><head><title>The mark wins</title></head><body><p>Größe</p></body></html>", Encoding.UTF8, withMark: true);
        map.LinkFromFront("/charset/mark");
        map.AnyCharset();
        map.Add("/charset/western.css", "text/css; charset=windows-1252", "p::before { content: \"é\"; background: url(/img/from-western-css.png) }\n", Western);
        map.Picture("/img/from-western-css.png");
        map.Start("/charset/css.html", "<link rel=stylesheet href=western.css><p>Style in another charset</p>");
        map.Add("/charset/unknown", "text/html; charset=x-no-such", "<!doctype html><html><body><p>plain</p><a href=\"/charset/next\">next</a></body></html>");
        map.LinkFromFront("/charset/unknown");
    }

    private static void Types(HardSiteMap map)
    {
        map.Trap = "content types";
        map.Start("/types.html", "<a href=\"/t/page.php\">1</a> <a href=\"/t/page.jpg\">2</a> <a href=\"/t/xhtml\">3</a> <a href=\"/t/looks-like.txt\">4</a> <a href=\"/t/report\">5</a> <a href=\"/t/data.json\">6</a> <a href=\"/t/unlabelled\">7</a> <img src=\"/t/photo.html\" alt=\"\"> <a href=\"/t/odd.weird\">8</a> <a href=\"/t/empty.txt\">9</a> <a href=\"/t/shout\">10</a> <a href=\"/t/nothing\">11</a> <img src=\"/t/drawing.svg\" alt=\"\"> <a href=\"/t/attached\">12</a>");
        map.Page("/t/page.php", "<p>HTML</p>");
        map.Page("/t/page.jpg", "<p>HTML with the name of a picture</p><a href=\"from-jpg.html\">on</a>");
        map.Page("/t/from-jpg.html", "<p>Only found by whoever reads types, not names</p>");
        map.Add("/t/xhtml", "application/xhtml+xml", "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<html xmlns=\"http://www.w3.org/1999/xhtml\"><head><title>X</title></head><body><p><a href=\"/t/from-xhtml\">on</a><br/></p></body></html>");
        map.Page("/t/from-xhtml", "<p>From XHTML</p>");
        map.Add("/t/looks-like.txt", "text/plain; charset=utf-8", $"<a href=\"/t/never-from-text\">no link</a> http://{map.Own}/t/never-from-text\n");
        map.MustNotAsk("/t/never-from-text");
        map.Add("/t/report", "application/pdf", "%PDF-1.4 report\n"u8.ToArray());
        map.Add("/t/data.json", "application/json", $"{{\"url\": \"http://{map.Own}/kept\"}}\n");
        map.Add("/t/odd.weird", "application/vnd.example.weird+zip; version=\"1.0\"", [0, 1, 2, 3, 255, 254]);
        map.Add("/t/empty.txt", "text/plain", []);
        map.Add("/t/shout", "TEXT/HTML;CHARSET=\"UTF-8\"", $"<!doctype html><html><body><a href=\"«http://{map.Own}/t/page.php»\">loud</a></body></html>");
        var unlabelled = "<!doctype html><html><body><p>No type at all</p></body></html>"u8.ToArray();
        map.Serve("/t/unlabelled", _ => new RawAnswer(200) { Body = unlabelled });
        map.Expect(new HardAnswer("/t/unlabelled", map.Trap) { Bodies = [unlabelled] });
        map.Add("/t/photo.html", "image/png", Pictures.Png.Write(Pictures.Picture.Of("/t/photo.html")));
        map.Serve("/t/nothing", static _ => new RawAnswer(204));
        map.Add("/t/drawing.svg", "image/svg+xml", $"<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"16\" height=\"16\"><image xlink:href=\"/img/in-svg.png\" width=\"8\" height=\"8\"/><image href=\"«http://{map.Own}/img/in-svg-2.png»\" width=\"8\" height=\"8\"/><style>rect {{ fill: url(#g); background: url(/img/in-svg-style.png) }}</style></svg>");
        map.Picture("/img/in-svg.png", "/img/in-svg-2.png", "/img/in-svg-style.png");
        var attached = "a,b\n1,2\n"u8.ToArray();
        map.Serve("/t/attached", _ => RawAnswer.Of(200, "text/csv", attached).With("Content-Disposition", "attachment; filename=\"../../../evil.csv\""));
        map.Expect("/t/attached", "text/csv", [attached]);
    }

    private static void Codings(HardSiteMap map)
    {
        map.Trap = "content codings";
        map.LinkFromFront("/z/gzip");
        map.LinkFromFront("/z/brotli");
        map.LinkFromFront("/z/deflate");
        map.LinkFromFront("/z/archive.tar.gz");
        Coded(map, "/z/gzip", "gzip", static to => new GZipStream(to, CompressionLevel.Fastest));
        Coded(map, "/z/brotli", "br", static to => new BrotliStream(to, CompressionLevel.Fastest));
        Coded(map, "/z/deflate", "deflate", static to => new ZLibStream(to, CompressionLevel.Fastest));
        map.Page("/z/from-gzip", "<p>From gzip</p>");
        map.Page("/z/from-br", "<p>From brotli</p>");
        map.Page("/z/from-deflate", "<p>From deflate</p>");
        // An archive is no coding: it stays packed.
        map.Add("/z/archive.tar.gz", "application/gzip", Pack("an archive"u8.ToArray(), static to => new GZipStream(to, CompressionLevel.Fastest)));
    }

    private static void Coded(HardSiteMap map, string url, string coding, Func<Stream, Stream> packer)
    {
        var text = map.Document(url, $"<p>{coding}</p><a href=\"«http://{map.Own}/z/from-{coding}»\">on</a>");
        var plain = Encoding.UTF8.GetBytes(HardSiteMap.Said(text));
        var packed = Pack(plain, packer);
        // gzip comes unasked, as many servers send it; the others only to whoever accepts them.
        map.Serve(url, request => coding == "gzip" || (request.Header("Accept-Encoding") ?? "").Contains(coding, StringComparison.Ordinal)
            ? RawAnswer.Of(200, "text/html; charset=utf-8", packed).With("Content-Encoding", coding).With("Vary", "Accept-Encoding")
            : RawAnswer.Of(200, "text/html; charset=utf-8", plain).With("Vary", "Accept-Encoding"));
        map.Expect(url, "text/html; charset=utf-8", [Encoding.UTF8.GetBytes(HardSiteMap.Alternatives(text)[0])]);
    }

    private static byte[] Pack(byte[] plain, Func<Stream, Stream> packer)
    {
        using var packed = new MemoryStream();
        using (var stream = packer(packed))
        {
            stream.Write(plain);
        }

        return packed.ToArray();
    }
}
