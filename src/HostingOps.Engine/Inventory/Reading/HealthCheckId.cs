using System.Text.RegularExpressions;
using HostingOps.Engine.Inventory.Yaml;

namespace HostingOps.Engine.Inventory.Reading;

/// <summary>Reads ids of Route 53 health checks.</summary>
internal static partial class HealthCheckId
{
    /// <summary>One id, or null when it was reported.</summary>
    public static string? Read(YamlScalar text, FindingCollector findings)
    {
        if (Pattern().IsMatch(text.Text))
        {
            return text.Text;
        }

        findings.Add(
            InventoryRules.BadText,
            text,
            $"{text.Description} is no id of a Route 53 health check.",
            "Write the id as 'aws route53 list-health-checks' prints it.");
        return null;
    }

    /// <summary>A site's ids, by host.</summary>
    public static IReadOnlyDictionary<string, string> ReadByHost(MapReader map, HostedSite site, FindingCollector findings)
    {
        var checks = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in map.Mapping("healthChecks")?.Entries ?? [])
        {
            if (key.Text != site.Primary.Name && key.Text != site.Secondary.Name)
            {
                findings.Add(
                    InventoryRules.UnknownHost,
                    key,
                    $"'healthChecks' of {map.Owner} names {key.Description}, which is not one of its hosts.",
                    $"Write '{NameSuggestion.Nearest(key.Text, [site.Primary.Name, site.Secondary.Name]) ?? site.Primary.Name}'.");
            }
            else if (value is not YamlScalar { IsNull: false } text)
            {
                findings.Add(InventoryRules.WrongType, key, $"'{key.Text}' is {value.Description}; the id of a Route 53 health check was expected.");
            }
            else if (Read(text, findings) is { } id)
            {
                checks[key.Text] = id;
            }
        }

        return checks;
    }

    // HealthCheckId of the Route 53 API: 64 characters at most.
    [GeneratedRegex("^[A-Za-z0-9-]{1,64}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
