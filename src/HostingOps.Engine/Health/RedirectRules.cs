using System.Globalization;

namespace HostingOps.Engine.Health;

/// <summary>
/// Which redirects a probe follows (RFC 9110 §15.4): bounded, never round in a circle, never from https down to http,
/// and never off the site's own names.
/// </summary>
internal static class RedirectRules
{
    private const int MostShown = 160;

    /// <summary>Whether the status sends the visitor elsewhere.</summary>
    public static bool IsRedirect(int statusCode) => statusCode is 300 or 301 or 302 or 303 or 307 or 308;

    /// <summary>Decides about one redirect.</summary>
    /// <param name="trail">Where the walk has been, the current URL included, with what its answer set.</param>
    /// <param name="current">The URL that answered.</param>
    /// <param name="statusCode">Its status.</param>
    /// <param name="location">Its Location header, or null.</param>
    /// <param name="names">The site's own names.</param>
    /// <param name="policy">The site's check.</param>
    /// <param name="isPinned">Whether all connections lead to one host, whatever the name.</param>
    public static RedirectDecision Decide(
        RedirectTrail trail, Uri current, int statusCode, string? location, SiteNames names, HealthCheckPolicy policy, bool isPinned)
    {
        var answered = string.Create(CultureInfo.InvariantCulture, $"{Show(current)} answers {statusCode}");
        if (string.IsNullOrWhiteSpace(location))
        {
            return Refuse(SiteStatus.Degraded, $"{answered} without saying where to go");
        }

        if (Resolve(current, location.Trim()) is not { } next)
        {
            return Refuse(SiteStatus.Degraded, $"{answered} with a Location that is no http address: {Shorten(location)}");
        }

        var isExpected = policy.ExpectStatus.Any(range => range.Contains(statusCode));
        RedirectDecision Unfollowed(string otherwise) => isExpected
            ? Refuse(SiteStatus.Healthy, $"{answered} as expected, to {Show(next)}")
            : Refuse(SiteStatus.Degraded, $"{answered}{otherwise}");

        if (!names.Contains(next.IdnHost))
        {
            return Unfollowed($" and leads off the site's own names, to {Show(next)}");
        }

        if (policy.MaxRedirects <= 0)
        {
            return Unfollowed(", and the check follows no redirects");
        }

        // A bare domain can't be a CNAME (RFC 1034 §3.6.2): it does not follow the site's record to this host. What answers
        // there is the apex redirector, which sends visitors back to www; to ask this host instead would hide the circle.
        if (isPinned && names.IsBare(next.IdnHost))
        {
            return Unfollowed($" and leads to the bare domain, {Show(next)}, which this host does not answer for: a redirector there that leads to www sends visitors round in a circle");
        }

        if (current.Scheme == Uri.UriSchemeHttps && next.Scheme == Uri.UriSchemeHttp)
        {
            return Refuse(SiteStatus.Degraded, $"{answered} and leads from https down to http, to {Show(next)}");
        }

        if (trail.HasAsked(next))
        {
            return Refuse(SiteStatus.Down, $"{answered} and leads round in a circle, back to {Show(next)}");
        }

        // Not Down: a visitor's browser has more patience (20 hops), and 3xx alone never means that a host is dead.
        return trail.Redirects >= policy.MaxRedirects
            ? Refuse(SiteStatus.Degraded, string.Create(CultureInfo.InvariantCulture, $"{answered} after {policy.MaxRedirects} redirects, more than the check allows"))
            : new RedirectDecision(next, SiteStatus.Healthy, "");
    }

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

    // Without user and password, and no longer than a reason may be: a header may have 64 KiB.
    private static string Show(Uri url) => Shorten(url.GetComponents(UriComponents.HttpRequestUrl, UriFormat.UriEscaped));

    private static string Shorten(string text) => text.Length <= MostShown ? text : text[..MostShown] + "…";

    private static RedirectDecision Refuse(SiteStatus status, string reason) => new(null, status, reason);
}
