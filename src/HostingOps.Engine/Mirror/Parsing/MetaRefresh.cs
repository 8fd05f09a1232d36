namespace HostingOps.Engine.Mirror.Parsing;

/// <summary>Finds the URL of a meta refresh (HTML Standard §4.2.5.3).</summary>
internal static class MetaRefresh
{
    /// <summary>Where it stands; nothing when the page refreshes itself.</summary>
    public static IEnumerable<(int Start, int Length)> Find(string content)
    {
        var at = 0;
        while (at < content.Length && (char.IsWhiteSpace(content[at]) || char.IsAsciiDigit(content[at]) || content[at] == '.'))
        {
            at++;
        }

        while (at < content.Length && (char.IsWhiteSpace(content[at]) || content[at] is ';' or ','))
        {
            at++;
        }

        if (content.AsSpan(at).StartsWith("url", StringComparison.OrdinalIgnoreCase))
        {
            var sign = at + 3;
            while (sign < content.Length && char.IsWhiteSpace(content[sign]))
            {
                sign++;
            }

            if (sign < content.Length && content[sign] == '=')
            {
                at = sign + 1;
                while (at < content.Length && char.IsWhiteSpace(content[at]))
                {
                    at++;
                }
            }
        }

        var end = content.Length;
        if (at < content.Length && content[at] is '"' or '\'')
        {
            var close = content.IndexOf(content[at], at + 1);
            end = close < 0 ? end : close;
            at++;
        }

        if (end > at)
        {
            yield return (at, end - at);
        }
    }
}
