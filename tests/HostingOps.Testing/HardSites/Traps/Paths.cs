namespace HostingOps.Testing.HardSites.Traps;

/// <summary>Names that no file may have, and paths that try to leave the mirror's folder.</summary>
internal static class Paths
{
    public static void Lay(HardSiteMap map)
    {
        map.Trap = "names";
        string[] served =
        [
            "/con", "/aux.html", "/nul", "/COM1.txt/page", "/lpt1", "/dots.", "/dots..", "/space%20", "/.hidden/page", "/.htaccess-like", "/-rf", "/~", "/colon:stream", "/pipe%7C%3C%3E.html", "/tab%09.html", "/line%0Afeed.html", "/bell%07.html",
            "/current", "/generations/x", "/manifest.jsonl", "/index.html.gz",
        ];
        map.Start("/names.html", string.Concat(served.Select(static url => $"<a href=\"{url}\">x</a> ")));
        foreach (var url in served)
        {
            map.Page(url, $"<p>{url}</p>");
        }

        map.Trap = "long names";
        string[] overlong =
        [
            "/" + new string('a', 240) + ".html", "/" + string.Concat(Enumerable.Repeat("%C3%BC", 120)), "/" + string.Join('/', Enumerable.Range(1, 34).Select(static number => $"folder-{number}")) + "/page.html", "/long?q=" + new string('x', 1500),
        ];
        map.Start("/long.html", string.Concat(overlong.Select(static url => $"<a href=\"{url}\">x</a> ")));
        foreach (var url in overlong)
        {
            map.Page(url, $"<p>{url.Length} characters</p>");
        }

        Escapes(map);
    }

    private static void Escapes(HardSiteMap map)
    {
        map.Trap = "paths out of the folder";
        // Whether a plain server can answer them at all differs; none of them may become a file outside of the mirror.
        string[] climbing =
        [
            "/climb%2f..%2f..%2f..%2fescaped-1.html", "/climb/..%2f..%2f..%2fescaped-2.html", "/climb/..%5c..%5c..%5cescaped-3.html", "/%252e%252e/%252e%252e/escaped-4.html", "/nul%00byte.html", "/climb/%c0%ae%c0%ae/escaped-5.html", "/C:/escaped-6.html", "/climb/....//escaped-7.html",
            "/.mirror/own.html", "/.mirror/files/own.html", "/.mirror/health-of-the-origin", "/climb?file=../../../../escaped-8.html", "/climb;/../;/x",
        ];
        map.Start("/climbing.html", string.Concat(climbing.Select(static url => $"<a href=\"{url}\">x</a> ")) + "<a href=\"/../../escaped-9.html\">x</a> <a href=\"\\..\\..\\escaped-10.html\">x</a> <a href=\"/%2e%2e/%2E./escaped-11.html\">x</a> <a href=\"..//..//escaped-12.html\">x</a>");
        foreach (var url in climbing)
        {
            var asked = url == "/climb;/../;/x" ? "/;/x" : url;
            map.Page(asked, "<p>Climbing</p>");
            map.Optional();
        }

        map.Page("/escaped-9.html", "<p>Dots end at the root</p>");
        map.Page("/escaped-10.html", "<p>Backslashes are slashes</p>");
        map.Page("/escaped-11.html", "<p>Escaped dots are dots</p>");
    }
}
