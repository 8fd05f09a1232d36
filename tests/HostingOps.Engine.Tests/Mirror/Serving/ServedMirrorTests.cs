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
        var mirror = server.Mirror().Hard();
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
        await server.Mirror().Hard().CompleteAsync();
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
        await server.Mirror().Hard().CompleteAsync();
        await server.StartAsync(WebServerFormat.Nginx, server.Site("acme"));

        Assert.Equal("<html><body>/list?page=2</body></html>", (await server.GetAsync("/list?page=2&who=knows&z")).Body);
        Assert.Equal(404, (await server.GetAsync("/list?page=2&who=knows&cat=zzz")).Status);
    }

    [SkippableTheory]
    [MemberData(nameof(Formats))]
    public async Task Whatever_would_change_something_gets_a_friendly_503(WebServerFormat format)
    {
        using var server = new RealMirrorServer();
        await server.Mirror().Hard().CompleteAsync();
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
        await server.Mirror().Hard().CompleteAsync();
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
        await server.Mirror().Hard().CompleteAsync();
        await server.StartAsync(format, server.Site("acme"));

        foreach (var url in new[] { "/broken", "/broken?utm_source=x", "/calendar/2031", "/list?page=500" })
        {
            var answer = await server.GetAsync(url);
            Assert.Equal((503, "600"), (answer.Status, answer.Headers.GetValueOrDefault("Retry-After")));
            Assert.Contains("not available for now", answer.Body, StringComparison.Ordinal);
        }

        Assert.Equal(404, (await server.GetAsync("/gone")).Status);
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
        await server.Mirror().Hard().CompleteAsync();
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
}
