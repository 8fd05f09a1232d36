
namespace HostingOps.Testing.HardSites.Traps;

/// <summary>Addresses that are no file names: queries, no extension, slashes, escapes, unicode, letters that differ by case only.</summary>
internal static class Addresses
{
    public static void Lay(HardSiteMap map)
    {
        Queries(map);
        Slashes(map);
        Escapes(map);
        Unicode(map);
        Case(map);
    }

    private static void Queries(HardSiteMap map)
    {
        map.Trap = "query strings";
        map.Start("/list", "<a href=\"?page=1\">1</a> <a href=\"/list?page=2\">2</a> <a href='list?page=2&amp;sort=up'>sorted</a> <a href=\"list?sort=up&page=2\">the other way round</a> <a href=\"/list?q=a+b%20c%26d\">odd</a> <a href=\"/list?page=1#top\">top</a>");
        map.Page("/list?page=1", "<p>First page</p><a href=\"?page=2\">next</a>");
        map.Page("/list?page=2", "<p>Second page</p><a href=\"./list\">all</a>");
        map.Page("/list?page=2&sort=up", "<p>Second page, sorted</p>");
        map.Page("/list?sort=up&page=2", "<p>Sorted, second page</p>");
        map.Page("/list?q=a+b%20c%26d", "<p>A query with escapes</p>");
        // An ampersand without semicolon before a letter and an equals sign is no character reference within an attribute.
        map.Start("/ampersands.html", "<a href=\"/amp?a=1&copy=2&lt=3\">plain</a> <a href=\"/amp?a=1&#38;b=&#x32;\">numbers</a>");
        map.Page("/amp?a=1&copy=2&lt=3", "<p>Not a copyright sign</p>");
        map.Page("/amp?a=1&b=2", "<p>Numeric references</p>");
        map.Start("/download.php?file=report.pdf", "<p>A page that looks like a file by its query</p>");
        map.Add("/download.php?file=real.pdf", "application/pdf", "%PDF-1.4 not much of one\n"u8.ToArray());
        map.LinkFromFront("/download.php?file=real.pdf");
        map.Add("/css/versioned.css?v=1.2", "text/css", "p { color: navy }\n");
        map.Add("/css/versioned.css?v=2.0", "text/css", "p { color: teal }\n");
        map.Start("/versioned.html", "<link rel=stylesheet href=/css/versioned.css?v=1.2><link rel=stylesheet href=\"/css/versioned.css?v=2.0\"><p>Two versions</p>");
    }

    private static void Slashes(HardSiteMap map)
    {
        map.Trap = "no extension, slashes, file and folder";
        map.Start("/about", "<p>No extension</p><a href=\"about/team\">team</a> <a href=\"about/\">folder</a>");
        map.Page("/about/team", "<p>Below what is a page itself</p><a href=\"../about\">up</a>");
        map.Page("/about/", "<p>With a slash it is another page</p><a href=\"team/me.html\">me</a>");
        map.Page("/about/team/me.html", "<p>Three levels, and each is a page</p>");
        map.Start("/docs/", "<p>A folder</p><a href=\"guide\">guide</a> <a href=\"/docs\">without slash</a> <a href=\"index.html\">its index by name</a>");
        map.Redirect("/docs", 301, $"«http://{map.Own}/docs/»");
        map.Page("/docs/guide", "<p>Guide</p>");
        map.Page("/docs/index.html", "<p>Not the same as the folder</p>");
        map.Page("/docs/index.html/", "<p>Nor is this</p>");
        map.LinkFromFront("/docs/index.html/");
        map.Start("/v1.0/notes", "<p>A dot in a folder's name</p><a href=\"../v1.0\">v1.0</a>");
        map.Page("/v1.0", "<p>Looks like an extension</p>");
        map.Start("/double//slash", "<p>Two slashes in the midst</p>");
    }

    private static void Escapes(HardSiteMap map)
    {
        map.Trap = "percent-encoding";
        map.Start(
            "/escapes.html",
            "<a href=\"/caf%C3%A9\">1</a> <a href=\"/caf%c3%a9\">same, small letters</a> <a href=\"/a%20b.html\">2</a> <a href=\"/a c.html\">raw space</a> <a href=\"/100%25.html\">3</a> "
            + "<a href=\"/semi;v=1\">4</a> <a href=\"/plus+sign\">5</a> <a href=\"/%7Etilde/\">6</a> <a href=\"/q%3Fmark\">7</a> <a href=\"/hash%23mark\">8</a> <a href=\"/col:on@at\">9</a> "
            + "<a href=\"/quo%22te'.html\">10</a> <a href=\"/star*($)!,=&amp;.html\">11</a> <a href=\"/dollar$request_uri;.html\">12</a> <a href=\"/brace%7Bx%7D.html\">13</a> <a href=\"/back%5Cslash.html\">14</a> <a href=\"/bad%FFbyte.html\">15</a> <a href=\"/bare%zz.html\">16</a>");
        foreach (var url in (string[])["/caf%C3%A9", "/a%20b.html", "/100%25.html", "/semi;v=1", "/plus+sign", "/%7Etilde/", "/q%3Fmark", "/hash%23mark", "/col:on@at", "/quo%22te'.html", "/star*($)!,=&.html", "/dollar$request_uri;.html", "/brace%7Bx%7D.html", "/back%5Cslash.html", "/bad%FFbyte.html"])
        {
            map.Page(url, $"<p>{url.Replace("&", "&amp;", StringComparison.Ordinal)}</p>");
        }

        map.Page("/a%20c.html", "<p>A raw space in the link</p>");
        map.Expect(map.Expected[^2] with { Url = "/caf%c3%a9", Bodies = map.Expected.Single(static one => one.Url == "/caf%C3%A9").Bodies });
        // nginx answers 400 to a percent sign without two digits; nobody can serve it there.
        map.Page("/bare%zz.html", "<p>A percent sign that begins no escape</p>");
        map.Optional();
    }

    private static void Unicode(HardSiteMap map)
    {
        map.Trap = "unicode";
        var composed = "\u00e9";
        var decomposed = "e\u0301";
        map.Start(
            "/unicode.html",
            $"<a href=\"/日本語/ページ.html\">1</a> <a href=\"/{composed}t{composed}\">composed</a> <a href=\"/{decomposed}t{decomposed}\">decomposed</a> <a href=\"/😀.html\">2</a> <a href=\"/suche?q=Straße\">3</a> <a href=\"/Ünïcode#straße\">4</a> <a href=\"/rtl-\u202Egnp.html\">5</a> <img src=\"/img/ñandú.png\" alt=\"\">");
        map.Page(Uri.EscapeDataString("日本語").Insert(0, "/") + "/" + Uri.EscapeDataString("ページ") + ".html", "<p>日本語</p><a href=\"../日本語/\">上</a>");
        map.Page("/" + Uri.EscapeDataString("日本語") + "/", "<p>Folder</p>");
        map.Page("/" + Uri.EscapeDataString($"{composed}t{composed}"), "<p>Composed</p>");
        map.Page("/" + Uri.EscapeDataString($"{decomposed}t{decomposed}"), "<p>Decomposed</p>");
        map.Page("/" + Uri.EscapeDataString("😀") + ".html", "<p>Beyond the first plane</p>");
        map.Page("/suche?q=" + Uri.EscapeDataString("Straße"), "<p>Unicode in a query</p>");
        map.Page("/" + Uri.EscapeDataString("Ünïcode"), "<p>Capital letter</p>");
        map.Page("/rtl-" + Uri.EscapeDataString("\u202E") + "gnp.html", "<p>A mark that turns the text round</p>");
        map.Picture("/img/" + Uri.EscapeDataString("ñandú") + ".png");
    }

    private static void Case(HardSiteMap map)
    {
        map.Trap = "case collisions";
        map.Start("/Case/", "<a href=\"Page.html\">1</a> <a href=\"page.html\">2</a> <a href=\"PAGE.HTML\">3</a> <a href=\"/case/\">4</a> <img src=\"/img/Logo.png\" alt=\"\"> <img src=\"/img/logo.png\" alt=\"\"> <a href=\"STRASSE\">5</a> <a href=\"straße\">6</a>");
        map.Page("/Case/Page.html", "<p>Page</p>");
        map.Page("/Case/page.html", "<p>page</p>");
        map.Page("/Case/PAGE.HTML", "<p>PAGE</p>");
        map.Page("/case/", "<p>Another folder</p>");
        map.Page("/Case/STRASSE", "<p>Capital</p>");
        map.Page("/Case/stra%C3%9Fe", "<p>Sharp s</p>");
        map.Picture("/img/Logo.png", "/img/logo.png");
        map.Page("/I.html", "<p>Dotless in Turkish</p>");
        map.Page("/%C4%B1.html", "<p>Dotless</p>");
        map.Start("/turkish.html", "<a href=\"/I.html\">I</a> <a href=\"/i.html\">i</a> <a href=\"/\u0131.html\">dotless</a>");
        map.Page("/i.html", "<p>Dotted</p>");
    }
}
