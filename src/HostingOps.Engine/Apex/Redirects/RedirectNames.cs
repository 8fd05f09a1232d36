namespace HostingOps.Engine.Apex.Redirects;

/// <summary>Reads the names back out of a generated nginx configuration.</summary>
internal static class RedirectNames
{
    private const string Start = "map $host $hostingops_apex_target {";

    /// <summary>Each name and the name that it leads to; empty for a text that is not ours.</summary>
    public static IReadOnlyDictionary<string, string> Read(string text)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        var inside = false;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (!inside)
            {
                inside = line.SequenceEqual(Start);
                continue;
            }

            if (line is "}")
            {
                break;
            }

            if (line.Trim().ToString().TrimEnd(';').Split(' ') is [var host, var target] && host != "default")
            {
                names[host] = target;
            }
        }

        return names;
    }
}
