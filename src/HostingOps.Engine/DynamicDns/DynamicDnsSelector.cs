using HostingOps.Engine.Inventory;

namespace HostingOps.Engine.DynamicDns;

/// <summary>Finds dynamic records by name.</summary>
public static class DynamicDnsSelector
{
    /// <summary>The records whose names match, in full or up to the zone's name; all when there are no patterns.</summary>
    /// <exception cref="HostingException">DynamicDnsNotConfigured.</exception>
    public static IReadOnlyList<DynamicDnsRecord> Select(HostingInventory inventory, IReadOnlyList<string>? patterns)
    {
        if (inventory.DynamicDns.Count == 0)
        {
            throw NotConfigured(inventory.Path, "The inventory has no dynamic record.");
        }

        if (patterns is not { Count: > 0 })
        {
            return inventory.DynamicDns;
        }

        var found = new List<DynamicDnsRecord>();
        foreach (var text in patterns)
        {
            var pattern = NamePattern.Parse(text.TrimEnd('.'));
            var matches = inventory.DynamicDns.Where(record => pattern.IsMatch(record.Record) || pattern.IsMatch(Short(record.Record, inventory.Zone))).ToArray();
            if (matches.Length == 0 && !pattern.HasWildcards)
            {
                throw NotConfigured(text, $"The inventory has no dynamic record '{text}'; it has {string.Join(", ", inventory.DynamicDns)}.");
            }

            found.AddRange(matches.Except(found));
        }

        return found;
    }

    private static string Short(string record, string zone) =>
        record.EndsWith("." + zone, StringComparison.Ordinal) ? record[..^(zone.Length + 1)] : record;

    private static HostingException NotConfigured(string? target, string message) => new(
        ErrorIds.DynamicDnsNotConfigured,
        HostingErrorCategory.ObjectNotFound,
        target,
        message,
        "Add one under 'dynamicDns' in the inventory; docs/dynamic-dns.md shows how.");
}
