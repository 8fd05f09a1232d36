namespace HostingOps.Engine.Tests;

/// <summary>Sites as the tests need them.</summary>
internal static class TestSites
{
    public static SiteHost DigitalOcean { get; } = new() { Name = "do-1", Provider = "digitalocean", Address = "203.0.113.10" };

    public static SiteHost Linode { get; } = new() { Name = "li-1", Provider = "linode", Address = "198.51.100.7" };

    public static HostedSite Acme() => Site("acme");

    public static HostedSite Site(string name) => new()
    {
        Name = name,
        Domain = name + ".example",
        Record = name + ".sites.example.net",
        Zone = "sites.example.net",
        Primary = DigitalOcean,
        Secondary = Linode,
    };
}
