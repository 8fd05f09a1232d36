using System.Net;
using System.Net.Sockets;
using HostingOps.Engine.Apex.Redirects;

namespace HostingOps.Engine.Tests.Apex.Redirects;

/// <summary>How real servers with a generated configuration answer what is not the plain case.</summary>
public sealed class RealRedirectorTests
{
    private static readonly HostedSite[] Sites =
        [ApexSites.Site("acme", "acme.example", "law.example"), ApexSites.Site("books", "bücher.example"), ApexSites.Site("zoo", "zoo.example")];

    private static CancellationToken Limit => new CancellationTokenSource(TimeSpan.FromMinutes(1)).Token;

    public static TheoryData<WebServerFormat> Formats => [WebServerFormat.Nginx, WebServerFormat.Caddy];

    [SkippableTheory]
    [MemberData(nameof(Formats))]
    public async Task Names_are_known_with_a_port_a_final_dot_and_in_capitals(WebServerFormat format)
    {
        using var server = await StartAsync(format);
        foreach (var host in new[] { "acme.example", "acme.example:8080", "ACME.Example" })
        {
            Assert.Equal((301, "https://www.acme.example/x?y"), await HttpAsync(server, "/x?y", host));
        }

        // Caddy 2.6 takes a name with a final dot for another name.
        Assert.Equal(format == WebServerFormat.Nginx ? (301, "https://www.acme.example/x?y") : (0, null), await HttpAsync(server, "/x?y", "acme.example."));
        Assert.Equal((301, "https://www.xn--bcher-kva.example/"), await HttpAsync(server, "/", "xn--bcher-kva.example"));
        Assert.Equal((301, "https://www.acme.example/"), await HttpsAsync(server, "/", "law.example", "LAW.example:443"));
        Assert.Equal((301, "https://www.acme.example/"), await HttpsAsync(server, "/", "LAW.Example", "law.example"));
    }

    [SkippableTheory]
    [InlineData("/")]
    [InlineData("//evil.example/")]
    [InlineData("//evil.example/%2e%2e")]
    [InlineData("/%2F%2Fevil.example")]
    [InlineData("/@evil.example")]
    [InlineData("/.evil.example")]
    [InlineData("/a%0d%0aSet-Cookie:%20x=1")]
    [InlineData("/a;b=c/d?e=f&g=%26#h")]
    [InlineData("/a/../b/%2e%2e/c?")]
    [InlineData("/?https://evil.example/")]
    public async Task Path_and_query_are_kept_to_the_byte_and_never_change_the_name(string target)
    {
        using var server = await StartAsync(WebServerFormat.Nginx);

        // nginx takes what follows a '#' for no part of the path, as a browser does.
        var kept = target.Split('#')[0];
        var (status, location) = await HttpAsync(server, target, "acme.example");

        Assert.Equal(301, status);
        Assert.Equal("https://www.acme.example" + (location!.EndsWith("#h", StringComparison.Ordinal) ? target : kept), location);
        Assert.Equal("www.acme.example", new Uri(location).Host);
    }

    [SkippableTheory]
    [MemberData(nameof(Formats))]
    public async Task Whatever_a_target_is_made_of_arrives_as_it_was_sent(WebServerFormat format)
    {
        using var server = await StartAsync(format);
        string[] targets =
        [
            "/", "/?", "/a?", "/a??b", "/a%2Fb%2f%5C?c=%2F", "//a//b/", "/%C3%BC?q=%FC", "/a+b%20c?d+e=%26", "/a;b=c,d@e:f!$&'()*~", "/.../a..b/", "/?https://evil.example/#x".Split('#')[0],
            "/b\u00fccher?\u00fc=\u00df", "/" + new string('a', 6000) + "?" + new string('b', 1500),
        ];

        List<string> wrong = [];
        foreach (var target in targets)
        {
            var answer = await HttpAsync(server, target, "acme.example");
            if (answer != (301, "https://www.acme.example" + target))
            {
                wrong.Add($"{target}: {answer.Status} {answer.Location}");
            }
        }

        Assert.Equal([], wrong);
        Assert.Equal((400, null), await HttpAsync(server, "/%zz", "acme.example"));
    }

    [SkippableTheory]
    [MemberData(nameof(Formats))]
    public async Task Nothing_above_the_challenges_is_served_however_it_is_spelled(WebServerFormat format)
    {
        using var server = await StartAsync(format);
        foreach (var way in new[] { "../../secret", "%2e%2e/%2e%2e/secret", "..%2f..%2fsecret", "%2e%2e%2f%2e%2e%2fsecret", "..%5c..%5csecret", "./../../secret", "//../../secret", "token-1_A/../../../secret", "%00", "%252e%252e/%252e%252e/secret" })
        {
            using var client = await RawClient.ConnectAsync(IPAddress.Loopback, server.HttpPort, null, tls: false, Limit);
            var answer = await client.GetAsync("/.well-known/acme-challenge/" + way, "acme.example", Limit);
            Assert.True(answer.Status is not 200 && !answer.Body.Contains("not for everybody", StringComparison.Ordinal), $"{way}: {answer.Status} {answer.Body}");
        }
    }

    [SkippableFact]
    public async Task A_whole_address_in_the_request_line_is_taken_for_what_it_names()
    {
        using var server = await StartAsync(WebServerFormat.Nginx);

        Assert.Equal((301, "https://www.acme.example/a?b"), await HttpAsync(server, "http://acme.example/a?b", "zoo.example"));
        Assert.Equal((301, "https://www.acme.example?b"), await HttpAsync(server, "http://acme.example?b", "zoo.example"));
        Assert.Equal((0, null), await HttpAsync(server, "http://evil.example/a", "acme.example"));
        Assert.Equal(400, (await HttpAsync(server, "*", "acme.example")).Status);
        Assert.Equal(400, (await HttpAsync(server, "/../../etc/passwd", "acme.example")).Status);
        Assert.Equal(400, (await HttpAsync(server, "@evil.example/", "acme.example")).Status);
        Assert.Equal(400, (await HttpAsync(server, "/a\rSet-Cookie: x=1", "acme.example\u0001")).Status);
    }

    [SkippableTheory]
    [MemberData(nameof(Formats))]
    public async Task Unknown_names_get_no_answer_and_no_certificate(WebServerFormat format)
    {
        using var server = await StartAsync(format);

        foreach (var host in new[] { "unknown.example", "www.acme.example", "x.acme.example", "127.0.0.1", "[::1]" })
        {
            Assert.Equal((0, null), await HttpAsync(server, "/", host));
        }

        await Assert.ThrowsAnyAsync<Exception>(() => HttpsAsync(server, "/", "unknown.example", "acme.example"));
        await Assert.ThrowsAnyAsync<Exception>(() => HttpsAsync(server, "/", null, "acme.example"));
        Assert.Equal(301, (await HttpsAsync(server, "/", "acme.example", "acme.example")).Status);
    }

    [SkippableFact]
    public async Task A_request_without_a_host_gets_no_answer_though_another_server_is_the_default()
    {
        using var server = await StartAsync(WebServerFormat.Nginx);
        using var client = await RawClient.ConnectAsync(IPAddress.Loopback, server.HttpPort, null, tls: false, Limit);

        Assert.Equal(0, (await client.SendAsync("GET / HTTP/1.0\r\n\r\n", Limit)).Status);
    }

    [SkippableTheory]
    [MemberData(nameof(Formats))]
    public async Task Another_name_than_the_handshakes_is_misdirected(WebServerFormat format)
    {
        using var server = await StartAsync(format);

        Assert.Equal((421, null), await HttpsAsync(server, "/", "acme.example", "zoo.example"));
        Assert.Equal((421, null), await HttpsAsync(server, "/", "acme.example", "unknown.example"));
        Assert.Equal(301, (await HttpsAsync(server, "/", "acme.example", "acme.example")).Status);
    }

    [SkippableTheory]
    [MemberData(nameof(Formats))]
    public async Task Challenges_are_served_over_both_and_never_redirected(WebServerFormat format)
    {
        using var server = await StartAsync(format);
        const string Folder = "/.well-known/acme-challenge/";

        using var plain = await RawClient.ConnectAsync(IPAddress.Loopback, server.HttpPort, null, tls: false, Limit);
        var served = await plain.GetAsync(Folder + "token-1_A", "law.example", Limit);

        Assert.Equal((200, "token-1_A.thumbprint"), (served.Status, served.Body));
        Assert.Equal((200, null), await HttpsAsync(server, Folder + "token-1_A", "zoo.example", "zoo.example"));
        Assert.Equal((404, null), await HttpAsync(server, Folder + "missing", "acme.example"));
        Assert.Equal((404, null), await HttpAsync(server, Folder, "acme.example"));
        Assert.Equal((0, null), await HttpAsync(server, Folder + "token-1_A", "unknown.example"));
        var above = await HttpAsync(server, Folder + "../../secret", "acme.example");
        Assert.NotEqual(200, above.Status);
    }

    [SkippableTheory]
    [MemberData(nameof(Formats))]
    public async Task HSTS_is_told_over_https_only(WebServerFormat format)
    {
        using var server = await StartAsync(format, new ApexRedirectSettings { Hsts = TimeSpan.FromDays(1), HstsIncludeSubDomains = true, Status = 308 });
        using var plain = await RawClient.ConnectAsync(IPAddress.Loopback, server.HttpPort, null, tls: false, Limit);
        using var secure = await RawClient.ConnectAsync(IPAddress.Loopback, server.HttpsPort, "acme.example", tls: true, Limit);

        var overHttp = await plain.GetAsync("/", "acme.example", Limit);
        var overHttps = await secure.GetAsync("/", "acme.example", Limit);

        Assert.Equal((308, 308), (overHttp.Status, overHttps.Status));
        Assert.False(overHttp.Headers.ContainsKey("Strict-Transport-Security"));
        Assert.Equal("max-age=86400; includeSubDomains", overHttps.Headers["Strict-Transport-Security"]);
        Assert.True(overHttp.Headers.GetValueOrDefault("Server") is null or "nginx", overHttp.Headers.GetValueOrDefault("Server"));
    }

    [SkippableTheory]
    [InlineData(0)]
    [InlineData(86400)]
    public async Task The_instance_is_named_whether_another_header_is_set_or_not(int hsts)
    {
        using var server = await StartAsync(WebServerFormat.Nginx, new ApexRedirectSettings { Hsts = TimeSpan.FromSeconds(hsts) });
        using var plain = await RawClient.ConnectAsync(IPAddress.Loopback, server.HttpPort, null, tls: false, Limit);
        using var secure = await RawClient.ConnectAsync(IPAddress.Loopback, server.HttpsPort, "acme.example", tls: true, Limit);

        foreach (var client in new[] { plain, secure })
        {
            Assert.Equal("i-0123", (await client.GetAsync("/", "acme.example", Limit)).Headers.GetValueOrDefault("X-HostingOps-Instance"));
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Formats))]
    public async Task IPv6_is_served_like_IPv4(WebServerFormat format)
    {
        Skip.IfNot(Socket.OSSupportsIPv6, "this machine has no IPv6");
        using var server = await StartAsync(format);
        using var plain = await RawClient.ConnectAsync(IPAddress.IPv6Loopback, server.HttpPort, null, tls: false, Limit);
        using var secure = await RawClient.ConnectAsync(IPAddress.IPv6Loopback, server.HttpsPort, "zoo.example", tls: true, Limit);

        Assert.Equal("https://www.zoo.example/6", (await plain.GetAsync("/6", "zoo.example", Limit)).Location);
        Assert.Equal("https://www.zoo.example/6", (await secure.GetAsync("/6", "zoo.example", Limit)).Location);
    }

    [SkippableFact]
    public async Task A_missing_certificate_hurts_its_own_name_only()
    {
        using var server = await RealServer.StartAsync(WebServerFormat.Nginx, Sites, ApexRedirectSettings.Default, without: "zoo.example");

        await Assert.ThrowsAnyAsync<Exception>(() => HttpsAsync(server, "/", "zoo.example", "zoo.example"));
        Assert.Equal(301, (await HttpAsync(server, "/", "zoo.example")).Status);
        Assert.Equal(301, (await HttpsAsync(server, "/", "acme.example", "acme.example")).Status);
        Assert.Contains("/zoo.example/fullchain.pem", server.Log, StringComparison.Ordinal);
    }

    private static Task<RealServer> StartAsync(WebServerFormat format, ApexRedirectSettings? settings = null) =>
        RealServer.StartAsync(format, Sites, settings ?? ApexRedirectSettings.Default);

    private static async Task<(int Status, string? Location)> HttpAsync(RealServer server, string target, string host)
    {
        using var client = await RawClient.ConnectAsync(IPAddress.Loopback, server.HttpPort, null, tls: false, Limit);
        var answer = await client.GetAsync(target, host, Limit);
        return (answer.Status, answer.Location);
    }

    private static async Task<(int Status, string? Location)> HttpsAsync(RealServer server, string target, string? serverName, string host)
    {
        using var client = await RawClient.ConnectAsync(IPAddress.Loopback, server.HttpsPort, serverName, tls: true, Limit);
        var answer = await client.GetAsync(target, host, Limit);
        return (answer.Status, answer.Location);
    }
}
