using HostingOps.Engine.Inventory.Yaml;

namespace HostingOps.Engine.Inventory.Reading;

/// <summary>Reads what may happen to a site by itself.</summary>
internal sealed class SitePolicyReader(bool hasObserverChecks, FindingCollector findings)
{
    /// <summary>Reads a policy.</summary>
    /// <param name="source">The mapping.</param>
    /// <param name="owner">Whose it is, for findings.</param>
    /// <param name="inherited">What is not said otherwise.</param>
    /// <param name="isOfSite">Whether it is a site's own: only that shows what the site ends with.</param>
    public SitePolicy Read(YamlMap source, string owner, SitePolicy inherited, bool isOfSite = true)
    {
        var map = new MapReader(source, InventoryKeys.SitePolicy, $"the policy of {owner}", findings);
        var automatic = map.Flag("automatic");
        if (automatic == true && !hasObserverChecks)
        {
            findings.Add(
                InventoryRules.AutomaticUnobserved,
                map.At("automatic"),
                $"{Subject(owner)} may fail over by itself, and 'policy.observerChecks' is empty: nothing tells a dead host from a broken monitor.");
        }

        var cooldown = map.Duration("cooldown", TimeSpan.Zero, TimeSpan.FromDays(30));
        var failback = map.Duration("failback", TimeSpan.FromMinutes(1), TimeSpan.FromDays(30));
        var policy = new SitePolicy
        {
            Automatic = automatic ?? inherited.Automatic,
            Cooldown = cooldown ?? inherited.Cooldown,
            Failback = failback ?? inherited.Failback,
        };
        if (failback is not null && isOfSite && !policy.Automatic)
        {
            findings.Add(
                InventoryRules.FailbackByHand,
                map.At("failback"),
                $"{Subject(owner)} does not fail over by itself, so it does not go back by itself either.");
        }
        else if (policy.Failback < policy.Cooldown && (failback is not null || cooldown is not null))
        {
            findings.Add(
                InventoryRules.FailbackInCooldown,
                map.At(failback is null ? "cooldown" : "failback"),
                $"{Subject(owner)} would go back after {DurationText.Format(policy.Failback!.Value)}, and its cooldown of {DurationText.Format(policy.Cooldown)} holds it for longer.");
        }

        return policy;
    }

    private static string Subject(string owner) => $"{char.ToUpperInvariant(owner[0])}{owner[1..]}";
}
