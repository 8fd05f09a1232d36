namespace HostingOps.Engine.Inventory;

/// <summary>What somebody probably meant.</summary>
public static class NameSuggestion
{
    private const int LongestName = 256;

    /// <summary>
    /// The candidate nearest to a mistyped name, without regard to case: at most one edit for names to 3 characters, two to 6,
    /// three beyond, where an edit inserts, drops or changes a character or swaps two neighbours (the optimal string alignment
    /// distance). Failing that, the only candidate that begins with the name. Null when nothing is near.
    /// </summary>
    public static string? Nearest(string name, IEnumerable<string> candidates)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(candidates);
        if (name.Length is 0 or > LongestName)
        {
            return null;
        }

        var wanted = name.ToLowerInvariant();
        var limit = wanted.Length <= 3 ? 1 : wanted.Length <= 6 ? 2 : 3;
        string? best = null;
        string? beginning = null;
        var beginnings = 0;
        foreach (var candidate in candidates)
        {
            if (candidate.StartsWith(wanted, StringComparison.OrdinalIgnoreCase))
            {
                beginning = candidate;
                beginnings++;
            }

            var distance = Distance(wanted, candidate, best is null ? limit : limit - 1);
            if (distance is null || distance >= Math.Min(wanted.Length, candidate.Length))
            {
                continue;
            }

            // From here on only something nearer counts, so that of equals the first stays.
            best = candidate;
            limit = distance.Value;
            if (limit == 0)
            {
                break;
            }
        }

        return best ?? (beginnings == 1 ? beginning : null);
    }

    // Null when the distance is over the limit.
    private static int? Distance(string wanted, string candidate, int limit)
    {
        if (Math.Abs(wanted.Length - candidate.Length) > limit || limit < 0)
        {
            return null;
        }

        var other = candidate.ToLowerInvariant();
        var twoBack = new int[other.Length + 1];
        var previous = new int[other.Length + 1];
        var current = new int[other.Length + 1];
        for (var column = 0; column <= other.Length; column++)
        {
            previous[column] = column;
        }

        for (var row = 1; row <= wanted.Length; row++)
        {
            current[0] = row;
            var least = row;
            for (var column = 1; column <= other.Length; column++)
            {
                var change = previous[column - 1] + (wanted[row - 1] == other[column - 1] ? 0 : 1);
                var cost = Math.Min(change, Math.Min(previous[column], current[column - 1]) + 1);
                if (row > 1 && column > 1 && wanted[row - 1] == other[column - 2] && wanted[row - 2] == other[column - 1])
                {
                    cost = Math.Min(cost, twoBack[column - 2] + 1);
                }

                current[column] = cost;
                least = Math.Min(least, cost);
            }

            if (least > limit)
            {
                return null;
            }

            (twoBack, previous, current) = (previous, current, twoBack);
        }

        return previous[other.Length] <= limit ? previous[other.Length] : null;
    }
}
