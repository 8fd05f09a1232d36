using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using HostingOps.Testing.Http;

namespace HostingOps.Bench.Mirror;

/// <summary>
/// A site of many pages, the same for the same seed: sections, lists over several pages by query, articles without extension, and assets
/// shared and own. Every answer carries a mark of its own, so that a copy can be judged without knowing how its files are named.
/// </summary>
internal sealed class BenchSite
{
    private const int ListPages = 5;
    private readonly Dictionary<string, Func<string, RawAnswer>> answers = new(StringComparer.Ordinal);
    private readonly List<string> pages = [];
    private readonly List<string> assets = [];
    private readonly int seed;
    private readonly HashSet<string> pageSet = new(StringComparer.Ordinal);
    private readonly int pictures;
    private readonly int articles;
    private readonly int sections;

    public BenchSite(int pages, int pictures, int seed)
    {
        this.pictures = pictures;
        this.seed = seed;
        sections = Math.Max(1, pages / 50);
        articles = pages - 1 - (sections * ListPages);
        Front();
        for (var section = 0; section < sections; section++)
        {
            Section(section);
        }

        for (var article = 0; article < articles; article++)
        {
            Article(article);
        }

        Shared();
    }

    /// <summary>What a complete copy has: pages.</summary>
    public IReadOnlyList<string> Pages => pages;

    /// <summary>What a complete copy has: all else that a browser asks for.</summary>
    public IReadOnlyList<string> Assets => assets;

    /// <summary>The edition: another one says something else on every page.</summary>
    public int Edition { get; set; } = 1;

    public static string Mark(string url) => "mark-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(url)))[..16];

    public bool IsPage(string target) => pageSet.Contains(target);

    public RawAnswer Answer(RawRequest request)
    {
        var host = request.Header("Host") ?? "bench.example";
        if (!answers.TryGetValue(request.Target, out var make))
        {
            return RawAnswer.Text(404, "text/html; charset=utf-8", "<!doctype html><title>Not found</title><p>Not found.</p>");
        }

        var answer = make(host);
        var tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(answer.Body))[..16]}\"";
        var modified = Modified.ToString("R", CultureInfo.InvariantCulture);
        var isSame = request.Header("If-None-Match") is { } known ? known == tag : request.Header("If-Modified-Since") == modified;
        var validated = (isSame ? new RawAnswer(304) : answer).With("ETag", tag).With("Last-Modified", modified);
        // As sites have it: what has its version in the name may be kept for a year, pages must be asked again.
        return validated.With("Cache-Control", request.Target.Contains("?v=", StringComparison.Ordinal) ? "public, max-age=31536000, immutable" : IsPage(request.Target) ? "no-cache" : "public, max-age=3600");
    }

    private DateTime Modified => new DateTime(2026, 10, 1, 8, 0, 0, DateTimeKind.Utc).AddDays(Edition);

    private void Front() => Page("/", host => string.Concat(Enumerable.Range(0, sections).Select(static section => string.Create(CultureInfo.InvariantCulture, $"<li><a href=\"/section/{section}/\">Section {section}</a></li>\n"))) + $"<a href=\"http://{host}/\">home</a>");

    private void Section(int section)
    {
        var own = Enumerable.Range(0, articles).Where(article => article % sections == section).ToArray();
        var each = (own.Length + ListPages - 1) / ListPages;
        for (var list = 1; list <= ListPages; list++)
        {
            var number = list;
            Page(List(section, list), _ => string.Concat(own.Skip((number - 1) * each).Take(each).Select(static article => $"<li><a href=\"{Address(article)}\">{Address(article)}</a></li>\n"))
                + string.Concat(Enumerable.Range(1, ListPages).Select(other => $"<a href=\"{List(section, other)}\">{other}</a> ")));
        }
    }

    private void Article(int article)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"/media/a{article}");
        var random = new Random(HashCode(article));
        var others = Enumerable.Range(0, 5).Select(_ => random.Next(articles)).ToArray();
        var more = Enumerable.Range(0, pictures).Select(number => string.Create(CultureInfo.InvariantCulture, $"{name}-{number}.png")).ToArray();
        var paragraphs = string.Concat(Enumerable.Range(0, 12).Select(_ => $"<p>{Words(random, 80)}</p>\n"));
        Page(Address(article), host => string.Create(CultureInfo.InvariantCulture, $"<img src=\"{name}.png\" srcset=\"{name}-2x.png 2x\" alt=\"\"><div style=\"background-image: url('{name}-back.png')\">{paragraphs}</div>")
            + string.Concat(more.Select(static picture => $"<img src=\"{picture}\" alt=\"\">"))
            + string.Concat(others.Select(other => $"<a href=\"http://{host}{Address(other)}\">related</a> ")));
        foreach (var picture in (string[])[$"{name}.png", $"{name}-2x.png", $"{name}-back.png", .. more])
        {
            Asset(picture, "image/png", random.Next(2000, 12_000));
        }
    }

    private void Shared()
    {
        Text("/static/site.css?v=7", "text/css", "@import \"base.css?v=7\";\nbody { background: url(/static/paper.png?v=7) }\n");
        Text("/static/base.css?v=7", "text/css", "@font-face { font-family: Bench; src: url(bench.woff2?v=7) }\nbody { font-family: Bench, serif }\n");
        Text("/static/app.js?v=7", "text/javascript", "document.documentElement.className = 'js';\n");
        Text("/static/site.webmanifest", "application/manifest+json", "{ \"icons\": [{ \"src\": \"icon-512.png\" }] }\n");
        Asset("/static/paper.png?v=7", "image/png", 9000);
        Asset("/static/bench.woff2?v=7", "font/woff2", 30_000);
        Asset("/static/icon-512.png", "image/png", 8000);
        Asset("/favicon.ico", "image/x-icon", 1200);
        for (var number = 0; number < 20; number++)
        {
            Asset(string.Create(CultureInfo.InvariantCulture, $"/static/shared-{number}.png"), "image/png", 4000);
        }

        answers["/robots.txt"] = static host => RawAnswer.Text(200, "text/plain", $"User-agent: *\nDisallow: /private/\nSitemap: http://{host}/sitemap.xml\n");
        answers["/sitemap.xml"] = host => RawAnswer.Text(200, "application/xml", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"
            + string.Concat(pages.Select(page => $"<url><loc>http://{host}{page}</loc><lastmod>{Modified:yyyy-MM-dd}</lastmod></url>\n")) + "</urlset>\n");
    }

    private void Page(string url, Func<string, string> body)
    {
        pages.Add(url);
        pageSet.Add(url);
        var number = pages.Count;
        answers[url] = host => RawAnswer.Text(
            200,
            "text/html; charset=utf-8",
            $"<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>{url}</title>\n<link rel=\"stylesheet\" href=\"/static/site.css?v=7\">\n<link rel=\"manifest\" href=\"/static/site.webmanifest\">\n<script src=\"/static/app.js?v=7\" defer></script>\n</head>\n<body>\n<!-- {Mark(url)} edition-{Edition}. -->\n"
            + string.Create(CultureInfo.InvariantCulture, $"<img src=\"/static/shared-{number % 20}.png\" alt=\"\"><img src=\"/static/shared-{number / 20 % 20}.png\" alt=\"\">\n{body(host)}\n</body>\n</html>\n"));
    }

    private void Text(string url, string type, string text)
    {
        assets.Add(url);
        // A comment would be wrong in JSON; blanks before its end are not.
        var marked = type == "application/manifest+json" ? text.Replace("{ ", $"{{ \"id\": \"{Mark(url)}\", ", StringComparison.Ordinal) : text + $"/* {Mark(url)} */\n";
        answers[url] = _ => RawAnswer.Text(200, type, marked);
    }

    private void Asset(string url, string type, int length)
    {
        assets.Add(url);
        answers[url] = _ =>
        {
            var body = new byte[length];
            new Random(HashCode(length)).NextBytes(body);
            Encoding.ASCII.GetBytes($"\u0001PNG {Mark(url)} ").CopyTo(body, 0);
            return RawAnswer.Of(200, type, body);
        };
    }

    private static string List(int section, int list) => list == 1
        ? string.Create(CultureInfo.InvariantCulture, $"/section/{section}/")
        : string.Create(CultureInfo.InvariantCulture, $"/section/{section}/?page={list}");

    private static string Address(int article) => string.Create(CultureInfo.InvariantCulture, $"/article/{article}");

    private static string Words(Random random, int count) => string.Join(' ', Enumerable.Range(0, count).Select(_ => new string([.. Enumerable.Range(0, random.Next(2, 9)).Select(_ => (char)random.Next('a', 'z' + 1))])));

    private int HashCode(int number) => unchecked((seed * 397) ^ (number * 7919));
}
