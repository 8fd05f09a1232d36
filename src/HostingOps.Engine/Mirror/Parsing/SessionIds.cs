namespace HostingOps.Engine.Mirror.Parsing;

/// <summary>Takes out of a URL what only tells one visitor from another: with it, each page would be new on each visit.</summary>
internal static class SessionIds
{
    private static readonly string[] Names =
        ["phpsessid", "jsessionid", "aspsessionid", "sessionid", "session_id", "sid", "cfid", "cftoken", "osclsid", "zenid", "oscsid"];

    // "sid" is a session's id in some programs and a story's in others: those are short.
    private const int ShortestId = 16;

    /// <summary>The path and query without session ids.</summary>
    public static string Without(string pathAndQuery)
    {
        var mark = pathAndQuery.IndexOf('?', StringComparison.Ordinal);
        var path = mark < 0 ? pathAndQuery : pathAndQuery[..mark];
        for (int semicolon; (semicolon = path.IndexOf(";jsessionid=", StringComparison.OrdinalIgnoreCase)) >= 0;)
        {
            // Without the id it would lead to another folder.
            if (path[(path.LastIndexOf('/', semicolon) + 1)..semicolon].Replace("%2e", ".", StringComparison.OrdinalIgnoreCase) is "." or "..")
            {
                break;
            }

            var end = path.AsSpan(semicolon + 1).IndexOfAny('/', ';');
            path = end < 0 ? path[..semicolon] : path[..semicolon] + path[(semicolon + 1 + end)..];
        }

        if (mark < 0 || mark == pathAndQuery.Length - 1)
        {
            return mark < 0 ? path : path + "?";
        }

        var query = pathAndQuery[(mark + 1)..];
        var parts = query.Split('&');
        var kept = Array.FindAll(parts, static part => !IsSession(part));
        return kept.Length == parts.Length ? path + "?" + query : kept.Length == 0 ? path : path + "?" + string.Join('&', kept);
    }

    private static bool IsSession(string part)
    {
        var sign = part.IndexOf('=', StringComparison.Ordinal);
        return sign > 0 && part.Length - sign > ShortestId && Array.Exists(Names, name => part.AsSpan(0, sign).Equals(name, StringComparison.OrdinalIgnoreCase));
    }
}
