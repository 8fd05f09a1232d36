using HostingOps.Engine.Inventory.Yaml;

namespace HostingOps.Engine.Inventory.Reading;

/// <summary>Reads the limits over the whole inventory.</summary>
internal sealed class FleetPolicyReader(FindingCollector findings)
{
    public FleetPolicy Read(YamlMap source)
    {
        var builtIn = new FleetPolicy();
        var map = new MapReader(source, InventoryKeys.FleetPolicy, "policy", findings);
        return new FleetPolicy
        {
            MaxFailovers = map.Number("maxFailovers", 1, 100_000) ?? builtIn.MaxFailovers,
            MaxFailoverPercent = map.Number("maxFailoverPercent", 1, 100) ?? builtIn.MaxFailoverPercent,
            MaxFailoversPerProvider = map.Number("maxFailoversPerProvider", 1, 100_000),
            Window = map.Duration("window", TimeSpan.FromSeconds(1), TimeSpan.FromDays(30)) ?? builtIn.Window,
            ObserverChecks = WebAddressReader.ReadList(map, "observerChecks", findings) ?? builtIn.ObserverChecks,
            MaxTtl = map.Number("maxTtl", 1, 604_800) ?? builtIn.MaxTtl,
            Marker = map.Flag("marker") ?? builtIn.Marker,
        };
    }
}
