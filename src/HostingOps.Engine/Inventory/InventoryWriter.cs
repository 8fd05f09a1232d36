using System.Globalization;
using System.Text;
using HostingOps.Engine.Inventory.Writing;

namespace HostingOps.Engine.Inventory;

/// <summary>Writes inventories as YAML.</summary>
public static class InventoryWriter
{
    /// <summary>The customary name of the JSON Schema, beside the inventory.</summary>
    public const string SchemaFileName = "hosting.schema.json";

    /// <summary>A commented inventory to begin with, which loads without findings.</summary>
    /// <param name="schema">Path (from the inventory) or address of the JSON Schema, for the editor's sake.</param>
    public static string Starter(string schema = SchemaFileName)
    {
        ArgumentNullException.ThrowIfNull(schema);
        return InventoryStarter.Text(schema);
    }

    /// <summary>
    /// YAML that loads back as an equal inventory (but for its path). What most sites share is written once under <c>defaults</c>.
    /// Durations are kept to the millisecond. Line ends are LF.
    /// </summary>
    public static string Write(HostingInventory inventory)
    {
        ArgumentNullException.ThrowIfNull(inventory);
        var yaml = new StringBuilder();
        yaml.Append("version: 1\n");
        if (inventory.Owner is { } owner)
        {
            yaml.Append("owner: ").Append(YamlText.Scalar(owner)).Append('\n');
        }

        var aws = Present(("profile", inventory.Aws.Profile), ("region", inventory.Aws.Region), ("endpointUrl", inventory.Aws.EndpointUrl));
        if (aws.Count > 0)
        {
            yaml.Append("aws: ").Append(YamlText.Map(aws)).Append('\n');
        }

        yaml.Append("zone: ").Append(YamlText.Scalar(inventory.Zone)).Append('\n');
        if (inventory.ZoneId is { } zoneId)
        {
            yaml.Append("zoneId: ").Append(YamlText.Scalar(zoneId)).Append('\n');
        }

        if (inventory.NameServers.Count > 0)
        {
            yaml.Append("nameServers: ").Append(YamlText.List(inventory.NameServers)).Append('\n');
        }

        if (!inventory.VerifyDns)
        {
            yaml.Append("verifyDns: false\n");
        }

        var defaults = new WrittenDefaults(inventory.Sites);
        WriteDefaults(yaml, defaults);
        WriteHosts(yaml, inventory.Hosts.Values);
        yaml.Append(inventory.Sites.Count == 0 ? "sites: {}\n" : "sites:\n");
        foreach (var site in inventory.Sites)
        {
            SiteText.Append(yaml, site, defaults);
        }

        WriteSettings(yaml, inventory);
        return yaml.ToString();
    }

    /// <summary>The given keys that have a value, as YAML scalars.</summary>
    internal static List<(string Key, string Value)> Present(params (string Key, string? Text)[] entries) =>
        entries.Where(static entry => entry.Text is not null).Select(static entry => (entry.Key, YamlText.Scalar(entry.Text!))).ToList();

    private static void WriteDefaults(StringBuilder yaml, WrittenDefaults defaults)
    {
        yaml.Append("defaults:\n").Append(CultureInfo.InvariantCulture, $"  ttl: {defaults.Ttl}\n");
        Section(yaml, "  ", "check", defaults.CheckEntries);
        Section(yaml, "  ", "policy", defaults.PolicyEntries);
        if (defaults.Mirror is { } mirror)
        {
            yaml.Append("  mirror: ").Append(mirror).Append('\n');
        }
    }

    private static void WriteHosts(StringBuilder yaml, IEnumerable<SiteHost> hosts)
    {
        yaml.Append(hosts.Any() ? "hosts:\n" : "hosts: {}\n");
        foreach (var host in hosts)
        {
            var entries = Present(
                ("provider", host.Provider), ("address", host.Address), ("addressV6", host.AddressV6), ("cname", host.Cname), ("ssh", host.Ssh));
            if (host.ConnectTo.Count > 0)
            {
                entries.Add(("connectTo", YamlText.Map(host.ConnectTo
                    .OrderBy(static pair => pair.Key)
                    .Select(static pair => (pair.Key.ToString(CultureInfo.InvariantCulture), YamlText.Scalar(pair.Value))))));
            }

            entries.AddRange(Present(("healthCheck", host.HealthCheck)));
            Section(yaml, "  ", YamlText.Scalar(host.Name), entries);
        }
    }

    private static void WriteSettings(StringBuilder yaml, HostingInventory inventory)
    {
        if (inventory.Apex is { } apex)
        {
            ApexText.Append(yaml, apex);
        }

        DynamicDnsText.Append(yaml, inventory);

        MaintenanceText.Append(yaml, inventory.Maintenance);
        Section(yaml, "", "dnsAudit", DnsAuditText.Entries(inventory.DnsAudit));
        Section(yaml, "", "policy", PolicyEntries(inventory.Policy));
        if (inventory.Sync != new SyncPolicy())
        {
            Section(yaml, "", "sync", [("maxChanges", Number(inventory.Sync.MaxChanges)), ("maxPercent", Number(inventory.Sync.MaxPercent))]);
        }

        WitnessText.Append(yaml, inventory.Witnesses);
        if (inventory.Notifications.Count > 0)
        {
            yaml.Append("notifications:\n");
            foreach (var channel in inventory.Notifications)
            {
                yaml.Append("  - ").Append(NotificationText.Of(channel)).Append('\n');
            }
        }
    }

    private static IEnumerable<(string Key, string Value)> PolicyEntries(FleetPolicy policy)
    {
        var builtIn = new FleetPolicy();
        var number = CultureInfo.InvariantCulture;
        yield return ("maxFailovers", policy.MaxFailovers.ToString(number));
        yield return ("maxFailoverPercent", policy.MaxFailoverPercent.ToString(number));
        if (policy.MaxFailoversPerProvider is { } perProvider)
        {
            yield return ("maxFailoversPerProvider", perProvider.ToString(number));
        }

        yield return ("window", DurationText.Format(policy.Window));
        if (policy.ObserverChecks.Count > 0)
        {
            yield return ("observerChecks", YamlText.List(policy.ObserverChecks));
        }

        if (policy.MaxFailingPercent != builtIn.MaxFailingPercent)
        {
            yield return ("maxFailingPercent", policy.MaxFailingPercent.ToString(number));
        }

        if (policy.MaxTtl != builtIn.MaxTtl)
        {
            yield return ("maxTtl", policy.MaxTtl.ToString(number));
        }

        if (!policy.Marker)
        {
            yield return ("marker", "false");
        }
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static void Section(StringBuilder yaml, string indentation, string key, IEnumerable<(string Key, string Value)> entries)
    {
        var list = entries.ToList();
        if (list.Count > 0)
        {
            yaml.Append(indentation).Append(key).Append(": ").Append(YamlText.Map(list)).Append('\n');
        }
    }
}
