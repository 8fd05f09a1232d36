namespace HostingOps.Engine.Inventory.Yaml;

/// <summary>A mapping in the file's order. No key is in it twice.</summary>
internal sealed class YamlMap(int line, int column) : YamlValue(line, column)
{
    // Most mappings have a handful of keys, for which a walk is faster than a table.
    private const int TableFrom = 16;

    private readonly List<YamlEntry> entries = [];
    private Dictionary<string, int>? table;

    public IReadOnlyList<YamlEntry> Entries => entries;

    public override string Description => "a mapping";

    public bool TryGet(string key, out YamlEntry entry)
    {
        if (table is not null)
        {
            var found = table.TryGetValue(key, out var index);
            entry = found ? entries[index] : default;
            return found;
        }

        foreach (var candidate in entries)
        {
            if (candidate.Key.Text == key)
            {
                entry = candidate;
                return true;
            }
        }

        entry = default;
        return false;
    }

    public void Add(YamlEntry entry)
    {
        entries.Add(entry);
        Weight += 1 + entry.Value.Weight;
        Height = Math.Max(Height, entry.Value.Height + 1);
        if (table is not null)
        {
            table.Add(entry.Key.Text, entries.Count - 1);
        }
        else if (entries.Count == TableFrom)
        {
            table = new Dictionary<string, int>(StringComparer.Ordinal);
            for (var index = 0; index < entries.Count; index++)
            {
                table.Add(entries[index].Key.Text, index);
            }
        }
    }
}
