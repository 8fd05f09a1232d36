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
            ObserverChecks = ReadObserverChecks(map) ?? builtIn.ObserverChecks,
            MaxFailingPercent = map.Number("maxFailingPercent", 1, 100) ?? builtIn.MaxFailingPercent,
            MaxTtl = map.Number("maxTtl", 1, 604_800) ?? builtIn.MaxTtl,
            Marker = map.Flag("marker") ?? builtIn.Marker,
        };
    }

    private List<string>? ReadObserverChecks(MapReader map) => WebAddressReader.ReadList(map, "observerChecks", findings, (item, address) =>
    {
        // Nothing stands between this machine and itself: a rehearsal's observer needs no certificate.
        if (address.Scheme == Uri.UriSchemeHttp && !address.IsLoopback)
        {
            findings.Add(
                InventoryRules.PlainObserver,
                item,
                $"An item of 'observerChecks' in {map.Owner} is asked by http: where a captive portal answers for every host, the monitor would take itself for sane.",
                "Write it with https://.");
        }
    });
}
