using System.Net;
using HostingOps.Engine.DynamicDns.Deciding;
using HostingOps.Engine.Inventory.Yaml;

namespace HostingOps.Engine.Inventory.Reading;

/// <summary>Reads <c>uplinks</c>.</summary>
internal sealed class UplinkReader(IReadOnlyDictionary<string, SiteHost> hosts, IReadOnlyList<DynamicDnsRecord> records, FindingCollector findings)
{
    private readonly List<(IPNetwork Range, string Owner)> taken = [];

    public IReadOnlyList<UplinkSettings> Read(MapReader root)
    {
        var result = new List<UplinkSettings>();
        foreach (var (key, value) in root.Mapping("uplinks")?.Entries ?? [])
        {
            if (value is not YamlMap source)
            {
                findings.Add(InventoryRules.WrongType, value, $"Uplink '{key.Text}' is {value.Description}; a mapping was expected.", $"Write {key.Text}: {{ ranges: [198.51.100.0/24] }}.");
                continue;
            }

            if (NameSyntax.Judge(key, "uplink", findings))
            {
                result.Add(Uplink(key.Text, source));
            }
        }

        return result;
    }

    private UplinkSettings Uplink(string name, YamlMap source)
    {
        var map = new MapReader(source, InventoryKeys.Uplink, $"uplink '{name}'", findings);
        map.Require(source, "ranges");
        var reaction = map.Word("reaction", "none", "alert", "switchToMirror") switch
        {
            "none" => UplinkReaction.None,
            "switchToMirror" => UplinkReaction.SwitchToMirror,
            _ => UplinkReaction.Alert,
        };
        var settings = new UplinkSettings
        {
            Name = name,
            Ranges = Ranges(map, name),
            Reaction = reaction,
            Publish = map.Flag("publish") ?? reaction != UplinkReaction.SwitchToMirror,
            Hosts = Hosts(map),
        };
        if (reaction == UplinkReaction.SwitchToMirror && !map.Has("hosts") && !hosts.Values.Any(IsDynamic))
        {
            findings.Add(
                InventoryRules.UplinkWithoutEffect,
                map.At("reaction"),
                $"Uplink '{name}' shall switch to the mirror, but it names no 'hosts', and no host's 'cname' is a dynamic record.");
        }

        return settings;
    }

    private bool IsDynamic(SiteHost host) =>
        host.Cname is { } target && records.Any(record => string.Equals(record.Record, target.TrimEnd('.'), StringComparison.OrdinalIgnoreCase));

    private List<string> Ranges(MapReader map, string name)
    {
        var ranges = new List<string>();
        foreach (var item in map.Scalars("ranges", "address ranges") ?? [])
        {
            if (UplinkRanges.TryParse(item.Text) is not { } range)
            {
                findings.Add(InventoryRules.BadUplinkRange, item, $"A range of uplink '{name}' is {item.Description}; an address, or a range such as 198.51.100.0/24, was expected.");
                continue;
            }

            if (taken.FirstOrDefault(one => one.Owner != name && UplinkRanges.Overlap(one.Range, range)) is { Owner: { } owner })
            {
                findings.Add(InventoryRules.SharedUplinkRange, item, $"The range {item.Text} of uplink '{name}' has addresses of uplink '{owner}'.");
            }

            taken.Add((range, name));
            ranges.Add(item.Text);
        }

        return ranges;
    }

    private List<string> Hosts(MapReader map)
    {
        var named = new List<string>();
        foreach (var item in map.Scalars("hosts", "host names") ?? [])
        {
            if (hosts.ContainsKey(item.Text))
            {
                named.Add(item.Text);
                continue;
            }

            var nearest = NameSuggestion.Nearest(item.Text, hosts.Keys);
            findings.Add(
                InventoryRules.UnknownUplinkHost,
                item,
                $"{map.Owner[..1].ToUpperInvariant()}{map.Owner[1..]} names a host, {item.Description}, that is not under 'hosts'.",
                nearest is null ? null : $"Write '{nearest}'.");
        }

        return named;
    }
}
