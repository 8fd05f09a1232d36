using System.Globalization;

namespace HostingOps.Testing.HardSites.Traps;

/// <summary>The asset host, absolute and scheme-relative links, other spellings of the own name, and hosts that are none of ours.</summary>
internal static class Neighbours
{
    public static void Lay(HardSiteMap map, HardSiteMap assets, int assetPort, int stranger)
    {
        map.Trap = "absolute links";
        map.Start(
            "/absolute.html",
            $"<a href=\"«http://{map.Own}/abs/1»\">1</a> <a href=\"«https://{map.Own}/abs/2»\">2</a> <a href=\"«//{map.Own}/abs/3»\">3</a> <a href=\"«http://www.{map.Own}/abs/4»\">4</a> <a href=\"«HTTP://{map.Own.ToUpperInvariant()}/abs/5»\">5</a> <a href=\"«http://{map.Own}:80/abs/6?x=1#y»\">6</a> <a href=\"«https://{map.Own}:443/abs/7»\">7</a> "
            + $"<a href=\"«http://{map.Own}»\">front, no slash</a> <a href=\"«  http://{map.Own}/abs/8\n|/abs/8»\">blanks</a> <a href=\"«http:\\\\{map.Own}\\abs\\9|/abs/9»\">backslashes</a> "
            + $"<a href=\"https://elsewhere.example/?back=http://{map.Own}/abs/never\">external</a> <a href=\"http://{map.Own}.elsewhere.example/abs/never\">looks like ours</a> <a href=\"http://elsewhere.example/@{map.Own}/abs/never\">at</a> <a href=\"http://{map.Own}@elsewhere.example/abs/never\">user</a> <a href=\"http://{map.Own}:8081/abs/never\">another port</a> <a href=\"ftp://{map.Own}/abs/never\">ftp</a>"
            + string.Create(CultureInfo.InvariantCulture, $" <img src=\"http://127.0.0.1:{stranger}/picture.png\" alt=\"\"> <a href=\"http://127.0.0.1:{stranger}/page\">stranger</a>"));
        for (var number = 1; number <= 9; number++)
        {
            var url = string.Create(CultureInfo.InvariantCulture, $"/abs/{number}{(number == 6 ? "?x=1" : "")}");
            map.Page(url, string.Create(CultureInfo.InvariantCulture, $"<p>Absolute {number}</p>"));
        }

        map.MustNotAsk("/abs/never*", "/?back=*");
        AssetHost(map, assets, assetPort);
    }

    private static void AssetHost(HardSiteMap map, HardSiteMap assets, int port)
    {
        map.Trap = "asset host";
        var authority = string.Create(CultureInfo.InvariantCulture, $"{map.Options.AssetHost}:{port}");
        string At(string path) => $"«http://{authority}{path}|/.mirror/{authority}{path}»";
        map.Start("/assets.html", $"<link rel=\"stylesheet\" href=\"{At("/lib/lib.css")}\"><script src=\"{At("/lib/app.js?v=3")}\"></script><img src=\"{At("/pics/shared.png")}\" alt=\"\"><img src=\"{At("/secret-free.png")}\" alt=\"\"><a href=\"http://{authority}/a-page.html\">a page over there is no asset</a>");
        assets.Add("/lib/lib.css", "text/css", $"@import \"more.css\";\np {{ background: url(../pics/back.png) }}\nb {{ background: url({At("/pics/scheme.png")}) }}\n");
        assets.Add("/lib/more.css", "text/css", $"i {{ background: url('«/pics/rooted.png|/.mirror/{authority}/pics/rooted.png»') }}\n");
        assets.Add("/lib/app.js?v=3", "text/javascript", "document.title += '.';\n");
        assets.Picture("/pics/shared.png", "/pics/back.png", "/pics/scheme.png", "/pics/rooted.png", "/secret-free.png");
        assets.Page("/a-page.html", "<p>Not the site's own.</p>");
        foreach (var answer in assets.Expected.Where(static answer => !answer.IsPage))
        {
            map.Expect(answer with { Url = $"/.mirror/{authority}{answer.Url}", Trap = map.Trap });
        }

        map.MustNotAsk("/a-page.html");
    }
}
