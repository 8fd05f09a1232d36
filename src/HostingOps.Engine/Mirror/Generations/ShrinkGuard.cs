namespace HostingOps.Engine.Mirror.Generations;

/// <summary>Keeps a run that lost something from taking the current generation's place. Pure.</summary>
internal static class ShrinkGuard
{
    /// <summary>Why a run may not become current, or null.</summary>
    /// <param name="current">The current generation, or null.</param>
    /// <param name="next">The run's.</param>
    /// <param name="lost">URLs that the current generation has and that the site failed to answer in the run.</param>
    /// <param name="minPercent">The share of pages and of bytes that must be there again.</param>
    public static string? Judge(MirrorGeneration? current, MirrorGeneration next, IReadOnlyList<MirrorEntry> lost, double minPercent)
    {
        if (next.Pages == 0)
        {
            return next.Reason ?? "It has no page.";
        }

        if (current is null)
        {
            return null;
        }

        if (lost.Count > 0)
        {
            return FormattableString.Invariant($"The run lost {lost.Count} of what the current generation has: the site failed to answer for {WholeCheck.Said(lost[0])}.");
        }

        if (next.Pages * 100.0 < current.Pages * minPercent)
        {
            return FormattableString.Invariant($"It has {next.Pages} pages and the current generation {current.Pages}; at least {minPercent:0.#} % are expected.") + Why(next);
        }

        if (next.Bytes * 100.0 < current.Bytes * minPercent)
        {
            return FormattableString.Invariant($"It has {next.Bytes:N0} bytes and the current generation {current.Bytes:N0}; at least {minPercent:0.#} % are expected.") + Why(next);
        }

        return current.IsWhole && !next.IsWhole ? $"The current generation is whole and this one is not. {next.Reason}" : null;
    }

    // A run that was broken off has few pages because of that, and the reader wants to know of what.
    private static string Why(MirrorGeneration next) => next.Reason is { } reason ? " " + reason : "";
}
