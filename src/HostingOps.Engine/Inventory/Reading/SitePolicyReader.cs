using HostingOps.Engine.Inventory.Yaml;

namespace HostingOps.Engine.Inventory.Reading;

/// <summary>Reads what may happen to a site by itself.</summary>
internal sealed class SitePolicyReader(bool hasObserverChecks, FindingCollector findings)
{
    private YamlValue? firstAutomatic;

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

        firstAutomatic ??= automatic == true ? map.At("automatic") : null;
        var automaticAfter = map.Duration("automaticAfter", TimeSpan.Zero, TimeSpan.FromHours(1));
        var cooldown = map.Duration("cooldown", TimeSpan.Zero, TimeSpan.FromDays(30));
        var failback = map.Duration("failback", TimeSpan.FromMinutes(1), TimeSpan.FromDays(30));
        var policy = new SitePolicy
        {
            Automatic = automatic ?? inherited.Automatic,
            AutomaticAfter = automaticAfter ?? inherited.AutomaticAfter,
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

    /// <summary>
    /// Says once that sites move by what one machine sees. Without known-good addresses that machine can't even tell its own
    /// troubles from a host's: that has been said of each, and comes first.
    /// </summary>
    /// <param name="sites">All sites.</param>
    public void JudgeAlone(IReadOnlyList<HostedSite> sites)
    {
        if (firstAutomatic is { } at && hasObserverChecks && sites.FirstOrDefault(static site => site.Policy.Automatic) is { } first)
        {
            var others = sites.Count(static site => site.Policy.Automatic) - 1;
            findings.Add(
                InventoryRules.AutomaticAlone,
                at,
                FormattableString.Invariant(
                    $"Site '{first.Name}'{(others == 0 ? "" : $" and {others} more")} may fail over by what this machine alone sees: there are no 'witnesses', and a broken way to a provider looks like that provider's outage."));
        }
    }

    private static string Subject(string owner) => $"{char.ToUpperInvariant(owner[0])}{owner[1..]}";
}
