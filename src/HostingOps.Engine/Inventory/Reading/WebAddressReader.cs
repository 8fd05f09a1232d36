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
    public static List<string>? ReadList(MapReader map, string key, FindingCollector findings)
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
