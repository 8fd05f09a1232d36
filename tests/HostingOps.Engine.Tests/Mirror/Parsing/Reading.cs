using System.Text;
using HostingOps.Engine.Mirror.Parsing;

namespace HostingOps.Engine.Tests.Mirror.Parsing;

/// <summary>Reads documents of acme.example as the crawl does.</summary>
internal static class Reading
{
    public static HostedSite Site { get; } = TestSites.Acme() with
    {
        Aliases = ["acmelaw.example"],
        Mirror = new MirrorSettings { AssetHosts = ["cdn.example.net"] },
    };

    public static MirrorScope Scope { get; } = new(Site);

    public static DocumentReading Read(DocumentKind kind, byte[] body, string? contentType = null, string path = "/blog/post", string? host = null) =>
        DocumentReader.Read(kind, body, contentType, Scope, new MirrorPlace(host, "https", path), $"https://{host ?? "www.acme.example"}{path}");

    public static (string Text, string[] Links) Html(string html, string path = "/blog/post")
    {
        var bytes = Encoding.UTF8.GetBytes(html);
        var reading = Read(DocumentKind.Html, bytes, "text/html; charset=utf-8", path);
        return (Encoding.UTF8.GetString(reading.Body ?? bytes), Said(reading));
    }

    public static (string Text, string[] Links) Css(string css, string path = "/css/site.css", string? host = null)
    {
        var bytes = Encoding.UTF8.GetBytes(css);
        var reading = Read(DocumentKind.StyleSheet, bytes, "text/css", path, host);
        return (Encoding.UTF8.GetString(reading.Body ?? bytes), Said(reading));
    }

    public static string[] Said(DocumentReading reading) => [.. reading.Links.Select(static link => (link.IsAsset ? "*" : "") + link.Place.Key)];
}
