using System.Net;

namespace HostingOps.Engine.Health;

/// <summary>
/// Where one walk has been, and the cookies it was given on the way, as a browser keeps them. They live in memory for this
/// walk only. The same address with other cookies is another request: a site that sets a cookie and sends the visitor back
/// to where he was makes no circle.
/// </summary>
internal sealed class RedirectTrail
{
    private readonly HashSet<string> asked = new(StringComparer.Ordinal);
    private readonly CookieContainer cookies = new();

    /// <summary>Redirects followed so far.</summary>
    public int Redirects { get; private set; } = -1;

    /// <summary>Notes that the URL is asked for now.</summary>
    public void Enter(Uri url)
    {
        Redirects++;
        asked.Add(Key(url));
    }

    /// <summary>Whether the URL was asked for before with the cookies that it would get now.</summary>
    public bool HasAsked(Uri url) => asked.Contains(Key(url));

    /// <summary>The Cookie header for the URL, or null (RFC 6265 §5.4).</summary>
    public string? CookiesFor(Uri url) => cookies.GetCookieHeader(url) is { Length: > 0 } header ? header : null;

    /// <summary>Keeps what the URL's answer sets.</summary>
    public void Keep(Uri url, IEnumerable<string> setCookies)
    {
        foreach (var setCookie in setCookies)
        {
            try
            {
                cookies.SetCookies(url, setCookie);
            }
            catch (CookieException)
            {
                // Malformed, too large or for somebody else's domain: not kept, as in a browser.
            }
        }
    }

    // The scheme, host, port, path and query make the request, not the fragment or the user. A cookie holds no line end.
    private string Key(Uri url) =>
        $"{url.GetComponents(UriComponents.HttpRequestUrl | UriComponents.StrongPort, UriFormat.UriEscaped)}\n{CookiesFor(url)}";
}
