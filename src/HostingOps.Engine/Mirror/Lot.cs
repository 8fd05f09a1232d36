namespace HostingOps.Engine.Mirror;

/// <summary>Draws a share of many URLs, others in each run and the same again for the same run. Pure.</summary>
internal static class Lot
{
    /// <summary>Whether it falls on a URL.</summary>
    /// <param name="url">The URL.</param>
    /// <param name="run">What tells runs apart.</param>
    /// <param name="oneOf">One of so many.</param>
    public static bool FallsOn(string url, string run, int oneOf)
    {
        // FNV-1a, with its bits mixed at the end: names that differ in the last digit only would else be drawn in turn.
        var hash = 14695981039346656037UL;
        foreach (var character in run)
        {
            hash = (hash ^ character) * 1099511628211UL;
        }

        foreach (var character in url)
        {
            hash = (hash ^ character) * 1099511628211UL;
        }

        hash ^= hash >> 32;
        hash *= 0xd6e8feb86659fd93UL;
        hash ^= hash >> 32;
        return hash % (ulong)oneOf == 0;
    }
}
