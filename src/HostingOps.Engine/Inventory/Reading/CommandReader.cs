using HostingOps.Engine.Inventory.Yaml;

namespace HostingOps.Engine.Inventory.Reading;

/// <summary>Reads programs with their arguments that run on the redirector.</summary>
internal sealed class CommandReader(FindingCollector findings)
{
    /// <summary>One argv list, or null when there is none or it was reported.</summary>
    public IReadOnlyList<string>? Read(MapReader map, string key) => map.Has(key) ? Argv(map.At(key), key) : null;

    /// <summary>A list of argv lists, or null.</summary>
    public IReadOnlyList<IReadOnlyList<string>>? ReadList(MapReader map, string key)
    {
        if (map.List(key, "a list of argv lists") is not { } list)
        {
            return null;
        }

        return list.Items.Select(item => Argv(item, key)).OfType<IReadOnlyList<string>>().ToList();
    }

    private List<string>? Argv(YamlValue value, string key)
    {
        if (value is not YamlList { Items.Count: > 0 } list)
        {
            var what = value is YamlList ? "an empty list" : value.Description;
            findings.Add(InventoryRules.BadCommand, value, $"'{key}' holds {what}; a program and its arguments were expected.");
            return null;
        }

        var argv = new List<string>(list.Items.Count);
        foreach (var item in list.Items)
        {
            if (item is not YamlScalar { IsNull: false } scalar || scalar.Text.Any(char.IsControl) || (argv.Count == 0 && scalar.Text.Length == 0))
            {
                findings.Add(
                    InventoryRules.BadCommand,
                    item,
                    $"An argument in '{key}' is {item.Description}; a text without control characters was expected.");
                return null;
            }

            argv.Add(scalar.Text);
        }

        return argv;
    }
}
