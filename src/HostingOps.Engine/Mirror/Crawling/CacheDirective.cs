namespace HostingOps.Engine.Mirror.Crawling;

/// <summary>One directive of a Cache-Control header (RFC 9111 §5.2).</summary>
/// <param name="Name">In lower case.</param>
/// <param name="Argument">Its argument, without quotes, or null.</param>
internal readonly record struct CacheDirective(string Name, string? Argument)
{
    /// <summary>The name of what cannot be read.</summary>
    public const string Unreadable = "";

    /// <summary>Reads a header's value. Commas between quotes are no ends; .NET's own reader refuses quoted numbers and large ones.</summary>
    public static IEnumerable<CacheDirective> ReadAll(string value)
    {
        for (var at = 0; at < value.Length;)
        {
            var end = at;
            while (end < value.Length && value[end] is not (',' or '='))
            {
                end++;
            }

            var name = value[at..end].Trim().ToLowerInvariant();
            if (end == value.Length || value[end] == ',')
            {
                at = end + 1;
                if (name.Length > 0)
                {
                    yield return new CacheDirective(name, null);
                }

                continue;
            }

            var argument = ReadArgument(value, end + 1, out at);
            yield return argument is null || name.Length == 0 ? new CacheDirective(Unreadable, null) : new CacheDirective(name, argument);
        }
    }

    private static string? ReadArgument(string value, int at, out int next)
    {
        while (at < value.Length && value[at] is ' ' or '\t')
        {
            at++;
        }

        var isQuoted = at < value.Length && value[at] == '"';
        var end = isQuoted ? value.IndexOf('"', at + 1) : value.IndexOf(',', at);
        if (isQuoted)
        {
            // What follows the quote up to the comma belongs to nothing.
            var comma = end < 0 ? -1 : value.IndexOf(',', end);
            next = comma < 0 ? value.Length : comma + 1;
            return end < 0 ? null : value[(at + 1)..end];
        }

        next = end < 0 ? value.Length : end + 1;
        return value[at..(end < 0 ? value.Length : end)].Trim();
    }
}
