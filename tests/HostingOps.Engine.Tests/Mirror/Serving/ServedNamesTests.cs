using HostingOps.Engine.WebServers;

namespace HostingOps.Engine.Tests.Mirror.Serving;

/// <summary>Under which names a mirror is served, and what of its folder is not.</summary>
public sealed class ServedNamesTests
{
    [SkippableTheory]
    [MemberData(nameof(ServedMirrorTests.Formats), MemberType = typeof(ServedMirrorTests))]
    public async Task The_health_path_tells_which_generation_is_served(WebServerFormat format)
    {
        using var server = new RealMirrorServer();
        await server.Mirror().Hard().CompleteAsync();
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
    [MemberData(nameof(ServedMirrorTests.Formats), MemberType = typeof(ServedMirrorTests))]
    public async Task Nothing_but_the_saved_answers_is_served(WebServerFormat format)
    {
        using var server = new RealMirrorServer();
        var mirror = server.Mirror().Hard();
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
    [MemberData(nameof(ServedMirrorTests.Formats), MemberType = typeof(ServedMirrorTests))]
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
    [MemberData(nameof(ServedMirrorTests.Formats), MemberType = typeof(ServedMirrorTests))]
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
    public async Task A_connection_that_was_made_for_another_name_gets_nothing()
    {
        using var server = new RealMirrorServer();
        await server.Mirror().Page("/", "index.html", "acme's own").CompleteAsync();
        await server.Mirror("zoo").Page("/", "index.html", "the zoo's own").CompleteAsync();
        var certificates = server.Certificates("www.acme.example", "acme.example", "www.zoo.example", "zoo.example");
        await server.StartAsync(WebServerFormat.Nginx, server.Site("acme", certificates), server.Site("zoo", certificates));

        Assert.Equal("acme's own", (await server.GetAsync("/", tls: true)).Body);
        foreach (var name in new[] { "www.zoo.example", "acme.example" })
        {
            var answer = await server.SendAsync("GET / HTTP/1.1\r\nHost: www.acme.example\r\nConnection: close\r\n\r\n", tls: true, name);
            Assert.Equal(421, answer.Status);
            Assert.DoesNotContain("acme's own", answer.Body, StringComparison.Ordinal);
        }
    }

    [SkippableFact]
    public async Task Other_names_lead_on_only_with_a_path()
    {
        using var server = new RealMirrorServer();
        await server.StartAsync(WebServerFormat.Nginx, server.Site("acme"));

        var answer = await server.GetAsync("http://acme.example?x", "acme.example");
        Assert.Equal((400, null), (answer.Status, answer.Location));
        Assert.Equal("http://www.acme.example/", (await server.GetAsync("http://acme.example", "acme.example")).Location);
        Assert.Equal("http://www.acme.example/?x", (await server.GetAsync("http://acme.example/?x", "acme.example")).Location);
    }
}
