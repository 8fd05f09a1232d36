using HostingOps.Engine.Inventory.Yaml;

namespace HostingOps.Engine.Inventory.Reading;

/// <summary>Reads what may happen to a site by itself.</summary>
internal sealed class SitePolicyReader(bool hasObserverChecks, FindingCollector findings)
{
    public SitePolicy Read(YamlMap source, string owner, SitePolicy inherited)
    {
        var map = new MapReader(source, InventoryKeys.SitePolicy, $"the policy of {owner}", findings);
        var automatic = map.Flag("automatic");
        if (automatic == true && !hasObserverChecks)
        {
            findings.Add(
                InventoryRules.AutomaticUnobserved,
                map.At("automatic"),
                $"{char.ToUpperInvariant(owner[0])}{owner[1..]} may fail over by itself, and 'policy.observerChecks' is empty: nothing tells a dead host from a broken monitor.");
        }

        return new SitePolicy
        {
            Automatic = automatic ?? inherited.Automatic,
            Cooldown = map.Duration("cooldown", TimeSpan.Zero, TimeSpan.FromDays(30)) ?? inherited.Cooldown,
        };
    }
}
