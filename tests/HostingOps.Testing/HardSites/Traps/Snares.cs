using System.Globalization;
using HostingOps.Testing.Http;

namespace HostingOps.Testing.HardSites.Traps;

/// <summary>What harms or never ends: logout and delete links, forms, cookies, calendars, session ids, facets, growing paths.</summary>
internal static class Snares
{
    public static void Lay(HardSiteMap map)
    {
        Harm(map);
        Cookies(map);
        Calendar(map);
        Sessions(map);
        Facets(map);
        Growth(map);
    }

    private static void Harm(HardSiteMap map)
    {
        map.Trap = "logout and delete links";
        string[] harmful =
        [
            "/logout", "/accounts/logout/?next=/", "/sign-out", "/signout", "/log_off.php", "/post/1/delete", "/admin/item/3/delete/", "/index.php?action=delete&id=3", "/wp-login.php?action=logout&_wpnonce=ab12",
            "/cart?remove_item=7", "/?add-to-cart=9", "/api/items/5/destroy", "/newsletter/unsubscribe?u=1", "/index.php?do=logout",
        ];
        map.Start("/harm.html", string.Concat(harmful.Select(static url => $"<a href=\"{url.Replace("&", "&amp;", StringComparison.Ordinal)}\">x</a> ")) + "<a href=\"/docs/how-to-delete-a-file.html\">harmless</a> <a href=\"/blog/the-logout-button\">harmless</a> <a href=\"/catalogout\">harmless</a>");
        foreach (var url in harmful)
        {
            map.Serve(url, static _ => RawAnswer.Text(200, "text/html", "<p>Done. You should not have."));
        }

        map.MustNotAsk(harmful);
        map.Page("/docs/how-to-delete-a-file.html", "<p>Words about deleting delete nothing</p>");
        map.Page("/blog/the-logout-button", "<p>Words about logging out</p>");
        map.Page("/catalogout", "<p>A name by chance</p>");
        map.Trap = "forms";
        map.Start("/forms.html", "<form action=\"/form/get\"><input name=q></form><form method=post action=\"/form/post\"><input type=hidden name=csrf value=1><button formaction=\"/form/button\">Go</button><input type=image src=\"/img/submit.png\" formaction=\"/form/image\"></form><form action=\"«http://" + map.Own + "/form/absolute|/form/absolute|http://" + map.Own + "/form/absolute»\"></form>");
        map.Picture("/img/submit.png");
        map.MustNotAsk("/form/*");
    }

    private static void Cookies(HardSiteMap map)
    {
        map.Trap = "cookies";
        var body = map.Document("/cookies.html", "<p>A cookie for you</p><a href=\"/cookies/next.html\">next</a>");
        map.LinkFromFront("/cookies.html");
        map.Serve("/cookies.html", _ => RawAnswer.Text(200, "text/html; charset=utf-8", body).With("Set-Cookie", "session=s3cr3t-cookie; Path=/; HttpOnly").With("Set-Cookie", "theme=dark"));
        map.Expect("/cookies.html", "text/html; charset=utf-8", [System.Text.Encoding.UTF8.GetBytes(body)]);
        map.Page("/cookies/next.html", "<p>Next</p>");
    }

    private static void Calendar(HardSiteMap map)
    {
        map.Trap = "calendars";
        map.LinkFromFront("/calendar/2026/11/");
        map.LinkFromFront("/events?month=2026-11");
        map.Space("/calendar/", static request =>
        {
            var parts = request.Path.Split('/', StringSplitOptions.RemoveEmptyEntries);
            return parts.Length == 3 && int.TryParse(parts[1], CultureInfo.InvariantCulture, out var year) && int.TryParse(parts[2], CultureInfo.InvariantCulture, out var month) && month is >= 1 and <= 12 && year is > 1 and < 9999
                ? Month(new DateTime(year, month, 1), static date => date.ToString("'/calendar/'yyyy'/'MM'/'", CultureInfo.InvariantCulture))
                : null;
        });
        map.Space("/events?month=", static request =>
            DateTime.TryParseExact(request.Target["/events?month=".Length..], "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
                ? Month(date, static other => "/events?month=" + other.ToString("yyyy-MM", CultureInfo.InvariantCulture))
                : null);
        map.Expect(new HardAnswer("/calendar/2026/11/", map.Trap) { MediaType = "text/html" });
        map.Expect(new HardAnswer("/events?month=2026-11", map.Trap) { MediaType = "text/html" });
        map.AtMost("/calendar/*", 200);
        map.AtMost("/events*", 200);
    }

    private static RawAnswer Month(DateTime date, Func<DateTime, string> url) => RawAnswer.Text(
        200, "text/html; charset=utf-8", $"<!doctype html><html><body><h1>{date.ToString("MMMM yyyy", CultureInfo.InvariantCulture)}</h1><a href=\"{url(date.AddMonths(-1))}\">before</a> <a href=\"{url(date.AddMonths(1))}\">after</a></body></html>");

    private static void Sessions(HardSiteMap map)
    {
        map.Trap = "session ids";
        var number = 0;
        map.LinkFromFront("/session/1");
        map.Space("/session/", _ =>
        {
            string New() => Interlocked.Increment(ref number).ToString("x32", CultureInfo.InvariantCulture);
            return RawAnswer.Text(200, "text/html; charset=utf-8", $"<!doctype html><html><body><a href=\"/session/1?PHPSESSID={New()}\">1</a> <a href=\"/session/2;jsessionid={New()}\">2</a> <a href=\"/session/3?sid={New()}&amp;x=1\">3</a></body></html>");
        });
        map.Expect(new HardAnswer("/session/1", map.Trap) { MediaType = "text/html" });
        map.AtMost("/session/*", 200);
    }

    private static void Facets(HardSiteMap map)
    {
        map.Trap = "facets";
        string[] facets = ["color", "size", "brand", "price", "sort", "view"];
        map.LinkFromFront("/shop");
        map.Space("/shop", request =>
        {
            if (request.Path != "/shop")
            {
                return null;
            }

            var chosen = request.Target.Split('?', 2).Skip(1).SelectMany(static query => query.Split('&', StringSplitOptions.RemoveEmptyEntries)).ToHashSet();
            var links = facets.SelectMany(static facet => Enumerable.Range(1, 4).Select(value => string.Create(CultureInfo.InvariantCulture, $"{facet}={value}")))
                .Select(one => $"<a href=\"/shop?{string.Join("&amp;", chosen.Where(other => other.Split('=')[0] != one.Split('=')[0]).Append(one).Order(StringComparer.Ordinal))}\">{one}</a>");
            return RawAnswer.Text(200, "text/html; charset=utf-8", $"<!doctype html><html><body>{string.Join(' ', links)} <a href=\"/shop/p/1\">1</a> <a href=\"/shop/p/2\">2</a></body></html>");
        });
        map.Expect(new HardAnswer("/shop", map.Trap) { MediaType = "text/html" });
        map.Page("/shop/p/1", "<p>Product</p>");
        map.Page("/shop/p/2", "<p>Another</p>");
        map.AtMost("/shop?*", 600);
    }

    private static void Growth(HardSiteMap map)
    {
        map.Trap = "growing paths";
        map.LinkFromFront("/grow/");
        // The mistake behind it: a link without its leading slash, and a server that answers below any folder.
        map.Space("/grow/", static request => request.Path.EndsWith('/')
            ? RawAnswer.Text(200, "text/html; charset=utf-8", "<!doctype html><html><body><a href=\"more/\">on</a> <a href=\"again/\">on</a></body></html>")
            : null);
        map.Expect(new HardAnswer("/grow/", map.Trap) { MediaType = "text/html" });
        map.AtMost("/grow/*", 200);
        map.Trap = "deep chain";
        map.LinkFromFront("/chain/1");
        for (var step = 1; step <= 24; step++)
        {
            map.Page(
                string.Create(CultureInfo.InvariantCulture, $"/chain/{step}"),
                step < 24 ? string.Create(CultureInfo.InvariantCulture, $"<a href=\"{step + 1}\">on</a>") : "<p>The end</p>");
        }
    }
}
