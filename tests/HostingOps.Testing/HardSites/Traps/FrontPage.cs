using System.Text;

namespace HostingOps.Testing.HardSites.Traps;

/// <summary>The front page, which leads into each trap, and the page for what is not there.</summary>
internal static class FrontPage
{
    public const string NotFound =
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Nothing here</title><link rel=\"stylesheet\" href=\"/css/not-found.css\"></head>"
        + "<body><h1>We looked everywhere</h1><p><a href=\"/\">Home</a> <img src=\"/img/lost.png\" alt=\"\"></p></body></html>\n";

    public static void Lay(HardSiteMap map)
    {
        map.Trap = "own 404 page";
        map.Add("/css/not-found.css", "text/css", "h1 { color: maroon; background: url(/img/lost-back.png) }\n");
        map.Picture("/img/lost.png", "/img/lost-back.png");
        foreach (var url in (string[])["/broken-link", "/broken/deeper/", "/never-was.html?x=1"])
        {
            map.Expect(new HardAnswer(url, map.Trap) { Status = 404, MediaType = "text/html", Charset = "utf-8", Bodies = [Encoding.UTF8.GetBytes(NotFound)] });
        }

        map.Start("/broken.html", "<p><a href=\"/broken-link\">gone</a> <a href=\"broken/deeper/\">deeper</a></p>");
        map.Trap = "front page";
        map.Add("/css/site.css", "text/css", "body { font: 16px/1.4 sans-serif; margin: 2em; background: #fdfdf6 }\nh1 { color: #284b63 }\nimg { border: 1px solid #999 }\n");
        var links = string.Concat(map.Starts.Select(static url => $"<li><a href=\"{url.Replace("&", "&amp;", StringComparison.Ordinal)}\">{url.Replace("&", "&amp;", StringComparison.Ordinal)}</a></li>\n"));
        map.Page("/", $"<h1>A hard site</h1>\n<ul>\n{links}</ul>");
    }
}
