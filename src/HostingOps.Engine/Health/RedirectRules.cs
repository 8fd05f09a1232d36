using System.Globalization;

namespace HostingOps.Engine.Health;

/// <summary>
/// Which redirects a probe follows (RFC 9110 §15.4): bounded, never round in a circle, never from https down to http,
/// and never off the site's own names.
/// </summary>
internal static class RedirectRules
{
    /// <summary>Whether the status sends the visitor elsewhere.</summary>
    public static bool IsRedirect(int statusCode) => statusCode is 300 or 301 or 302 or 303 or 307 or 308;

    /// <summary>Decides about one redirect.</summary>
    /// <param name="visited">The URLs asked so far, the current one last; as <see cref="Key"/> gives them.</param>
    /// <param name="current">The URL that answered.</param>
    /// <param name="statusCode">Its status.</param>
    /// <param name="location">Its Location header, or null.</param>
    /// <param name="names">The site's own names.</param>
    /// <param name="policy">The site's check.</param>
    public static RedirectDecision Decide(
        IReadOnlyCollection<string> visited, Uri current, int statusCode, string? location, SiteNames names, HealthCheckPolicy policy)
    {
        var answered = string.Create(CultureInfo.InvariantCulture, $"{current} answers {statusCode}");
        if (string.IsNullOrWhiteSpace(location))
        {
            return Refuse(SiteStatus.Degraded, $"{answered} without saying where to go");
        }

        if (Resolve(current, location.Trim()) is not { } next)
        {
            return Refuse(SiteStatus.Degraded, $"{answered} with a Location that is no http address: {Shorten(location)}");
        }

        if (!names.Contains(next.IdnHost))
        {
            return policy.ExpectStatus.Any(range => range.Contains(statusCode))
                ? Refuse(SiteStatus.Healthy, $"{answered} as expected, to {next}")
                : Refuse(SiteStatus.Degraded, $"{answered} and leads off the site's own names, to {next}");
        }

        if (current.Scheme == Uri.UriSchemeHttps && next.Scheme == Uri.UriSchemeHttp)
        {
            return Refuse(SiteStatus.Degraded, $"{answered} and leads from https down to http, to {next}");
        }

        if (visited.Contains(Key(next)))
        {
            return Refuse(SiteStatus.Down, $"{answered} and leads round in a circle, back to {next}");
        }

        if (policy.MaxRedirects <= 0)
        {
            return policy.ExpectStatus.Any(range => range.Contains(statusCode))
                ? Refuse(SiteStatus.Healthy, $"{answered} as expected, to {next}")
                : Refuse(SiteStatus.Degraded, $"{answered}, and the check follows no redirects");
        }

        return visited.Count > policy.MaxRedirects
            ? Refuse(SiteStatus.Down, string.Create(CultureInfo.InvariantCulture, $"{answered} after {policy.MaxRedirects} redirects, more than the check allows"))
            : new RedirectDecision(next, SiteStatus.Healthy, "");
    }

    /// <summary>What makes two URLs the same request: scheme, host, port, path and query, without fragment and user.</summary>
    public static string Key(Uri url) => url.GetComponents(UriComponents.HttpRequestUrl | UriComponents.StrongPort, UriFormat.UriEscaped);

    private static Uri? Resolve(Uri current, string location)
    {
        // On Unix Uri takes a leading slash for a file path unless told that the text is relative.
        var read = HasScheme(location)
            ? Uri.TryCreate(location, UriKind.Absolute, out var next)
            : Uri.TryCreate(location, UriKind.Relative, out var relative) & Uri.TryCreate(current, relative, out next);
        return read && next is { IsAbsoluteUri: true } && next.IdnHost.Length > 0
            && (next.Scheme == Uri.UriSchemeHttp || next.Scheme == Uri.UriSchemeHttps) ? next : null;
    }

    private static bool HasScheme(string location)
    {
        var colon = location.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && char.IsAsciiLetter(location[0])
            && location.AsSpan(0, colon).IndexOfAnyExcept("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.") < 0;
    }

    private static string Shorten(string text) => text.Length <= 80 ? text : text[..80] + "…";

    private static RedirectDecision Refuse(SiteStatus status, string reason) => new(null, status, reason);
}
