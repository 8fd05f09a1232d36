using System.Text.RegularExpressions;

namespace HostingOps.Engine.Mirror.Serving;

/// <summary>
/// Which parameters of a query choose what is shown. Learnt from the mirror: those of URLs whose answer is not that of their path
/// alone. Others, such as what advertisements and newsletters add, are ignored. Pure.
/// </summary>
internal sealed class QueryRule
{
    /// <summary>Parameters that never choose: they tell a site where a visitor came from.</summary>
    public const string Trackers =
        "utm_[a-z_]+|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|mc_[ce]id|_ga|_gl|_hs[a-z]+|yclid|igshid|srsltid|ttclid|twclid|li_fat_id|mtm_[a-z]+|pk_[a-z]+|ref_src";

    // nginx takes no word of over 4,096 bytes, and the names stand four times in the longest.
    private const int MostCharacters = 900;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);
    private static readonly Regex Tracker = new($@"^(?:{Trackers})\z", RegexOptions.CultureInvariant, Limit);

    private readonly Regex? chooses;
    private readonly Regex? tail;

    private QueryRule(IReadOnlyCollection<string> names)
    {
        if (names.Count == 0)
        {
            return;
        }

        var joined = string.Join('|', names.Order(StringComparer.Ordinal).Select(ServerText.Pattern));
        Name = joined.Length <= MostCharacters ? $"(?:{joined})" : null;
        var name = Name ?? $"(?!(?:{Trackers})(?:[=&]|$))[^?&=]+";
        Chooses = $"[?&]{name}(?:[=&]|$)";
        Tail = $@"^([^?]*\?(?:{name}(?:=[^&]*)?&)*{name}(?:=[^&]*)?)(?:&(?!{name}(?:[=&]|$))[^&]*)+$";
        chooses = new Regex(Chooses, RegexOptions.CultureInvariant, Limit);
        tail = new Regex(Tail, RegexOptions.CultureInvariant, Limit);
    }

    /// <summary>Matches a name that chooses; null when there are none, or so many that every name but <see cref="Trackers"/> does.</summary>
    public string? Name { get; }

    /// <summary>Matches a URL with a query that chooses, or null when none does.</summary>
    public string? Chooses { get; }

    /// <summary>Matches a URL whose query chooses and then goes on; its first group is the URL without that. Null when none chooses.</summary>
    public string? Tail { get; }

    /// <summary>The rule that a mirror's URLs give.</summary>
    /// <param name="answers">What is answered for each URL.</param>
    public static QueryRule Create(IReadOnlyDictionary<string, ServedAnswer> answers)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var path in answers.GroupBy(static pair => PathOf(pair.Key), StringComparer.Ordinal))
        {
            var alone = answers.GetValueOrDefault(path.Key);

            // A style sheet that is only known with its version is the same with any other.
            if (alone is null && path.First().Value is { IsPage: false } first && path.All(one => one.Value.IsSameAs(first)))
            {
                continue;
            }

            foreach (var (url, _) in path.Where(one => !one.Value.IsSameAs(alone)))
            {
                names.UnionWith(NamesOf(url));
            }
        }

        return new QueryRule(names);
    }

    /// <summary>What a URL is looked up by: its path alone, or with the part of its query that chooses.</summary>
    public string KeyOf(string url) =>
        tail?.Match(url) is { Success: true } cut ? cut.Groups[1].Value
        : chooses?.IsMatch(url) == true ? url
        : PathOf(url);

    /// <summary>A URL without its query.</summary>
    public static string PathOf(string url) => url.IndexOf('?', StringComparison.Ordinal) is >= 0 and var at ? url[..at] : url;

    private static IEnumerable<string> NamesOf(string url) => url[PathOf(url).Length..].TrimStart('?').Split('&')
        .Select(static pair => pair.Split('=')[0])
        .Where(static name => name.Length > 0 && !Tracker.IsMatch(name));
}
