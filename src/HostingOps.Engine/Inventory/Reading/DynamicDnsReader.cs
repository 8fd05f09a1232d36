using HostingOps.Engine.DynamicDns.Asking;
using HostingOps.Engine.Inventory.Yaml;

namespace HostingOps.Engine.Inventory.Reading;

/// <summary>Reads <c>dynamicDns</c>.</summary>
/// <param name="folder">The inventory's folder, against which <c>caFile</c> is resolved, or null to leave it as written.</param>
/// <param name="readers">Readers of what others have too.</param>
/// <param name="findings">Where findings go.</param>
internal sealed class DynamicDnsReader(string? folder, InventoryReaders readers, FindingCollector findings)
{
    private readonly CommandReader commands = new(findings);

    public IReadOnlyList<DynamicDnsRecord> Read(MapReader root)
    {
        var result = new List<DynamicDnsRecord>();
        foreach (var source in root.Mappings("dynamicDns", "{ record: office, sources: [https://ip.example/, \"dns:myip.example@192.0.2.53\"] }"))
        {
            var map = new MapReader(source, InventoryKeys.DynamicDns, "a dynamicDns entry", findings);
            map.Require(source, "record", "sources");
            var sources = Sources(map);
            var builtIn = new DynamicDnsRecord { Record = "" };
            var settings = builtIn with
            {
                Sources = sources.ConvertAll(static one => one.Source.Text),
                Families = Families(map) ?? builtIn.Families,
                Quorum = map.Number("quorum", 1, 20) ?? builtIn.Quorum,
                Timeout = map.Duration("timeout", TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1)) ?? builtIn.Timeout,
                SettleCount = map.Number("settleCount", 1, 100) ?? builtIn.SettleCount,
                SettleTime = map.Duration("settleTime", TimeSpan.Zero, TimeSpan.FromDays(1)) ?? builtIn.SettleTime,
                Floor = map.Duration("floor", TimeSpan.Zero, TimeSpan.FromDays(7)) ?? builtIn.Floor,
                Ttl = readers.Ttl.Read(map) ?? builtIn.Ttl,
                AllowHttp = map.Flag("allowHttp") ?? builtIn.AllowHttp,
                CaFile = CaFile(map),
            };
            if (map.Text("record") is { } text && readers.Records?.Read(text, map.At("record"), $"dynamicDns '{text}'") is { } record)
            {
                result.Add(settings with { Record = record });
                Judge(map, settings, sources);
            }
        }

        return result;
    }

    private List<(AddressSource Source, YamlValue At)> Sources(MapReader map)
    {
        var sources = new List<(AddressSource, YamlValue)>();
        if (map.List("sources", "a list of address sources") is not { } list)
        {
            return sources;
        }

        if (list.Items.Count == 0)
        {
            findings.Add(InventoryRules.MissingKey, list, "'sources' is empty; at least two sources of the address were expected.", "Add an address that answers with the caller's own address.");
        }

        foreach (var item in list.Items)
        {
            var text = item switch
            {
                YamlScalar { IsNull: false } scalar => scalar.Text,
                YamlMap mapping => Mapped(mapping),
                _ => item.Description,
            };
            if (text is null)
            {
                continue;
            }

            if (AddressSource.TryParse(text, out var problem) is { } source)
            {
                sources.Add((source, item));
            }
            else
            {
                // It may carry a password, so it is not repeated.
                findings.Add(InventoryRules.BadAddressSource, item, $"An item of 'sources' in {map.Owner} is no source of an address: {problem}.");
            }
        }

        return sources;
    }

    private string? Mapped(YamlMap source)
    {
        var map = new MapReader(source, InventoryKeys.AddressSource, "an address source", findings);
        if (map.Has("command") == map.Has("interface"))
        {
            findings.Add(InventoryRules.BadAddressSource, source, "An address source that is a mapping has either 'command' or 'interface'.");
            return null;
        }

        return map.Has("command")
            ? commands.Read(map, "command") is { } argv ? AddressSource.CommandText(argv) : null
            : map.Text("interface") is { } name ? AddressSource.InterfaceText(name) : null;
    }

    private IReadOnlyList<PublicAddressFamily>? Families(MapReader map)
    {
        if (map.Scalars("families", "ipv4 and ipv6") is not { } items)
        {
            return null;
        }

        var families = items.Select(item => map.WordOf(item, "families", "ipv4", "ipv6")).OfType<string>()
            .Select(static word => word == "ipv4" ? PublicAddressFamily.IPv4 : PublicAddressFamily.IPv6).Distinct().Order().ToList();
        return families.Count == 0 ? null : families;
    }

    private string? CaFile(MapReader map)
    {
        if (map.Text("caFile") is not { } file || folder is null)
        {
            return map.Has("caFile") ? (map.At("caFile") as YamlScalar)?.Text : null;
        }

        var full = Path.GetFullPath(file, folder);
        if (!File.Exists(full))
        {
            findings.Add(InventoryRules.CaFileMissing, map.At("caFile"), $"There is no file '{full}'; a PEM file with root certificates was expected.");
        }

        return full;
    }

    private void Judge(MapReader map, DynamicDnsRecord settings, List<(AddressSource Source, YamlValue At)> sources)
    {
        foreach (var (_, at) in sources.Where(one => one.Source.IsPlain && !settings.AllowHttp))
        {
            findings.Add(InventoryRules.PlainAddressSource, at, "An address source is written with http://, and 'allowHttp' is not set: it is not asked.");
        }

        var voices = sources.Select(static one => one.Source.Operator).Distinct(StringComparer.OrdinalIgnoreCase).Count();
        if (sources.Count > 0 && voices < settings.Quorum)
        {
            findings.Add(
                InventoryRules.QuorumOutOfReach,
                map.At("sources"),
                FormattableString.Invariant($"The sources are of {voices} {(voices == 1 ? "operator" : "operators")}, and {settings.Quorum} must agree: no address is ever believed."));
        }
    }
}
