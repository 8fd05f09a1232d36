using HostingOps.Engine.Mirror.Generations;

namespace HostingOps.Engine.Mirror.Serving;

/// <summary>
/// How a generation is served, made from its manifest: what a web server finds by itself, and what it must be told, which is only
/// what it would not find or would send with another type. Pure.
/// </summary>
internal sealed class ServingTable
{
    /// <summary>Longer ones fit into no configuration.</summary>
    public const int LongestKey = 1800;

    private const int LongestFile = 1000;

    private readonly IReadOnlyList<string> toldTypes = [];
    private readonly Dictionary<string, int> numbers = [];

    private ServingTable()
    {
    }

    /// <summary>What is looked up before any file, by path or by path and query: <see cref="QueryRule.KeyOf"/>.</summary>
    public required IReadOnlyDictionary<string, ServedAnswer> Told { get; init; }

    /// <summary>The type of natural files by extension, the empty one for none.</summary>
    public required IReadOnlyDictionary<string, string> Types { get; init; }

    /// <summary>Types of files that are told, in order: a target names one by its number.</summary>
    public required IReadOnlyList<string> ToldTypes
    {
        get => toldTypes;
        init => (toldTypes, numbers) = (value, value.Select(static (type, number) => (type, number)).ToDictionary(static pair => pair.type, static pair => pair.number, StringComparer.Ordinal));
    }

    /// <summary>The number of a told file's type.</summary>
    public int NumberOf(ServedAnswer answer) => numbers[answer.Type!];

    /// <summary>Which queries choose.</summary>
    public required QueryRule Query { get; init; }

    /// <summary>The page for what does not exist, or null.</summary>
    public ServedAnswer? NotFound { get; init; }

    /// <summary>Whether browsers may be told to take types at their word.</summary>
    public bool IsPlain { get; init; }

    /// <summary>URLs that no configuration can hold.</summary>
    public required IReadOnlyList<string> LeftOut { get; init; }

    /// <summary>Makes it.</summary>
    /// <param name="entries">The manifest.</param>
    public static ServingTable Create(IReadOnlyList<MirrorEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        List<string> leftOut = [];
        var answers = new Dictionary<string, ServedAnswer>(StringComparer.Ordinal);
        ServedAnswer? notFound = null;
        foreach (var entry in entries)
        {
            if (entry is { Kind: MirrorEntryKind.NotFoundPage, File: { Length: <= LongestFile } page })
            {
                notFound ??= new ServedAnswer(404, page, ServedType.Of(entry), null, entry.FileHash, IsPage: true);
                continue;
            }

            if (ServedAnswer.Of(entry) is not { } answer)
            {
                continue;
            }

            if (entry.Url.Length > LongestKey || answer.File?.Length > LongestFile || entry.Url is not ['/', ..] || ServerText.IsStrange(entry.Url) || answer.File?.Any(char.IsControl) == true)
            {
                leftOut.Add(entry.Url);
            }
            else
            {
                answers[entry.Url] = answer;
            }
        }

        var query = QueryRule.Create(answers);
        var wanted = Keyed(answers, query);
        var natural = new NaturalFiles(answers.Values.Where(static answer => answer.File is not null).Select(static answer => answer.File!));
        var types = TypesOf(wanted, natural);
        var told = new SortedDictionary<string, ServedAnswer>(StringComparer.Ordinal);
        foreach (var (key, answer) in wanted)
        {
            if (answer.File is null || natural.Find(key) != answer.File || answer.Type != types.GetValueOrDefault(ContentExtension.OfName(answer.File) ?? ""))
            {
                told.Add(key, answer);
            }
        }

        return new ServingTable
        {
            Told = told,
            Types = types,
            ToldTypes = told.Values.Append(notFound).Select(static answer => answer?.Type).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList(),
            Query = query,
            NotFound = notFound,
            IsPlain = wanted.Values.All(static answer => answer.File is null || ServedType.IsPlain(answer.File, answer.Type!)),
            LeftOut = leftOut,
        };
    }

    /// <summary>Several URLs may be looked up by one key: the key's own counts first, then what is there, then in order.</summary>
    private static Dictionary<string, ServedAnswer> Keyed(Dictionary<string, ServedAnswer> answers, QueryRule query)
    {
        var wanted = new Dictionary<string, ServedAnswer>(StringComparer.Ordinal);
        foreach (var (url, answer) in answers.OrderBy(pair => (query.KeyOf(pair.Key) == pair.Key ? 0 : 2) + (pair.Value.Status == 503 ? 1 : 0)).ThenBy(static pair => pair.Key, StringComparer.Ordinal))
        {
            var key = query.KeyOf(url);

            // Only a page may be in the way of a path that is not in the mirror itself.
            if (key == url || answer.Status != 503)
            {
                wanted.TryAdd(key, answer);
            }
        }

        return wanted;
    }

    private static Dictionary<string, string> TypesOf(Dictionary<string, ServedAnswer> wanted, NaturalFiles natural) => wanted
        .Where(pair => pair.Value.File is { } file && natural.Find(pair.Key) == file && (ContentExtension.OfName(file) is not null || !file[(file.LastIndexOf('/') + 1)..].Contains('.', StringComparison.Ordinal)))
        .GroupBy(static pair => ContentExtension.OfName(pair.Value.File!) ?? "", StringComparer.Ordinal)
        .ToDictionary(
            static group => group.Key,
            static group => group.GroupBy(static pair => pair.Value.Type!, StringComparer.Ordinal).OrderByDescending(static same => same.Count()).ThenBy(static same => same.Key, StringComparer.Ordinal).First().Key,
            StringComparer.Ordinal);
}
