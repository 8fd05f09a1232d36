using System.Security.Cryptography;
using System.Text;
using HostingOps.Engine.Mirror.Generations;
using HostingOps.Engine.Mirror.Serving;

namespace HostingOps.Engine.Tests.Mirror.Serving;

/// <summary>A generation written by hand: what a crawl would have saved.</summary>
internal sealed class HandMadeMirror(string mirrors, string site = "acme", string id = "20261122T083000Z")
{
    private readonly List<MirrorEntry> entries = [];

    public MirrorSettings Settings { get; set; } = new();

    public IReadOnlyList<MirrorEntry> Entries => entries;

    public string SiteFolder => Path.Combine(mirrors, site);

    public string Folder => Path.Combine(SiteFolder, "generations", id);

    public MirrorGeneration Generation => new()
    {
        SiteName = site,
        Id = id,
        StartedAt = DateTimeOffset.Parse("2026-11-22T08:30:00Z", System.Globalization.CultureInfo.InvariantCulture),
        FinishedAt = DateTimeOffset.Parse("2026-11-22T08:31:00Z", System.Globalization.CultureInfo.InvariantCulture),
        HostName = $"www.{site}.example",
        Pages = entries.Count(static entry => entry.Kind == MirrorEntryKind.Page),
        IsWhole = true,
        ManifestHash = new string('a', 64),
    };

    public HandMadeMirror Page(string url, string file, string? body = null, string type = "text/html; charset=utf-8") => Add(url, file, MirrorEntryKind.Page, type, body ?? $"<html><body>{url}</body></html>");

    public HandMadeMirror Asset(string url, string file, string? type, string? body = null) => Add(url, file, MirrorEntryKind.Asset, type, body ?? url);

    public HandMadeMirror NotFound(string file, string body, string type = "text/html; charset=utf-8") => Add("/no-such-page", file, MirrorEntryKind.NotFoundPage, type, body);

    public HandMadeMirror Redirect(string url, string location, int status = 301)
    {
        entries.Add(new MirrorEntry { Url = url, Kind = MirrorEntryKind.Redirect, Status = status, Location = location });
        return this;
    }

    public HandMadeMirror Without(string url, MirrorEntryKind kind)
    {
        entries.Add(new MirrorEntry { Url = url, Kind = kind, Reason = "a test" });
        return this;
    }

    /// <summary>Writes what servers include, and makes it current.</summary>
    public async Task<IReadOnlyList<string>> CompleteAsync()
    {
        var leftOut = await MirrorServing.WriteAsync(Folder, Generation, entries, Settings, CancellationToken.None);
        await File.WriteAllTextAsync(Path.Combine(Folder, "generation.json"), "{}");
        await File.WriteAllTextAsync(Path.Combine(Folder, "manifest.jsonl"), string.Concat(entries.Select(static entry => Encoding.UTF8.GetString(MirrorEntryJson.Write(entry)))));
        var current = Path.Combine(SiteFolder, "current");
        File.Delete(current);
        File.CreateSymbolicLink(current, Path.Combine("generations", id));
        return leftOut;
    }

    private HandMadeMirror Add(string url, string file, MirrorEntryKind kind, string? type, string body)
    {
        var path = Path.Combine(Folder, "content", file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var bytes = Encoding.UTF8.GetBytes(body);
        File.WriteAllBytes(path, bytes);
        entries.Add(new MirrorEntry
        {
            Url = url,
            Kind = kind,
            Status = kind == MirrorEntryKind.NotFoundPage ? 404 : 200,
            File = file,
            ContentType = type,
            FileHash = Convert.ToHexString(SHA256.HashData(bytes)).ToLowerInvariant(),
            Length = bytes.Length,
        });
        return this;
    }

    /// <summary>Adds every kind of URL that a mirror has.</summary>
    public HandMadeMirror Hard() =>
        Page("/", "index.html")
        .Page("/about", "about.html")
        .Page("/blog/", "blog/index.html")
        .Page("/blog", ".mirror/files/blog.html")
        .Page("/manual/index.html/", "manual/index.html/index.html")
        .Page("/blog/post.html", "blog/post.html")
        .Page("/caf%C3%A9/", "café/index.html")
        .Page("/caf%E9", ".mirror/files/latin.html", type: "text/html; charset=iso-8859-1")
        .Page("/list", "list.html")
        .Page("/list?page=1", ".mirror/files/same.html", "<html><body>/list</body></html>")
        .Page("/list?page=2", ".mirror/files/q1.html")
        .Page("/list?page=2&cat=b", ".mirror/files/q2.html")
        .Page("/list?cat=B", ".mirror/files/q3.html")
        .Page("/list?cat=b", ".mirror/files/q4.html")
        .Page("/?p=12", ".mirror/files/p12.html")
        .Page("/find?q%5B%5D=a+b&x=%24HOME&y='\"", ".mirror/files/find.html")
        .Page("/Case", "Case.html")
        .Page("/case", ".mirror/files/case.html")
        .Page("/Odd", ".mirror/files/odd1.html")
        .Page("/oDD", ".mirror/files/odd2.html")
        .Page("/a%2Fb", ".mirror/files/slash.html")
        .Page("/con", ".mirror/files/con.html")
        .Page("/$price/{x}", ".mirror/files/dollar.html")
        .Page("/a%20b/c%22d;e", "a b/c\"d;e.html")
        .Page("/money%24", "money$.html", type: "text/html; charset=windows-1252")
        .Page("/koi8", "koi8.html", type: "text/html;charset=KOI8-R")
        .Page("/quote", "quote.html", type: "text/html; x=\"a;b\\c$d\"")
        .Page("/v1.2", ".mirror/files/v12.html")
        .Page("/data", "data", type: "text/html; charset=utf-8")
        .Asset("/site.css?v=3", ".mirror/files/site.css", "text/css; charset=utf-8")
        .Asset("/plain.css", "plain.css", "text/css")
        .Asset("/app.js", "app.js", "application/javascript")
        .Asset("/feed/", "feed/index.xml", "application/rss+xml; charset=UTF-8")
        .Asset("/img/a.png", "img/a.png", "image/png")
        .Asset("/img/b.png", "img/b.png", "image/webp")
        .Asset("/img/none.png", "img/none.png", null)
        .Asset("/.mirror/cdn.example.net/lib.js", ".mirror/cdn.example.net/lib.js", "application/javascript")
        .Asset("/.well-known/security.txt", ".well-known/security.txt", "text/plain; charset=utf-8")
        .Asset("/noextension", "noextension", "application/pdf")
        .Redirect("/old", "/about")
        .Redirect("/old2", "/caf%C3%A9/?x=$y&z='\"", 302)
        .Redirect("/list?old=1", "/list?page=2", 307)
        .Redirect("/away", "https://other.example/a?b#c", 308)
        .Without("/broken", MirrorEntryKind.Failed)
        .Without("/calendar/2031", MirrorEntryKind.Skipped)
        .Without("/list?page=500", MirrorEntryKind.Skipped)
        .Without("/gone", MirrorEntryKind.Missing)
        .NotFound(".mirror/files/404.html", "<p>nothing here</p>", "text/html; charset=iso-8859-1");
}
