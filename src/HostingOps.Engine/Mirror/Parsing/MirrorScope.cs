using System.Globalization;
using HostingOps.Engine.Health;
using Url = AngleSharp.Dom.Url;

namespace HostingOps.Engine.Mirror.Parsing;

/// <summary>What belongs to a mirror: the site's own names, and the asset hosts that are listed. Everything else is outside.</summary>
internal sealed class MirrorScope
{
    // An authority that no page can name, so that what is resolved against it is known to have been relative.
    private const string Stage = "https://mirror.invalid";

    private readonly SiteNames names;
    private readonly int? ownPort;
    private readonly HashSet<string> assetHosts;

    /// <summary>Reads the scope off a site.</summary>
    public MirrorScope(HostedSite site)
    {
        names = new SiteNames(site);
        ownPort = site.Check.Port;
        assetHosts = (site.Mirror ?? MirrorSettings.Default).AssetHosts.Select(static host => host.TrimEnd('.').ToLowerInvariant()).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Where a URL is, or null when it is outside.</summary>
    public MirrorPlace? Locate(Url url)
    {
        if (url.IsInvalid || url.Scheme is not ("http" or "https") || url.UserName is { Length: > 0 } || url.Password is { Length: > 0 })
        {
            return null;
        }

        var host = url.HostName.TrimEnd('.').ToLowerInvariant();
        var port = url.Port.Length == 0 ? (int?)null : int.TryParse(url.Port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
        if (names.Contains(host) && (port is null || port == ownPort || port is 80 or 443))
        {
            return new MirrorPlace(null, url.Scheme, SessionIds.Without(PathAndQuery(url)));
        }

        var authority = port is null ? host : string.Create(CultureInfo.InvariantCulture, $"{host}:{port}");
        return assetHosts.Contains(authority) ? new MirrorPlace(authority, url.Scheme, PathAndQuery(url)) : null;
    }

    /// <summary>Where a URL of the mirror came from, or null when it is nothing that is fetched.</summary>
    /// <param name="key">As in <see cref="MirrorEntry.Url"/>.</param>
    /// <param name="scheme">The scheme to ask an asset host by.</param>
    public MirrorPlace? Locate(string key, string scheme)
    {
        if (!key.StartsWith(MirrorPlace.Reserved, StringComparison.Ordinal))
        {
            return new MirrorPlace(null, scheme, key);
        }

        var rest = key[MirrorPlace.Reserved.Length..];
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && assetHosts.Contains(rest[..slash]) ? new MirrorPlace(rest[..slash], scheme, rest[slash..]) : null;
    }

    /// <summary>The mirror's URL for a place, as an absolute one to resolve against.</summary>
    public static Url OnStage(MirrorPlace place) => new(Stage + place.Key);

    /// <summary>Whether a URL was resolved on the mirror itself, and if so what the mirror is asked for.</summary>
    public static string? AskedOnStage(Url url) => url.Href.StartsWith(Stage + "/", StringComparison.Ordinal) ? PathAndQuery(url) : null;

    /// <summary>Path and query as a browser sends them: AngleSharp leaves some characters as they are that browsers encode (URL Standard §1.3).</summary>
    private static string PathAndQuery(Url url)
    {
        var path = "/" + url.Path;
        if (path.AsSpan().IndexOfAny('{', '}', '^') >= 0)
        {
            path = path.Replace("{", "%7B", StringComparison.Ordinal).Replace("}", "%7D", StringComparison.Ordinal).Replace("^", "%5E", StringComparison.Ordinal);
        }

        return string.IsNullOrEmpty(url.Query) ? path : path + "?" + url.Query.Replace("'", "%27", StringComparison.Ordinal);
    }
}
