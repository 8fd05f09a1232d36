using HostingOps.Engine.Mirror.Parsing;

namespace HostingOps.Engine.Mirror.Generations;

/// <summary>
/// Counts what a generation has and what it lacks, entry by entry, and judges whether it is whole: a crawl that came to its end, no own
/// answer that failed, and no more of what its documents ask for and lead to missing than allowed. Pure; not safe for several threads.
/// </summary>
internal sealed class WholeCheck
{
    private const int LongestTrail = 10;

    // One dead link is over any usual share of a site of a few pages.
    private const int AlwaysAllowed = 1;

    private readonly List<MirrorEntry> entries = [];
    private readonly Dictionary<string, MirrorEntry> settled = new(StringComparer.Ordinal);
    private readonly HashSet<string> assets = new(StringComparer.Ordinal);
    private readonly HashSet<string> links = new(StringComparer.Ordinal);
    private readonly List<MirrorEntry> failures = [];

    /// <summary>What was taken in, in that order, without links.</summary>
    public IReadOnlyList<MirrorEntry> Entries => entries;

    /// <summary>HTML pages.</summary>
    public int Pages { get; private set; }

    /// <summary>Other files.</summary>
    public int Assets { get; private set; }

    /// <summary>Redirects.</summary>
    public int Redirects { get; private set; }

    /// <summary>Bytes of all files.</summary>
    public long Bytes { get; private set; }

    /// <summary>The site's own URLs that the site failed to answer: 5xx, 429, or nothing at all.</summary>
    public IReadOnlyList<MirrorEntry> Failures => failures;

    /// <summary>Whether the site itself, not another host of assets, failed to answer.</summary>
    public static bool IsFailure(MirrorEntry entry) =>
        entry.Kind == MirrorEntryKind.Failed
        && entry.Status is 0 or 429 or >= 500
        && !entry.Url.StartsWith(MirrorPlace.Reserved, StringComparison.Ordinal);

    /// <summary>Takes one entry in.</summary>
    public void Add(MirrorEntry entry)
    {
        // Links are folded into the two sets at once: kept with each page they would fill the memory.
        var alone = entry.Links.Count == 0 ? entry : entry with { Links = [] };
        entries.Add(alone);
        settled[entry.Url] = alone;
        foreach (var link in entry.Links)
        {
            (link.IsAsset ? assets : links).Add(link.Url);
        }

        switch (entry.Kind)
        {
            case MirrorEntryKind.Page:
                Pages++;
                break;
            case MirrorEntryKind.Asset:
                Assets++;
                break;
            case MirrorEntryKind.Redirect:
                Redirects++;
                break;
            default:
                break;
        }

        Bytes += entry.File is null ? 0 : entry.Length;
        if (IsFailure(entry))
        {
            failures.Add(entry);
        }
    }

    /// <summary>The verdict over all that was taken in.</summary>
    /// <param name="maxMissingPercent">The share of links and assets that may be missing; a single one always may, unless it is 0.</param>
    /// <param name="ended">Why the crawl ended early, or null.</param>
    public WholeVerdict Judge(double maxMissingPercent, string? ended)
    {
        var missingAssets = assets.Where(IsMissing).Order(StringComparer.Ordinal).ToArray();
        var brokenLinks = links.Where(url => !assets.Contains(url) && IsMissing(url)).Order(StringComparer.Ordinal).ToArray();
        var asked = assets.Count + links.Count(url => !assets.Contains(url));
        var missing = missingAssets.Length + brokenLinks.Length;
        var percent = asked == 0 ? 0 : 100.0 * missing / asked;
        string? reason = null;
        if (ended is not null)
        {
            reason = $"The crawl ended before it had everything: {ended.TrimEnd('.')}.";
        }
        else if (Pages == 0)
        {
            reason = "It has no page.";
        }
        else if (failures.Count > 0)
        {
            reason = FormattableString.Invariant($"The site failed to answer for {failures.Count} of its own URLs, the first {Said(failures[0])}.");
        }
        else if (percent > maxMissingPercent && missing > (maxMissingPercent > 0 ? AlwaysAllowed : 0))
        {
            var first = missingAssets.Concat(brokenLinks).First();
            reason = FormattableString.Invariant(
                $"{missing} of {asked} links and assets lead to nothing ({percent:0.#} %, {maxMissingPercent:0.#} % are allowed), the first {first}.");
        }

        return new(missingAssets, brokenLinks, reason);
    }

    /// <summary>A failed answer in words.</summary>
    public static string Said(MirrorEntry entry) =>
        $"{entry.Url} ({entry.Reason?.TrimEnd('.') ?? (entry.Status == 0 ? "no answer" : FormattableString.Invariant($"status {entry.Status}"))})";

    // What is skipped by rule (robots, exclude) was never to be there; what nobody settled is as missing as a 404.
    private bool IsMissing(string url)
    {
        for (var hop = 0; hop < LongestTrail; hop++)
        {
            if (!settled.TryGetValue(url, out var entry) || entry.Kind is MirrorEntryKind.Missing or MirrorEntryKind.Failed)
            {
                return true;
            }

            if (entry.Kind != MirrorEntryKind.Redirect || entry.Location is not ['/', not '/', ..] and not "/")
            {
                return false;
            }

            var fragment = entry.Location.IndexOf('#', StringComparison.Ordinal);
            url = fragment < 0 ? entry.Location : entry.Location[..fragment];
        }

        return true;
    }
}
