using HostingOps.Engine.Apex.Checks;

namespace HostingOps.Engine.Tests.Apex.Checks;

/// <summary>A Location is read as a browser reads it, above all where it would lead a visitor off the site.</summary>
public sealed class RedirectLocationTests
{
    private static readonly RedirectLocation Origin = RedirectLocation.Read("https://acme.example/a/b?c", null)!;

    [Theory]
    [InlineData("https://www.acme.example/x?y", "https", "www.acme.example", 443, "/x?y")]
    [InlineData(" HTTPS://WWW.Acme.Example ", "https", "www.acme.example", 443, "/")]
    [InlineData("http://www.acme.example:80?y", "http", "www.acme.example", 80, "/?y")]
    [InlineData("https://www.acme.example:/x", "https", "www.acme.example", 443, "/x")]
    [InlineData("https://www.acme.example:8443/x", "https", "www.acme.example", 8443, "/x")]
    [InlineData("https://[2001:DB8::1]:8443/x", "https", "[2001:db8::1]", 8443, "/x")]
    [InlineData("https://[2001:db8::1]/x", "https", "[2001:db8::1]", 443, "/x")]
    [InlineData("https://www.acme.example@evil.example/x", "https", "evil.example", 443, "/x")]
    [InlineData("https://u:p@www.acme.example@evil.example:444/x", "https", "evil.example", 444, "/x")]
    [InlineData("https://evil.example\\@www.acme.example/x", "https", "evil.example", 443, "/\\@www.acme.example/x")]
    [InlineData("https://evil.example#@www.acme.example/x", "https", "evil.example", 443, "/#@www.acme.example/x")]
    [InlineData("https://evil.example?@www.acme.example/x", "https", "evil.example", 443, "/?@www.acme.example/x")]
    [InlineData("https://www.acme.example.evil.example/", "https", "www.acme.example.evil.example", 443, "/")]
    [InlineData("//evil.example/x", "https", "evil.example", 443, "/x")]
    [InlineData("/\\evil.example/x", "https", "evil.example", 443, "/x")]
    [InlineData("\\/evil.example/x", "https", "evil.example", 443, "/x")]
    [InlineData("\\\\evil.example/x", "https", "evil.example", 443, "/x")]
    [InlineData("\\x", "https", "acme.example", 443, "/x")]
    [InlineData("/x%2Fy//z?", "https", "acme.example", 443, "/x%2Fy//z?")]
    [InlineData("?d", "https", "acme.example", 443, "/a/b?d")]
    [InlineData("d", "https", "acme.example", 443, "/a/d")]
    [InlineData("d:e/f", null, null, 0, null)]
    [InlineData("javascript:alert(1)", null, null, 0, null)]
    [InlineData("https:///x", null, null, 0, null)]
    [InlineData("https://@/x", null, null, 0, null)]
    [InlineData("https://www.acme.example:0/", null, null, 0, null)]
    [InlineData("https://www.acme.example:65536/", null, null, 0, null)]
    [InlineData("https://www.acme.example:4 43/", null, null, 0, null)]
    [InlineData("", null, null, 0, null)]
    public void It_leads_where_a_browser_goes(string text, string? scheme, string? host, int port, string? pathAndQuery)
    {
        var read = RedirectLocation.Read(text, Origin);

        Assert.Equal((scheme, host, port, pathAndQuery), (read?.Scheme, read?.Host, read?.Port ?? 0, read?.PathAndQuery));
    }

    [Theory]
    [InlineData("/x")]
    [InlineData("//www.acme.example/x")]
    [InlineData("?x")]
    public void Without_an_origin_only_a_whole_address_will_do(string text) => Assert.Null(RedirectLocation.Read(text, null));
}
