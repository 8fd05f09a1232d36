using System.Globalization;
using HostingOps.Testing.Http;

namespace HostingOps.Testing.HardSites.Traps;

/// <summary>Redirects of every kind: chains, loops, away from the site, and to where no public site may lead.</summary>
internal static class Redirects
{
    public static void Lay(HardSiteMap map, int stranger)
    {
        map.Trap = "redirects";
        map.Start("/redirects.html", "<a href=\"/r/301\">1</a> <a href=\"/r/302?x=1\">2</a> <a href=\"/r/303\">3</a> <a href=\"/r/307\">4</a> <a href=\"/r/308\">5</a> <a href=\"/r/chain\">6</a> <a href=\"/r/relative\">7</a> <a href=\"/r/unicode\">8</a> <a href=\"/r/fragment\">9</a> <a href=\"/r/scheme\">10</a> <a href=\"/r/query-only\">11</a> <img src=\"/r/picture\" alt=\"\">");
        map.Redirect("/r/301", 301, $"«http://{map.Own}/r/moved»");
        map.Redirect("/r/302?x=1", 302, "«/r/found?x=1»");
        map.Redirect("/r/303", 303, $"«https://{map.Own}/r/other»");
        map.Redirect("/r/307", 307, $"«//{map.Own}/r/temporary»");
        map.Redirect("/r/308", 308, $"«http://www.{map.Own}/r/permanent»");
        map.Page("/r/moved", "<p>Moved</p>");
        map.Page("/r/found?x=1", "<p>Found</p>");
        map.Page("/r/other", "<p>Other</p>");
        map.Page("/r/temporary", "<p>Temporary</p>");
        map.Page("/r/permanent", "<p>Permanent</p>");
        map.Redirect("/r/chain", 302, "«/r/chain-2»");
        map.Redirect("/r/chain-2", 301, "«/r/chain-3»");
        map.Redirect("/r/chain-3", 302, "«/r/chain-end»");
        map.Page("/r/chain-end", "<p>The end</p>");
        map.Redirect("/r/relative", 302, "«end/here|end/here|/r/end/here»");
        map.Page("/r/end/here", "<p>Here</p><a href=\"../moved\">moved</a>");
        map.Redirect("/r/unicode", 302, "«/r/zürich|/r/zürich|/r/z%C3%BCrich»");
        map.Page("/r/z%C3%BCrich", "<p>Zürich</p>");
        map.Redirect("/r/fragment", 302, "«/r/moved#part»");
        map.Redirect("/r/scheme", 302, $"«HTTP://{map.Own.ToUpperInvariant()}:80/r/moved»");
        map.Redirect("/r/query-only", 302, "«?page=2|?page=2|/r/query-only?page=2»");
        map.Page("/r/query-only?page=2", "<p>The same path with a query</p>");
        map.Redirect("/r/picture", 302, "«/img/redirected.png»");
        map.Picture("/img/redirected.png");
        Loops(map);
        Away(map, stranger);
        Refresh(map);
    }

    private static void Loops(HardSiteMap map)
    {
        map.Trap = "redirect loops";
        map.Start("/loops.html", "<a href=\"/loop/a\">1</a> <a href=\"/loop/self\">2</a> <a href=\"/loop/grow\">3</a>");
        map.Redirect("/loop/a", 302, "«/loop/b»");
        map.Redirect("/loop/b", 302, "«/loop/a»");
        map.Redirect("/loop/self", 301, "«/loop/self»");
        map.Space("/loop/grow", static request => RawAnswer.Redirect(302, request.Target + "/more"));
        map.AtMost("/loop/grow*", 60);
        map.AtMost("/loop/a", 3);
        map.AtMost("/loop/self", 3);
    }

    private static void Away(HardSiteMap map, int stranger)
    {
        map.Trap = "redirects away";
        map.Start("/away.html", "<a href=\"/away/external\">1</a> <a href=\"/away/metadata\">2</a> <a href=\"/away/private\">3</a> <a href=\"/away/loopback\">4</a> <img src=\"/away/loopback-picture\" alt=\"\"> <a href=\"/away/file\">5</a> <a href=\"/away/script\">6</a> <a href=\"/away/nowhere\">7</a>");
        map.Redirect("/away/external", 302, "«https://elsewhere.example/page?x=1|https://elsewhere.example/page?x=1»");
        string[] places =
        [
            "/away/metadata", "http://169.254.169.254/latest/meta-data/iam/security-credentials/",
            "/away/private", "http://10.0.0.1:8080/",
            "/away/loopback", string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{stranger}/from-redirect"),
            "/away/loopback-picture", string.Create(CultureInfo.InvariantCulture, $"http://[::ffff:127.0.0.1]:{stranger}/picture.png"),
            "/away/file", "file:///etc/passwd",
            "/away/script", "javascript:alert(1)",
        ];
        foreach (var pair in places.Chunk(2))
        {
            map.Redirect(pair[0], 302, $"«{pair[1]}|{pair[1]}»");
            map.Optional();
        }

        // A redirect that says nowhere.
        map.Serve("/away/nowhere", static _ => new RawAnswer(302));
        map.MustNotAsk("/.stranger*", "/latest/meta-data*", "/etc/passwd");
    }

    private static void Refresh(HardSiteMap map)
    {
        map.Trap = "meta refresh";
        map.Start("/refresh.html", $"<!doctype html><html><head><meta http-equiv=\"Refresh\" content=\"5; URL='«http://{map.Own}/refreshed.html»'\"><meta http-equiv=refresh content=\"9;url=refreshed-2.html\"></head><body>Wait</body></html>");
        map.Page("/refreshed.html", "<p>Refreshed</p>");
        map.Page("/refreshed-2.html", "<p>Refreshed by a relative address</p>");
    }
}
