namespace HostingOps.Engine.Mirror.Checking;

/// <summary>Chooses which URLs of a generation are asked for.</summary>
internal static class MirrorSample
{
    /// <summary>
    /// So many entries with an answer of their own, each as likely as any other, read once through. The front page is always among them.
    /// </summary>
    /// <param name="entries">The manifest.</param>
    /// <param name="count">How many at most.</param>
    /// <param name="random">Chooses.</param>
    public static IReadOnlyList<MirrorEntry> Choose(IEnumerable<MirrorEntry> entries, int count, Random random)
    {
        var chosen = new List<MirrorEntry>();
        MirrorEntry? front = null;
        var seen = 0;
        foreach (var entry in entries)
        {
            if (entry.Kind is not (MirrorEntryKind.Page or MirrorEntryKind.Asset or MirrorEntryKind.Redirect))
            {
                continue;
            }

            if (entry.Url == "/")
            {
                front = entry;
                continue;
            }

            seen++;
            if (chosen.Count < count)
            {
                chosen.Add(entry);
            }
            else if (random.Next(seen) is var place && place < count)
            {
                chosen[place] = entry;
            }
        }

        if (front is null || count == 0)
        {
            return chosen;
        }

        if (chosen.Count == count)
        {
            // Any of them, for the first ones seen can stand in few places only.
            chosen.RemoveAt(random.Next(count));
        }

        return [front, .. chosen];
    }
}
