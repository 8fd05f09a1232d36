using System.Text.RegularExpressions;
using HostingOps.Engine.Inventory.Yaml;

namespace HostingOps.Engine.Inventory.Reading;

/// <summary>Reads the top-level parts that are no sites: AWS, name servers, limits.</summary>
internal sealed partial class SettingsReader(FindingCollector findings)
{
    public AwsSettings ReadAws(YamlMap source)
    {
        var map = new MapReader(source, InventoryKeys.Aws, "aws", findings);
        var region = map.Text("region");
        if (region is not null && !RegionPattern().IsMatch(region))
        {
            findings.Add(InventoryRules.BadText, map.At("region"), $"'region' is {YamlScalar.Quote(region)}; a region's code was expected.", "Write, for example, eu-west-1.");
        }

        return new AwsSettings
        {
            Profile = map.Text("profile"),
            Region = region,
            EndpointUrl = WebAddressReader.Read(map, "endpointUrl", findings),
        };
    }

    /// <summary>The zone's id without the prefix that AWS's own tools print.</summary>
    public string? ReadZoneId(MapReader root)
    {
        const string Prefix = "/hostedzone/";
        var text = root.Text("zoneId");
        var id = text?.StartsWith(Prefix, StringComparison.Ordinal) == true ? text[Prefix.Length..] : text;
        if (id is not null && !ZoneIdPattern().IsMatch(id))
        {
            findings.Add(
                InventoryRules.BadText,
                root.At("zoneId"),
                $"'zoneId' is {YamlScalar.Quote(text!)}; the id of a Route 53 hosted zone was expected.",
                "Write the id as 'aws route53 list-hosted-zones' prints it, for example Z0123456789ABCDEFGHIJ.");
        }

        return id;
    }

    public IReadOnlyList<string> ReadNameServers(MapReader root)
    {
        var servers = root.Scalars("nameServers", "addresses") ?? [];
        foreach (var server in servers.Where(static server => !AddressSyntax.IsEndpoint(server.Text, allowName: false, portOptional: true)))
        {
            findings.Add(
                InventoryRules.BadEndpoint,
                server,
                $"The name server {server.Description} is no address; an IP address with or without a port was expected.",
                "Write, for example, 127.0.0.1:5300 or \"[::1]:5300\".");
        }

        return servers.Select(static server => server.Text).ToList();
    }

    public SyncPolicy ReadSync(YamlMap source)
    {
        var builtIn = new SyncPolicy();
        var map = new MapReader(source, InventoryKeys.Sync, "sync", findings);
        return new SyncPolicy
        {
            MaxChanges = map.Number("maxChanges", 0, 1_000_000) ?? builtIn.MaxChanges,
            MaxPercent = map.Number("maxPercent", 0, 100) ?? builtIn.MaxPercent,
        };
    }

    // ResourceId of the Route 53 API: 32 characters at most.
    [GeneratedRegex("^[A-Z0-9]{1,32}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex ZoneIdPattern();

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*\\z", RegexOptions.CultureInvariant)]
    private static partial Regex RegionPattern();
}
