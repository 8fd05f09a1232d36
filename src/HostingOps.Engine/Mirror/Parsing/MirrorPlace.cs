namespace HostingOps.Engine.Mirror.Parsing;

/// <summary>Where something of a mirror is: on the origin and in the mirror's own URL space.</summary>
/// <param name="Host">Null for the site itself; else the asset host, with its port when that is not the scheme's own.</param>
/// <param name="Scheme">The scheme of the reference that was found; the site's own places are all asked for by the origin's.</param>
/// <param name="PathAndQuery">As a browser sends it.</param>
internal sealed record MirrorPlace(string? Host, string Scheme, string PathAndQuery)
{
    /// <summary>The folder of the URL space that no site has: asset hosts, and what is the mirror's own.</summary>
    public const string Reserved = "/.mirror/";

    /// <summary><see cref="MirrorEntry.Url"/> of it: two places with the same are one.</summary>
    public string Key => Host is null ? PathAndQuery : Reserved + Host + PathAndQuery;

    /// <summary>The path alone.</summary>
    public string Path => PathAndQuery.IndexOf('?', StringComparison.Ordinal) is >= 0 and var mark ? PathAndQuery[..mark] : PathAndQuery;

    /// <summary>The query with its question mark, or nothing.</summary>
    public string Query => PathAndQuery.IndexOf('?', StringComparison.Ordinal) is >= 0 and var mark ? PathAndQuery[mark..] : "";

    /// <inheritdoc/>
    public override string ToString() => Key;
}
