using System.Text;
using HostingOps.Engine.WebServers;

namespace HostingOps.Engine.Tests.Mirror.Serving;

/// <summary>What visitors of a mirror get from a real nginx and a real Caddy.</summary>
public sealed class ServedMirrorTests
{
    private const string Html = "text/html; charset=utf-8";

    public static TheoryData<WebServerFormat> Formats => [WebServerFormat.Nginx, WebServerFormat.Caddy];

    [SkippableTheory]
    [MemberData(nameof(Formats))]
    public async Task Every_URL_of_the_manifest_is_answered_as_it_was_saved(WebServerFormat format)
    {
        using var server = new RealMirrorServer();
        var mirror = Hard(server.Mirror());
        Assert.Equal([], await mirror.CompleteAsync());
        await server.StartAsync(format, server.Site("acme"));

        List<string> wrong = [];
        foreach (var entry in mirror.Entries.Where(static entry => entry.Kind is MirrorEntryKind.Page or MirrorEntryKind.Asset))
        {
            var answer = await server.GetAsync(entry.Url);
            var body = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(Path.Combine(mirror.Folder, "content", entry.File!)));
            var type = entry.ContentType ?? "image/png";
            if (answer.Status != 200 || answer.Headers.GetValueOrDefault("Content-Type") != type || answer.Body != body)
            {
                wrong.Add($"{entry.Url}: {answer.Status} {answer.Headers.GetValueOrDefault("Content-Type")} {answer.Body}");
            }
        }

        foreach (var entry in mirror.Entries.Where(static entry => entry.Kind == MirrorEntryKind.Redirect))
        {
            var answer = await server.GetAsync(entry.Url);
            if ((answer.Status, answer.Location) != (entry.Status, entry.Location))
            {
                wrong.Add($"{entry.Url}: {answer.Status} {answer.Location}");
            }
        }

        Assert.Equal([], wrong);
    }

    [SkippableTheory]
    [MemberData(nameof(Formats))]
    public async Task A_query_that_nothing_knows_finds_the_page_and_one_that_chooses_what_was_not_saved_does_not(WebServerFormat format)
    {
        using var server = new RealMirrorServer();
        await Hard(server.Mirror()).CompleteAsync();
        await server.StartAsync(format, server.Site("acme"));

        foreach (var (url, body) in new[]
        {
            ("/?utm_source=news&utm_medium=mail", "/"), ("/about?fbclid=1", "/about"), ("/about?", "/about"), ("/list?gclid=x", "/list"), ("/list?page=2&utm_source=x", "/list?page=2"),
            ("/list?page=2&cat=b&fbclid=%20&gclid", "/list?page=2&cat=b"), ("/site.css?v=999", "/site.css?v=3"), ("/site.css", "/site.css?v=3"), ("/about?constructor", "/about"),
        })
        {
            var answer = await server.GetAsync(url);
            Assert.True(answer.Status == 200 && (answer.Body == body || answer.Body == $"<html><body>{body}</body></html>"), $"{url}: {answer.Status} {answer.Body}");
        }

        foreach (var url in new[] { "/list?page=99", "/list?page=2x", "/list?PAGE=2&page=7", "/list?cat=b&page=2", "/list?page=2&cat=", "/?page=../../../etc/passwd", "/list?utm_source=x&page=9" })
        {
            var answer = await server.GetAsync(url);
            Assert.True(answer.Status == 404 && answer.Body.Contains("nothing here", StringComparison.Ordinal), $"{url}: {answer.Status} {answer.Body}");
        }
    }

    [SkippableFact]
    public async Task Nginx_ignores_whatever_unknown_follows_a_query_that_chooses()
    {
        using var server = new RealMirrorServer();
        await Hard(server.Mirror()).CompleteAsync();
        await server.StartAsync(WebServerFormat.Nginx, server.Site("acme"));

        Assert.Equal("<html><body>/list?page=2</body></html>", (await server.GetAsync("/list?page=2&who=knows&z")).Body);
        Assert.Equal(404, (await server.GetAsync("/list?page=2&who=knows&cat=zzz")).Status);
    }

    [SkippableTheory]
    [MemberData(nameof(Formats))]
    public async Task Whatever_would_change_something_gets_a_friendly_503(WebServerFormat format)
    {
        using var server = new RealMirrorServer();
        await Hard(server.Mirror()).CompleteAsync();
        await server.StartAsync(format, server.Site("acme"));

        foreach (var method in new[] { "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "BREW" })
        {
            foreach (var url in new[] { "/about", "/no/such", "/old", "/.mirror/health" })
            {
                var answer = await server.GetAsync(url, method: method, headers: "Content-Length: 3\r\n\r\nx=1".Replace("\r\n\r\nx=1", "\r\n", StringComparison.Ordinal));
                Assert.Equal((503, "600", Html), (answer.Status, answer.Headers.GetValueOrDefault("Retry-After"), answer.Headers.GetValueOrDefault("Content-Type")));
                Assert.Contains("read-only for now", answer.Body, StringComparison.Ordinal);
            }
        }

        var large = await server.SendAsync($"POST /contact HTTP/1.1\r\nHost: www.acme.example\r\nContent-Length: 3000000\r\nConnection: close\r\n\r\n{new string('x', 3_000_000)}");
        Assert.True(large.Status is 503 or 0, large.Status.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [SkippableTheory]
    [MemberData(nameof(Formats))]
    public async Task What_does_not_exist_gets_the_origins_own_page(WebServerFormat format)
    {
        using var server = new RealMirrorServer();
        await Hard(server.Mirror()).CompleteAsync();
        await server.Mirror("zoo").Page("/", "index.html").CompleteAsync();
        await server.StartAsync(format, server.Site("acme"), server.Site("zoo"));

        foreach (var url in new[] { "/no/such", "/no/such/", "/no/such?utm_source=x", "/about/", "/nosuch.css" })
        {
            var answer = await server.GetAsync(url);
            Assert.Equal((404, "text/html; charset=iso-8859-1", "<p>nothing here</p>"), (answer.Status, answer.Headers.GetValueOrDefault("Content-Type"), answer.Body));
            Assert.Equal("2026-11-22T08:30:00Z", answer.Headers.GetValueOrDefault("X-Mirror-Age"));
        }

        var ours = await server.GetAsync("/no", "www.zoo.example");
        Assert.Equal((404, Html), (ours.Status, ours.Headers.GetValueOrDefault("Content-Type")));
        Assert.Contains("no such page", ours.Body, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [MemberData(nameof(Formats))]
    public async Task What_the_origin_has_and_the_copy_has_not_is_not_said_to_be_gone(WebServerFormat format)
    {
        using var server = new RealMirrorServer();
        await Hard(server.Mirror()).CompleteAsync();
        await server.StartAsync(format, server.Site("acme"));

        foreach (var url in new[] { "/broken", "/broken?utm_source=x", "/calendar/2031", "/list?page=500" })
        {
            var answer = await server.GetAsync(url);
            Assert.Equal((503, "600"), (answer.Status, answer.Headers.GetValueOrDefault("Retry-After")));
            Assert.Contains("not available for now", answer.Body, StringComparison.Ordinal);
        }

        Assert.Equal(404, (await server.GetAsync("/gone")).Status);
    }

    [SkippableTheory]
    [MemberData(nameof(Formats))]
    public async Task The_health_path_tells_which_generation_is_served(WebServerFormat format)
    {
        using var server = new RealMirrorServer();
        await Hard(server.Mirror()).CompleteAsync();
        await server.StartAsync(format, server.Site("acme"));

        var answer = await server.GetAsync("/.mirror/health?now");

        Assert.Equal((200, "application/json", "no-store"), (answer.Status, answer.Headers.GetValueOrDefault("Content-Type"), answer.Headers.GetValueOrDefault("Cache-Control")));
        using var json = System.Text.Json.JsonDocument.Parse(answer.Body);
        var root = json.RootElement;
        Assert.Equal(
            ("acme", "20261122T083000Z", "2026-11-22T08:30:00Z", "2026-11-22T08:31:00Z", true, new string('a', 64)),
            (root.GetProperty("site").GetString(), root.GetProperty("generation").GetString(), root.GetProperty("startedAt").GetString(), root.GetProperty("finishedAt").GetString(), root.GetProperty("isWhole").GetBoolean(), root.GetProperty("manifestHash").GetString()));
        Assert.True(root.GetProperty("pages").GetInt32() > 5);
    }

    [SkippableTheory]
    [MemberData(nameof(Formats))]
    public async Task Nothing_but_the_saved_answers_is_served(WebServerFormat format)
    {
        using var server = new RealMirrorServer();
        var mirror = Hard(server.Mirror());
        await mirror.CompleteAsync();
        await File.WriteAllTextAsync(Path.Combine(server.Mirrors, "secret.txt"), "not for everybody");
        if (format == WebServerFormat.Nginx)
        {
            File.CreateSymbolicLink(Path.Combine(mirror.Folder, "content", "link.txt"), Path.Combine(server.Mirrors, "secret.txt"));
        }

        await server.StartAsync(format, server.Site("acme"));

        foreach (var url in new[]
        {
            "/serve/nginx.conf", "/../serve/nginx.conf", "/%2e%2e/serve/nginx.map", "/..%2fserve%2fcaddy.conf", "/a/%2e%2e/%2e%2e/manifest.jsonl", "/../generation.json", "/../../../secret.txt", "/%2e%2e%2f%2e%2e%2f%2e%2e%2fsecret.txt",
            "/..%5c..%5csecret.txt", "/%00", "/about%00.html", "/link.txt", "/.mirror/files/q1.html", "/.mirror/files/", "/.mirror/", "/.hostingops/t0/index.html", "/.hostingops/r301", "/.hostingops/s", "/.hostingops/missing", "/a/..%2f..%2f..%2f..%2fsecret.txt",
            "/?page=../../../secret.txt", "/img", "/.mirror/cdn.example.net/", "/index.html/", "/about.html/",
        })
        {
            var answer = await server.GetAsync(url);
            Assert.True(answer.Status is 0 or 302 or 308 or 400 or 404, $"{url}: {answer.Status} {answer.Body}");
            Assert.True(answer.Location?.StartsWith("//", StringComparison.Ordinal) != true, $"{url}: {answer.Location}");
            foreach (var secret in new[] { "not for everybody", "fileHash", "hostingops_mirror" })
            {
                Assert.DoesNotContain(secret, answer.Body, StringComparison.Ordinal);
            }
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Formats))]
    public async Task A_name_that_is_nobodys_gets_nobodys_pages(WebServerFormat format)
    {
        using var server = new RealMirrorServer();
        await server.Mirror().Page("/", "index.html", "acme's own").CompleteAsync();
        await server.StartAsync(format, server.Site("acme"), server.Site("none"));

        foreach (var host in new[] { "unknown.example", "127.0.0.1", "www.acme.example.evil.example", "_" })
        {
            var answer = await server.GetAsync("/", host);
            Assert.Equal("", answer.Body);
            Assert.Equal(format == WebServerFormat.Nginx ? 0 : 200, answer.Status);
        }

        Assert.Equal("", (await server.SendAsync("GET / HTTP/1.0\r\n\r\n")).Body);
        Assert.Equal("acme's own", (await server.GetAsync("/", "WWW.Acme.Example:8080")).Body);
        var none = await server.GetAsync("/", "www.none.example");
        Assert.Equal((503, "600"), (none.Status, none.Headers.GetValueOrDefault("Retry-After")));
        Assert.Equal(503, (await server.GetAsync("/.mirror/health", "www.none.example")).Status);
    }

    [SkippableTheory]
    [MemberData(nameof(Formats))]
    public async Task Other_names_of_a_site_lead_to_its_own_and_https_has_each_names_certificate(WebServerFormat format)
    {
        using var server = new RealMirrorServer();
        await server.Mirror().Page("/", "index.html", "acme's own").CompleteAsync();
        var certificates = server.Certificates("www.acme.example", "acme.example", "law.example", "www.law.example");
        await server.StartAsync(format, server.Site("acme", certificates, "law.example"));

        foreach (var host in new[] { "acme.example", "law.example", "www.law.example" })
        {
            var (plain, secure) = (await server.GetAsync("/a%2Fb?c=d", host), await server.GetAsync("/a%2Fb?c=d", host, tls: true));
            Assert.Equal((302, "http://www.acme.example/a%2Fb?c=d"), (plain.Status, plain.Location));
            Assert.Equal((302, "https://www.acme.example/a%2Fb?c=d"), (secure.Status, secure.Location));
        }

        Assert.Equal("acme's own", (await server.GetAsync("/", tls: true)).Body);
        await Assert.ThrowsAnyAsync<Exception>(() => server.GetAsync("/", "unknown.example", tls: true));
    }

    [SkippableFact]
    public async Task Browsers_can_ask_for_headers_parts_and_changes_only()
    {
        using var server = new RealMirrorServer();
        await server.Mirror().Page("/", "index.html", new string('a', 4000)).Asset("/s.css", "s.css", "text/css;charset=UTF-8", new string('b', 4000)).CompleteAsync();
        await server.StartAsync(WebServerFormat.Nginx, server.Site("acme"));

        var plain = await server.GetAsync("/s.css");
        var etag = plain.Headers["ETag"];

        Assert.Equal(("2026-11-22T08:30:00Z", "no-cache", "nosniff", "nginx"), (plain.Headers["X-Mirror-Age"], plain.Headers["Cache-Control"], plain.Headers["X-Content-Type-Options"], plain.Headers["Server"]));
        Assert.False(plain.Headers.ContainsKey("Last-Modified") || plain.Headers.ContainsKey("Set-Cookie"));
        Assert.Equal((200, "4000"), ((await server.GetAsync("/s.css", method: "HEAD", headers: "")).Status, plain.Headers["Content-Length"]));
        Assert.Equal((206, "bbb"), ((await server.GetAsync("/s.css", headers: "Range: bytes=0-2\r\n")).Status, (await server.GetAsync("/s.css", headers: "Range: bytes=0-2\r\n")).Body));
        Assert.Equal(304, (await server.GetAsync("/s.css", headers: $"If-None-Match: {etag}\r\n")).Status);
        Assert.Equal(200, (await server.GetAsync("/s.css", headers: "If-Modified-Since: Sun, 22 Nov 2099 08:00:00 GMT\r\n")).Status);
        foreach (var url in new[] { "/", "/s.css" })
        {
            var packed = await server.GetAsync(url, headers: "Accept-Encoding: gzip\r\n");
            Assert.Equal(("gzip", "Accept-Encoding"), (packed.Headers.GetValueOrDefault("Content-Encoding"), packed.Headers.GetValueOrDefault("Vary")));
        }
    }

    [SkippableFact]
    public async Task A_style_sheet_with_a_wrong_type_is_not_forbidden_to_browsers()
    {
        using var server = new RealMirrorServer();
        await server.Mirror().Page("/", "index.html").Asset("/s.css", "s.css", "text/plain").CompleteAsync();
        await server.StartAsync(WebServerFormat.Nginx, server.Site("acme"));

        Assert.False((await server.GetAsync("/s.css")).Headers.ContainsKey("X-Content-Type-Options"));
    }

    [SkippableFact]
    public async Task A_banner_is_shown_where_it_is_asked_for_but_not_to_who_compares()
    {
        using var server = new RealMirrorServer();
        var mirror = server.Mirror().Page("/", "index.html").Page("/x?q=1", ".mirror/files/x.html", type: "text/html; charset=koi8-r").Asset("/t.txt", "t.txt", "text/plain", "</body>");
        mirror.Settings = new MirrorSettings { Banner = true };
        await mirror.CompleteAsync();
        await server.StartAsync(WebServerFormat.Nginx, server.Site("acme"));

        foreach (var url in new[] { "/", "/x?q=1" })
        {
            using var client = new HttpClient();
            var request = new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{server.HttpPort}{url}") { Headers = { Host = "www.acme.example" } };
            Assert.Contains("You see a copy of this site of 2026-11-22 08:30 UTC. It is read-only for now.</div></body>", Encoding.Latin1.GetString(await (await client.SendAsync(request)).Content.ReadAsByteArrayAsync()), StringComparison.Ordinal);
            request = new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{server.HttpPort}{url}") { Headers = { Host = "www.acme.example" } };
            request.Headers.TryAddWithoutValidation("User-Agent", HostingOps.Engine.Health.ProbeTransport.UserAgent);
            Assert.Equal($"<html><body>{url}</body></html>", Encoding.Latin1.GetString(await (await client.SendAsync(request)).Content.ReadAsByteArrayAsync()));
        }

        Assert.Equal("</body>", (await server.GetAsync("/t.txt")).Body);
    }

    [SkippableFact]
    public async Task A_new_generation_is_served_whole_from_the_reload_on_and_not_before()
    {
        using var server = new RealMirrorServer();
        await server.Mirror().Page("/", "index.html", "one").Page("/q?page=1", ".mirror/files/q.html", "one, too").CompleteAsync();
        await server.StartAsync(WebServerFormat.Nginx, server.Site("acme"));
        await server.Mirror(id: "20261123T083000Z").Page("/", "index.html", "two").Page("/q?page=1", ".mirror/files/q.html", "two, too").CompleteAsync();

        Assert.Equal(("one", "one, too"), ((await server.GetAsync("/")).Body, (await server.GetAsync("/q?page=1")).Body));
        server.Reload();
        (string Page, string Query, string Health) seen = ("", "", "");
        for (var tries = 0; tries < 600 && !(seen.Page == "two" && seen.Health.Length > 0); tries++)
        {
            // For a moment the old worker and the new one both take connections: a visitor, who has one, sees one generation, or is cut off.
            seen = await server.VisitAsync("/", "/q?page=1", "/.mirror/health");
            Assert.Contains((seen.Page, seen.Query), new[] { ("", ""), ("one", ""), ("one", "one, too"), ("two", ""), ("two", "two, too") });
            await Task.Delay(20);
        }

        Assert.Equal(("two", "two, too"), (seen.Page, seen.Query));
        Assert.Contains("20261123T083000Z", seen.Health, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [MemberData(nameof(Formats))]
    public async Task A_folder_without_its_slash_leads_to_the_folder_here_and_nowhere_else(WebServerFormat format)
    {
        using var server = new RealMirrorServer();
        await Hard(server.Mirror()).CompleteAsync();
        await server.StartAsync(format, server.Site("acme"));

        var folder = await server.GetAsync("/caf%C3%A9");
        Assert.Contains(folder.Status, new[] { 302, 308 });
        Assert.Equal("/caf%C3%A9/", folder.Location, ignoreCase: true);
        foreach (var url in new[] { "//blog", "//blog/..//blog", "/%5cblog", "//evil.example/%2e%2e/blog" })
        {
            var answer = await server.GetAsync(url);
            Assert.True(answer.Location is null || (answer.Location.StartsWith('/') && !answer.Location.StartsWith("//", StringComparison.Ordinal)), $"{url}: {answer.Location}");
        }
    }

    // Every kind of URL that a mirror has.
    private static HandMadeMirror Hard(HandMadeMirror mirror) => mirror
        .Page("/", "index.html")
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
