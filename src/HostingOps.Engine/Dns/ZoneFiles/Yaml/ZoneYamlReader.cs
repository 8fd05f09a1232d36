using HostingOps.Engine.Dns.Wire;
using HostingOps.Engine.Inventory;
using HostingOps.Engine.Inventory.Reading;
using HostingOps.Engine.Inventory.Yaml;

namespace HostingOps.Engine.Dns.ZoneFiles.Yaml;

/// <summary>Reads what <see cref="ZoneYamlWriter"/> writes. Size, depth and aliases are bounded as the inventory's are.</summary>
internal static class ZoneYamlReader
{
    /// <summary>Reads a file's text; null when it says nothing of a zone.</summary>
    public static (string Zone, IReadOnlyList<PlacedRecordSet> Sets)? Read(string text, ZoneFileProblems problems)
    {
        var findings = new FindingCollector("zone file");
        var tree = string.IsNullOrWhiteSpace(text) ? null : YamlTreeReader.Read(text, findings);
        if (tree is not YamlMap root)
        {
            if (!findings.HasErrors)
            {
                problems.Add(1, 1, "A mapping with 'version', 'zone' and 'recordSets' was expected.");
            }

            problems.Add(findings);
            return null;
        }

        var map = new MapReader(root, RecordSetKeys.Document, "the file", findings);
        map.Require(root, "version", "zone", "recordSets");
        map.Number("version", ZoneYamlWriter.Version, ZoneYamlWriter.Version);
        var zone = map.Text("zone") is { } name && DnsName.TryParse(name, out var parsed) ? parsed.ToLower().ToString() : null;
        if (zone is null && map.Has("zone"))
        {
            findings.Add(InventoryRules.BadDomain, map.At("zone"), "'zone' is no domain name.");
        }

        var sets = new List<PlacedRecordSet>();
        foreach (var item in map.List("recordSets", "a list of record sets")?.Items ?? [])
        {
            if (item is not YamlMap fields)
            {
                findings.Add(InventoryRules.WrongType, item, $"An item of 'recordSets' is {item.Description}; a record set was expected.");
            }
            else if (new RecordSetReader(findings).Read(fields) is { } set)
            {
                sets.Add(new PlacedRecordSet(set, item.Line, item.Column));
            }
        }

        problems.Add(findings);
        return zone is null ? null : (zone, sets);
    }
}
