using HostingOps.Engine.Inventory.Yaml;

namespace HostingOps.Engine.Inventory.Reading;

/// <summary>Reads http(s) addresses. They may carry credentials, so messages do not repeat them.</summary>
internal static class WebAddressReader
{
    /// <summary>One address, or null when there is none or it was reported.</summary>
    public static string? Read(MapReader map, string key, FindingCollector findings)
    {
        var text = map.Text(key);
        if (text is null || AddressSyntax.IsWebAddress(text))
        {
            return text;
        }

        findings.Add(
            InventoryRules.BadEndpoint,
            map.At(key),
            $"'{key}' of {map.Owner} is no web address; one that begins with http:// or https:// was expected.",
            "Write, for example, https://www.example.net/.");
        return null;
    }

    /// <summary>A list of addresses, or null when the key is missing.</summary>
    /// <param name="map">Where it stands.</param>
    /// <param name="key">Its key.</param>
    /// <param name="findings">Gets what is wrong.</param>
    /// <param name="look">Is shown each address.</param>
    public static List<string>? ReadList(MapReader map, string key, FindingCollector findings, Action<YamlScalar, Uri>? look = null)
    {
        if (map.Scalars(key, "http(s) addresses") is not { } items)
        {
            return null;
        }

        var addresses = new List<string>(items.Count);
        foreach (var item in items)
        {
            if (AddressSyntax.IsWebAddress(item.Text))
            {
                addresses.Add(item.Text);
                look?.Invoke(item, new Uri(item.Text));
            }
            else
            {
                findings.Add(
                    InventoryRules.BadEndpoint,
                    item,
                    $"An item of '{key}' in {map.Owner} is no web address; one that begins with http:// or https:// was expected.",
                    "Write, for example, https://www.example.net/.");
            }
        }

        return addresses;
    }
}
