using System.IO.Compression;
using System.Text;

namespace HostingOps.Testing.HardSites.Traps;

/// <summary>robots.txt, sitemaps, feeds, manifests, icons, Open Graph, canonical and alternate links.</summary>
internal static class Lists
{
    public static void Lay(HardSiteMap map)
    {
        Robots(map);
        Sitemaps(map);
        Feeds(map);
        Icons(map);
        Relations(map);
    }

    private static void Robots(HardSiteMap map)
    {
        map.Trap = "robots";
        map.Add(
            "/robots.txt",
            "text/plain",
            $"# of the hard site\nUser-agent: Evil\nDisallow: /\n\nUser-agent: *\nDisallow: /robots/private/\nAllow: /robots/private/public\nDisallow: /*.cgi$\nDisallow: /robots/caf%C3%A9\nDisallow:\nSitemap: «http://{map.Own}/sitemap-index.xml|http://{map.Own}/sitemap-index.xml|/sitemap-index.xml»\n");
        map.Start("/robots.html", "<a href=\"/robots/private/page\">private</a> <a href=\"/robots/private/public\">public</a> <a href=\"/robots/run.cgi\">cgi</a> <a href=\"/robots/run.cgi?x\">cgi with query</a> <a href=\"/robots/café\">escaped</a> <img src=\"/robots/private/pic.png\" alt=\"\"> <a href=\"/robots/meta\">meta</a> <a href=\"/robots/header\">header</a>");
        map.Page("/robots/private/public", "<p>The longer rule wins</p>");
        map.Page("/robots/run.cgi?x", "<p>The dollar sign binds to the end</p>");
        map.Page("/robots/meta", "<!doctype html><html><head><meta name=\"ROBOTS\" content=\"NOFOLLOW\"></head><body><a href=\"/robots/nofollowed\">no</a><img src=\"/img/on-nofollow.png\" alt=\"\"></body></html>");
        map.Picture("/img/on-nofollow.png");
        var header = "<!doctype html><html><body><a href=\"/robots/nofollowed-header\">no</a></body></html>";
        map.Serve("/robots/header", _ => Http.RawAnswer.Text(200, "text/html; charset=utf-8", header).With("X-Robots-Tag", "nofollow"));
        map.Expect("/robots/header", "text/html; charset=utf-8", [Encoding.UTF8.GetBytes(header)]);
        map.MustNotAsk("/robots/private/page", "/robots/private/pic.png", "/robots/run.cgi", "/robots/caf%C3%A9", "/robots/nofollowed", "/robots/nofollowed-header");
    }

    private static void Sitemaps(HardSiteMap map)
    {
        map.Trap = "sitemaps";
        const string space = "xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"";
        string Loc(string path) => $"<loc>«http://{map.Own}{path}|http://{map.Own}{path}|{path}»</loc>";
        map.Add("/sitemap-index.xml", "application/xml", $"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<sitemapindex {space}><sitemap>{Loc("/sitemap-1.xml.gz")}</sitemap><sitemap>{Loc("/sitemap-2.xml")}</sitemap><sitemap>{Loc("/sitemap-index.xml")}</sitemap></sitemapindex>\n");
        var first = $"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset {space}><url>{Loc("/only-in-sitemap")}</url><url>{Loc("/only-in-sitemap?a=1&amp;b=2")}</url><url><loc>https://elsewhere.example/not-ours</loc></url></urlset>\n";
        using (var packed = new MemoryStream())
        {
            using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            {
                gzip.Write(Encoding.UTF8.GetBytes(HardSiteMap.Said(first)));
            }

            map.Add("/sitemap-1.xml.gz", "application/x-gzip", packed.ToArray(), []);
        }

        map.Page("/only-in-sitemap", "<p>No page links here</p><img src=\"/img/only-in-sitemap.png\" alt=\"\">");
        map.Page("/only-in-sitemap?a=1&b=2", "<p>Nor here</p>");
        map.Picture("/img/only-in-sitemap.png", "/img/in-sitemap.png");
        map.Add("/sitemap-2.xml", "text/xml; charset=utf-8", $"<?xml version=\"1.0\"?>\n<urlset {space} xmlns:image=\"http://www.google.com/schemas/sitemap-image/1.1\" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\"><url>{Loc("/sitemapped/%C3%BCber")}<image:image><image:loc>«http://{map.Own}/img/in-sitemap.png|http://{map.Own}/img/in-sitemap.png|/img/in-sitemap.png»</image:loc></image:image><xhtml:link rel=\"alternate\" hreflang=\"fr\" href=\"«http://{map.Own}/fr/sitemap|http://{map.Own}/fr/sitemap|/fr/sitemap»\"/></url></urlset>\n");
        map.Page("/sitemapped/%C3%BCber", "<p>Over</p>");
        map.Page("/fr/sitemap", "<p>Une page du plan</p>");
    }

    private static void Feeds(HardSiteMap map)
    {
        map.Trap = "feeds";
        map.Start("/blog.html", "<!doctype html><html><head><link rel=\"alternate\" type=\"application/rss+xml\" href=\"/feed/\"><link rel=\"alternate\" type=\"application/atom+xml\" href=\"/atom.xml\"></head><body>Blog</body></html>");
        string Either(string path) => $"«http://{map.Own}{path}|http://{map.Own}{path}|{path}»";
        map.Add("/feed/", "application/rss+xml; charset=UTF-8", $"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\"><channel><link>{Either("/")}</link><item><link>{Either("/post/from-rss?utm=1&amp;x=2")}</link><guid isPermaLink=\"false\">never-guid</guid><enclosure url=\"{Either("/img/enclosure.png")}\" type=\"image/png\" length=\"1\"/></item></channel></rss>\n");
        map.Page("/post/from-rss?utm=1&x=2", "<p>Only the feed leads here</p>");
        map.Picture("/img/enclosure.png");
        map.Add("/atom.xml", "application/atom+xml", $"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\"><link rel=\"self\" href=\"{Either("/atom.xml")}\"/><link rel=\"next\" href=\"{Either("/atom.xml?page=2")}\"/><entry><link href=\"{Either("/post/from-atom")}\"/></entry></feed>\n");
        map.Add("/atom.xml?page=2", "application/atom+xml", $"<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry><link href=\"{Either("/post/from-atom-2")}\"/></entry></feed>\n");
        map.Page("/post/from-atom", "<p>Atom</p>");
        map.Page("/post/from-atom-2", "<p>Atom, second page</p>");
    }

    private static void Icons(HardSiteMap map)
    {
        map.Trap = "icons, manifest, Open Graph";
        map.Start(
            "/icons.html",
            $"<!doctype html><html><head><link rel=\"icon\" href=\"/icons/icon.svg\"><link rel=\"shortcut icon\" href=\"/icons/short.ico\"><link rel=\"apple-touch-icon\" sizes=\"180x180\" href=\"/icons/apple.png\"><link rel=\"mask-icon\" href=\"/icons/mask.svg\"><link rel=\"manifest\" href=\"/icons/site.webmanifest\"><meta name=\"msapplication-TileImage\" content=\"/icons/tile.png\"><meta property=\"og:image\" content=\"«http://{map.Own}/img/og.png|http://{map.Own}/img/og.png|/img/og.png»\"><meta name=\"twitter:image\" content=\"/img/twitter.png\"></head><body>Icons</body></html>");
        map.Add("/favicon.ico", "image/x-icon", [0, 0, 1, 0, 1, 0]);
        map.Add("/icons/short.ico", "image/vnd.microsoft.icon", [0, 0, 1, 0, 2, 0]);
        map.Add("/icons/icon.svg", "image/svg+xml", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
        map.Add("/icons/mask.svg", "image/svg+xml", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\"/>");
        map.Picture("/icons/apple.png", "/icons/tile.png", "/icons/app-192.png", "/icons/app-512.png", "/icons/shot.png", "/icons/shortcut.png", "/img/og.png", "/img/twitter.png");
        map.Add("/icons/site.webmanifest", "application/manifest+json", $"{{\n  \"name\": \"Hard\",\n  \"start_url\": \"/?source=pwa\",\n  \"icons\": [{{ \"src\": \"app-192.png\" }}, {{ \"src\": \"«http:\\/\\/{map.Own}\\/icons\\/app-512.png|\\/icons\\/app-512.png|/icons/app-512.png|http:\\/\\/{map.Own}\\/icons\\/app-512.png»\" }}],\n  \"screenshots\": [{{ \"src\": \"shot.png\" }}],\n  \"shortcuts\": [{{ \"url\": \"/icons/go\", \"icons\": [{{ \"src\": \"/icons/shortcut.png\" }}] }}]\n}}\n");
        map.Page("/?source=pwa", "<p>Started as an app</p>");
        map.Page("/icons/go", "<p>Shortcut</p>");
    }

    private static void Relations(HardSiteMap map)
    {
        map.Trap = "canonical and alternate";
        map.Start(
            "/relations.html",
            $"<!doctype html><html><head><link rel=\"canonical\" href=\"«http://{map.Own}/rel/canonical|http://{map.Own}/rel/canonical|/rel/canonical»\"><link rel=\"alternate\" hreflang=\"de\" href=\"«//{map.Own}/de/rel|//{map.Own}/de/rel|/de/rel»\"><link rel=\"next\" href=\"/rel/next\"><link rel=\"amphtml\" href=\"/rel/amp\"></head><body>Relations</body></html>");
        map.Page("/rel/canonical", "<p>Canonical</p>");
        map.Page("/de/rel", "<p>Auf Deutsch</p>");
        map.Page("/rel/next", "<p>Next</p>");
        map.Page("/rel/amp", "<p>AMP</p>");
    }
}
