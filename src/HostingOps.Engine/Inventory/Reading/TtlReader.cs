using HostingOps.Engine.Inventory.Yaml;

namespace HostingOps.Engine.Inventory.Reading;

/// <summary>TTLs in seconds (RFC 2181 §8), held against the policy.</summary>
internal sealed class TtlReader(int maxTtl, FindingCollector findings)
{
    /// <summary>The TTL of the mapping's <c>ttl</c> key, or null when there is none or it cannot be used.</summary>
    public int? Read(MapReader map)
    {
        if (map.Integer("ttl", "a whole number of seconds") is not { } ttl)
        {
            return null;
        }

        var at = map.At("ttl");
        if (ttl is < 0 or > int.MaxValue)
        {
            findings.Add(InventoryRules.BadTtl, at, FormattableString.Invariant($"The TTL of {map.Owner} is {ttl}; 0 to {int.MaxValue} seconds were expected."));
            return null;
        }

        if (ttl == 0)
        {
            findings.Add(InventoryRules.ZeroTtl, at, $"The TTL of {map.Owner} is 0.");
        }

        Judge((int)ttl, at, map.Owner);
        return (int)ttl;
    }

    /// <summary>Warns of a TTL above the policy.</summary>
    public void Judge(int ttl, YamlValue at, string owner)
    {
        if (ttl > maxTtl)
        {
            findings.Add(
                InventoryRules.HighTtl,
                at,
                FormattableString.Invariant($"The TTL of {owner} is {ttl} s, above policy.maxTtl of {maxTtl} s; a failover takes as long to reach visitors."),
                FormattableString.Invariant($"Lower it to {maxTtl} or less, or raise policy.maxTtl."));
        }
    }
}
