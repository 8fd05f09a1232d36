using System.Globalization;
using HostingOps.Engine.Inventory.Yaml;

namespace HostingOps.Engine.Inventory.Reading;

/// <summary>
/// Typed access to one mapping. Reports keys it should not have when it is made, and values of the wrong type as they are
/// read; each getter answers null for what is missing or was reported.
/// </summary>
internal sealed class MapReader
{
    private readonly KeySet keys;
    private readonly FindingCollector findings;

    /// <param name="map">The mapping.</param>
    /// <param name="keys">The keys it may have.</param>
    /// <param name="owner">What it is, for messages: <c>site 'acme'</c>.</param>
    /// <param name="findings">Where findings go.</param>
    public MapReader(YamlMap map, KeySet keys, string owner, FindingCollector findings)
    {
        Map = map;
        Owner = owner;
        this.keys = keys;
        this.findings = findings;
        foreach (var entry in map.Entries)
        {
            var name = entry.Key.Text;
            if (!keys.Contains(name) && !(keys.Definition.Length == 0 && name.StartsWith(InventoryKeys.UserPrefix, StringComparison.Ordinal)))
            {
                var nearest = NameSuggestion.Nearest(name, keys.Keys);
                findings.Add(
                    InventoryRules.UnknownKey,
                    entry.Key,
                    $"{YamlScalar.Quote(name)} is not a key of {owner}.",
                    nearest is null ? $"Remove it, or use one of: {string.Join(", ", keys.Keys)}." : $"Write '{nearest}'.");
            }
        }
    }

    public YamlMap Map { get; }

    public string Owner { get; }

    /// <summary>The place of a value, or of the mapping when there is none.</summary>
    public YamlValue At(string key) => Map.TryGet(key, out var entry) ? entry.Value : Map;

    public bool Has(string key) => Map.TryGet(Known(key), out _);

    /// <summary>Reports required keys that are missing, at the place given.</summary>
    public void Require(YamlValue at, params ReadOnlySpan<string> required)
    {
        foreach (var key in required)
        {
            if (!Map.TryGet(Known(key), out _))
            {
                findings.Add(InventoryRules.MissingKey, at, $"{Capitalized(Owner)} has no '{key}'.", $"Add '{key}:' to {Owner}.");
            }
        }
    }

    public YamlScalar? Scalar(string key, string expected) => Scalar(key, expected, static text => text);

    // Thousands of sites are right for one that is wrong: the words for it are put together only then.
    private YamlScalar? Scalar<T>(string key, T about, Func<T, string> expected)
    {
        if (!Map.TryGet(Known(key), out var entry))
        {
            return null;
        }

        if (entry.Value is YamlScalar { IsNull: false } scalar)
        {
            return scalar;
        }

        Mistyped(entry, expected(about));
        return null;
    }

    /// <summary>A text that is not empty.</summary>
    public string? Text(string key)
    {
        var scalar = Scalar(key, "a text");
        if (scalar is { Text.Length: 0 })
        {
            findings.Add(InventoryRules.WrongType, scalar, $"'{key}' is empty; a text was expected.");
            return null;
        }

        return scalar?.Text;
    }

    public int? Number(string key, int least, int most)
    {
        if (Integer(key, (least, most), Range) is not { } number)
        {
            return null;
        }

        if (number < least || number > most)
        {
            findings.Add(InventoryRules.OutOfRange, At(key), FormattableString.Invariant($"'{key}' is {number}; {Range((least, most))} was expected."));
            return null;
        }

        return (int)number;

        static string Range((int Least, int Most) range) =>
            string.Create(CultureInfo.InvariantCulture, $"a whole number from {range.Least} to {range.Most}");
    }

    /// <summary>A whole number of any size that a long holds.</summary>
    public long? Integer(string key, string expected) => Integer(key, expected, static text => text);

    private long? Integer<T>(string key, T about, Func<T, string> expected)
    {
        if (Scalar(key, about, expected) is not { } scalar)
        {
            return null;
        }

        if (TryInteger(scalar.Text, out var number) && scalar.IsPlain)
        {
            return number;
        }

        findings.Add(
            InventoryRules.WrongType,
            scalar,
            $"'{key}' is {scalar.Description}; {expected(about)} was expected.",
            TryInteger(scalar.Text, out number) ? FormattableString.Invariant($"Write {number} without quotes.") : null);
        return null;
    }

    public bool? Flag(string key)
    {
        if (Scalar(key, "true or false") is not { } scalar)
        {
            return null;
        }

        if (scalar is { IsPlain: true, Text: "true" or "false" })
        {
            return scalar.Text == "true";
        }

        var meant = scalar.Text.ToLowerInvariant() switch
        {
            "true" or "yes" or "on" or "1" => "true",
            "false" or "no" or "off" or "0" => "false",
            _ => null,
        };
        findings.Add(
            InventoryRules.WrongType,
            scalar,
            $"'{key}' is {scalar.Description}; true or false was expected.",
            meant is null ? null : $"Write {meant}, without quotes.");
        return null;
    }

    public TimeSpan? Duration(string key, TimeSpan least, TimeSpan most)
    {
        if (Scalar(key, "a duration such as 30s") is not { } scalar)
        {
            return null;
        }

        if (!DurationText.TryParse(scalar.Text, out var duration))
        {
            var meant = DurationText.Suggest(scalar.Text);
            findings.Add(
                InventoryRules.BadDuration,
                scalar,
                $"'{key}' is {scalar.Description}; a duration such as 500ms, 5s, 15m, 1h or 2d was expected.",
                meant is null ? null : $"Write {meant}.");
            return null;
        }

        if (duration < least || duration > most)
        {
            findings.Add(
                InventoryRules.OutOfRange,
                scalar,
                $"'{key}' is {scalar.Description}; a duration from {DurationText.Format(least)} to {DurationText.Format(most)} was expected.");
            return null;
        }

        return duration;
    }

    /// <summary>One of a few words.</summary>
    public string? Word(string key, params string[] words) =>
        Scalar(key, words, static words => "one of " + string.Join(", ", words)) is { } scalar ? WordOf(scalar, key, words) : null;

    /// <summary>One of a few words, in a list or alone.</summary>
    public string? WordOf(YamlScalar scalar, string key, params string[] words)
    {
        if (Array.IndexOf(words, scalar.Text) >= 0)
        {
            return scalar.Text;
        }

        var nearest = NameSuggestion.Nearest(scalar.Text, words);
        findings.Add(
            InventoryRules.UnknownWord,
            scalar,
            $"'{key}' is {scalar.Description}; one of {string.Join(", ", words)} was expected.",
            nearest is null ? null : $"Write {nearest}.");
        return null;
    }

    public YamlMap? Mapping(string key)
    {
        if (!Map.TryGet(Known(key), out var entry) || entry.Value is YamlMap)
        {
            return entry.Value as YamlMap;
        }

        Mistyped(entry, "a mapping");
        return null;
    }

    public YamlList? List(string key, string expected)
    {
        if (!Map.TryGet(Known(key), out var entry) || entry.Value is YamlList)
        {
            return entry.Value as YamlList;
        }

        Mistyped(entry, expected);
        return null;
    }

    /// <summary>The mappings of a list; an item that is none is reported, with what it should look like.</summary>
    public IReadOnlyList<YamlMap> Mappings(string key, string example)
    {
        var maps = new List<YamlMap>();
        foreach (var item in List(key, "a list of mappings")?.Items ?? [])
        {
            if (item is YamlMap map)
            {
                maps.Add(map);
            }
            else
            {
                findings.Add(InventoryRules.WrongType, item, $"An item of '{key}' is {(item is YamlScalar ? "a text" : item.Description)}; a mapping was expected.", $"Write {example}.");
            }
        }

        return maps;
    }

    /// <summary>The scalars of a list; an item that is none is reported.</summary>
    public IReadOnlyList<YamlScalar>? Scalars(string key, string itemKind)
    {
        if (!Map.TryGet(Known(key), out var entry))
        {
            return null;
        }

        if (entry.Value is not YamlList list)
        {
            Mistyped(entry, $"a list of {itemKind}");
            return null;
        }

        var scalars = new List<YamlScalar>(list.Items.Count);
        foreach (var item in list.Items)
        {
            if (item is YamlScalar { IsNull: false } scalar)
            {
                scalars.Add(scalar);
            }
            else
            {
                findings.Add(InventoryRules.WrongType, item, $"An item of '{key}' is {item.Description}; a list of {itemKind} was expected.");
            }
        }

        return scalars;
    }

    private void Mistyped(YamlEntry entry, string expected)
    {
        var empty = entry.Value is YamlScalar { IsNull: true };
        findings.Add(
            InventoryRules.WrongType,
            // An empty value's place is wherever the next thing begins; the key says more.
            empty ? entry.Key : entry.Value,
            $"'{entry.Key.Text}' {(empty ? "has no value" : "is " + entry.Value.Description)}; {expected} was expected.",
            empty ? $"Give '{entry.Key.Text}' a value, or remove the key." : null);
    }

    // A key that the reader asks for must be one that the schema, the docs and the unknown-key check know.
    private string Known(string key) =>
        keys.Contains(key) ? key : throw new InvalidOperationException($"'{key}' is not in the key set of {Owner}.");

    private static bool TryInteger(string text, out long number) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number)
        && (text is "0" || text.TrimStart('-', '+') is [not '0', ..]);

    private static string Capitalized(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
