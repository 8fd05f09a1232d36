namespace HostingOps.Engine.Mirror.Parsing;

/// <summary>Finds the URLs of a srcset attribute (HTML Standard §4.8.4.2.4).</summary>
internal static class SrcsetReader
{
    /// <summary>Where each URL stands.</summary>
    public static IEnumerable<(int Start, int Length)> Find(string text)
    {
        var at = 0;
        while (true)
        {
            while (at < text.Length && (IsSpace(text[at]) || text[at] == ','))
            {
                at++;
            }

            if (at >= text.Length)
            {
                yield break;
            }

            var start = at;
            while (at < text.Length && !IsSpace(text[at]))
            {
                at++;
            }

            var end = at;
            while (end > start && text[end - 1] == ',')
            {
                end--;
            }

            yield return (start, end - start);
            if (end < at)
            {
                continue;
            }

            for (var depth = 0; at < text.Length && (depth > 0 || text[at] != ','); at++)
            {
                depth += text[at] == '(' ? 1 : text[at] == ')' && depth > 0 ? -1 : 0;
            }
        }
    }

    private static bool IsSpace(char character) => character is ' ' or '\t' or '\n' or '\f' or '\r';
}
