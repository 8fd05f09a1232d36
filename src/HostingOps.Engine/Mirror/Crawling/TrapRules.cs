using System.Text.RegularExpressions;
using HostingOps.Engine.Mirror.Parsing;

namespace HostingOps.Engine.Mirror.Crawling;

/// <summary>
/// Recognizes links that must not be followed because they do something, and spaces of links without end. What is recognized by its words
/// is refused; what only looks endless is bounded. Not safe for several threads.
/// </summary>
internal sealed partial class TrapRules
{
    private const int LongestUrl = 2_000;
    private const int MostSegments = 40;

    // Ten years of months: a real calendar's past is there, its year 2999 is not.
    private const int MostCalendarPages = 120;
    private const int MostFacetPages = 300;
    private const int MostOfOneShape = 5_000;

    // A program asks for its pages by a few sets of names; filters that are freely combined make ever new ones.
    private const int MostNameSets = 12;
    private const int MostOfOneSegment = 3;
    private const int MostRepetitions = 25;

    private readonly Dictionary<string, int> shapes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (HashSet<string> NameSets, int Pages)> combined = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Hash, int Times)> sameBodies = new(StringComparer.Ordinal);

    /// <summary>Whether a URL of the mirror is one that HTTP can ask for and a manifest can hold.</summary>
    public static bool IsAskable(string key) => key.Length <= LongestUrl && !key.AsSpan().ContainsAnyExceptInRange('!', '~');

    /// <summary>Why a link must not be followed, or null. Counts it, so each link is to be shown once.</summary>
    /// <param name="place">Where it leads.</param>
    /// <param name="isAsset">Whether a browser fetches it by itself.</param>
    /// <param name="depth">Links from the start: a path that grows by links takes one for each part.</param>
    public string? Refuse(MirrorPlace place, bool isAsset, int depth = MostOfOneSegment + 1)
    {
        if (!IsAskable(place.Key))
        {
            return SkipReasons.NoUrl;
        }

        var segments = place.Path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (depth > MostOfOneSegment && (segments.Length > MostSegments || Repeats(segments)))
        {
            return SkipReasons.Repeating;
        }

        if (isAsset)
        {
            return null;
        }

        if (Array.Exists(segments, segment => ActingWord().IsMatch(segment)) || ActingQuery().IsMatch(place.Query))
        {
            return SkipReasons.Action;
        }

        var shape = Shape(place);
        if (sameBodies.TryGetValue(shape, out var same) && same.Times >= MostRepetitions)
        {
            return SkipReasons.SamePage;
        }

        if (CalendarPath().IsMatch(place.Path) || CalendarQuery().IsMatch(place.Query))
        {
            return Count(shape) > MostCalendarPages ? SkipReasons.Calendar : null;
        }

        return place.Query.Contains('&', StringComparison.Ordinal) && (IsFreelyCombined(place.Path, shape) || Count(shape) > MostOfOneShape) ? SkipReasons.Facets : null;
    }

    private int Count(string shape) => shapes[shape] = shapes.GetValueOrDefault(shape) + 1;

    private bool IsFreelyCombined(string path, string shape)
    {
        var (sets, pages) = combined.TryGetValue(path, out var known) ? known : (new HashSet<string>(StringComparer.Ordinal), 0);
        sets.Add(shape);
        combined[path] = (sets, pages + 1);
        return sets.Count > MostNameSets && pages >= MostFacetPages;
    }

    /// <summary>Takes note of a page's body: the same one again and again under URLs of one shape is a space without end.</summary>
    public void Saw(MirrorPlace place, string hash)
    {
        var shape = Shape(place);
        sameBodies[shape] = sameBodies.TryGetValue(shape, out var last) && last.Hash == hash ? (hash, last.Times + 1) : (hash, 0);
    }

    // Numbers and values dropped, names sorted: all months of a calendar, and all filters of a shop, look the same.
    private static string Shape(MirrorPlace place)
    {
        var path = Digits().Replace(place.Path, "#");
        return place.Query.Length == 0
            ? path
            : path + "?" + string.Join('&', place.Query[1..].Split('&').Select(static part => part.Split('=')[0]).Order(StringComparer.Ordinal));
    }

    // /a/a/a/a, or /a/b/a/b/a/b: a relative link that adds to the path each time.
    private static bool Repeats(string[] segments)
    {
        if (segments.Length > MostOfOneSegment && segments.GroupBy(static segment => segment, StringComparer.Ordinal).Any(static same => same.Count() > MostOfOneSegment))
        {
            return true;
        }

        const int times = 3;
        for (var length = 2; length <= 4; length++)
        {
            for (var end = segments.Length; end >= length * times; end--)
            {
                var repeats = true;
                for (var i = end - 1; i >= end - (length * (times - 1)) && repeats; i--)
                {
                    repeats = segments[i] == segments[i - length];
                }

                if (repeats)
                {
                    return true;
                }
            }
        }

        return false;
    }

    [GeneratedRegex(
        @"^(log[-_]?out|sign[-_]?out|log[-_]?off|sign[-_]?off|abmelden|d[eé]connexion|delete|remove|destroy|trash|unsubscribe|add[-_]to[-_]cart|add[-_]to[-_]wishlist|wp-login|wp-logout|xmlrpc|wp-cron)(\.(php|aspx?|jsp|do|cgi|html?))?$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ActingWord();

    [GeneratedRegex(
        @"[?&;](log[-_]?out|sign[-_]?out|(delete|remove)([-_]\w+)?|undo[-_]item|empty[-_]cart|add[-_]to[-_]cart|add[-_]to[-_]wishlist|replytocom|unsubscribe)(=|&|$)|[?&;](action|do|op|task|cmd|mode|act|a)=(log[-_]?out|sign[-_]?out|delete|remove|destroy|trash|edit|unsubscribe|rollback|purge)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ActingQuery();

    [GeneratedRegex(@"/(calendar|kalender|calendrier|calendario|cal|events?|termine|agenda|month|week|day|year)(/[^/]*)*\d", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex CalendarPath();

    [GeneratedRegex(@"[?&](cal|calendar|month|monat|week|day|year|jahr|date|tribe-bar-date|ical|from|to|mini|ym|yr)=[^&]*\d", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex CalendarQuery();

    [GeneratedRegex(@"[0-9]+")]
    private static partial Regex Digits();
}
