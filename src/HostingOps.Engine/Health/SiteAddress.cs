using System.Globalization;

namespace HostingOps.Engine.Health;

/// <summary>Where a site is asked: scheme and port of its checks, and its own name. Pure.</summary>
internal static class SiteAddress
{
    /// <summary>For example <c>https://www.acme.example</c>, or <c>http://www.acme.example:8080</c>.</summary>
    public static string Origin(HostedSite site) =>
        $"{site.Check.Scheme}://{site.HostName}{(site.Check.Port is { } port ? string.Create(CultureInfo.InvariantCulture, $":{port}") : "")}";
}
