using System.Globalization;

namespace HostingOps.Engine.Apex.Checks;

/// <summary>
/// Where a Location header leads, taken apart as a browser does, with path and query kept byte by byte: <see cref="Uri"/> would
/// rewrite what is to be compared.
/// </summary>
internal sealed record RedirectLocation(string Scheme, string Host, int Port, string PathAndQuery)
{
    private static readonly char[] AuthorityEnds = ['/', '?', '#', '\\'];

    /// <summary>The path, never empty.</summary>
    public string Path => PathAndQuery.Split('?', 2)[0];

    /// <summary>The query with its question mark, or empty.</summary>
    public string Query => PathAndQuery[Path.Length..];

    /// <summary>Whether this is https on its own port, or http on its own.</summary>
    public bool HasOwnPort => Port == DefaultPort(Scheme);

    /// <summary>As text, without the scheme's own port.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Scheme}://{Host}{(HasOwnPort ? "" : $":{Port}")}{PathAndQuery}");

    /// <summary>Reads a Location (RFC 9110 §10.2.2), which may be relative; null when it is no http address.</summary>
    /// <param name="text">The header's value.</param>
    /// <param name="origin">The URL that answered with it, or null when only a whole address will do.</param>
    public static RedirectLocation? Read(string text, RedirectLocation? origin)
    {
        text = text.Trim();
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var end = text.IndexOfAny(AuthorityEnds);
        if (colon > 0 && (end < 0 || colon < end))
        {
            var scheme = text[..colon].ToLowerInvariant();
            return scheme is "http" or "https" && text.AsSpan(colon + 1).StartsWith("//") ? WithAuthority(scheme, text[(colon + 3)..]) : null;
        }

        if (origin is null || text.Length == 0)
        {
            return null;
        }

        // Browsers take a backslash for a slash here too (WHATWG URL, special schemes): "/\evil.example" leaves the site.
        if (text is ['/' or '\\', '/' or '\\', ..])
        {
            return WithAuthority(origin.Scheme, text[2..]);
        }

        // What is left is relative to the path: only here is the comparison not byte by byte, and no redirector of ours does that.
        return text[0] is '/' or '\\' ? origin with { PathAndQuery = "/" + text[1..] }
            : text[0] == '?' ? origin with { PathAndQuery = origin.Path + text }
            : origin with { PathAndQuery = origin.Path[..(origin.Path.LastIndexOf('/') + 1)] + text };
    }

    private static RedirectLocation? WithAuthority(string scheme, string rest)
    {
        var end = rest.IndexOfAny(AuthorityEnds);
        var authority = end < 0 ? rest : rest[..end];
        var path = end < 0 ? "/" : rest[end] == '/' ? rest[end..] : "/" + rest[end..];

        // Before an @ stands a user, not the host.
        authority = authority[(authority.LastIndexOf('@') + 1)..];
        var colon = authority.LastIndexOf(':');
        var port = DefaultPort(scheme);
        if (colon >= 0 && !authority.EndsWith(']'))
        {
            if (authority.Length > colon + 1
                && (!int.TryParse(authority.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port) || port is < 1 or > 65535))
            {
                return null;
            }

            authority = authority[..colon];
        }

        return authority.Length == 0 ? null : new RedirectLocation(scheme, authority.ToLowerInvariant(), port, path);
    }

    private static int DefaultPort(string scheme) => scheme == "https" ? 443 : 80;
}
