using System.Globalization;
using System.Text;

namespace HostingOps.Engine.Inventory.Writing;

/// <summary>The dynamic records and the uplinks as YAML: what differs from the built-in values.</summary>
internal static class DynamicDnsText
{
    public static void Append(StringBuilder yaml, HostingInventory inventory)
    {
        if (inventory.DynamicDns.Count > 0)
        {
            yaml.Append("dynamicDns:\n");
            foreach (var record in inventory.DynamicDns)
            {
                yaml.Append("  - ").Append(YamlText.Map(
                    [("record", SiteText.RecordOf(record.Record, inventory.Zone)), ("sources", YamlText.List(record.Sources)), .. Changed(record)])).Append('\n');
            }
        }

        if (inventory.Uplinks.Count > 0)
        {
            yaml.Append("uplinks:\n");
            foreach (var uplink in inventory.Uplinks)
            {
                yaml.Append("  ").Append(YamlText.Scalar(uplink.Name)).Append(": ").Append(YamlText.Map(Of(uplink))).Append('\n');
            }
        }
    }

    /// <summary>Each setting of a dynamic record but its sources, in the documented order; null for none.</summary>
    public static IEnumerable<(string Key, string? Value)> Of(DynamicDnsRecord record) =>
    [
        ("families", "[" + string.Join(", ", record.Families.Select(static family => family == PublicAddressFamily.IPv4 ? "ipv4" : "ipv6")) + "]"),
        ("quorum", record.Quorum.ToString(CultureInfo.InvariantCulture)),
        ("timeout", DurationText.Format(record.Timeout)),
        ("settleCount", record.SettleCount.ToString(CultureInfo.InvariantCulture)),
        ("settleTime", DurationText.Format(record.SettleTime)),
        ("floor", DurationText.Format(record.Floor)),
        ("ttl", record.Ttl.ToString(CultureInfo.InvariantCulture)),
        ("allowHttp", record.AllowHttp ? "true" : "false"),
        ("caFile", record.CaFile is { } file ? YamlText.Scalar(file) : null),
    ];

    private static IEnumerable<(string Key, string Value)> Changed(DynamicDnsRecord record) =>
        Of(record).Zip(Of(new DynamicDnsRecord { Record = "" }))
            .Where(static pair => pair.First.Value is not null && pair.First.Value != pair.Second.Value)
            .Select(static pair => (pair.First.Key, pair.First.Value!));

    private static IEnumerable<(string Key, string Value)> Of(UplinkSettings uplink)
    {
        yield return ("ranges", YamlText.List(uplink.Ranges));
        yield return ("reaction", uplink.Reaction switch
        {
            UplinkReaction.None => "none",
            UplinkReaction.SwitchToMirror => "switchToMirror",
            _ => "alert",
        });
        yield return ("publish", uplink.Publish ? "true" : "false");
        if (uplink.Hosts.Count > 0)
        {
            yield return ("hosts", YamlText.List(uplink.Hosts));
        }
    }
}
