using System.Globalization;
using HostingOps.Sandbox.Dns;

namespace HostingOps.Sandbox.Route53;

/// <summary>
/// What the name servers serve of the store: changes once they are INSYNC, aliases resolved, and of record sets with a
/// routing policy the one that Route 53 would answer with.
/// </summary>
internal sealed class ServedZones(Route53Store store, HealthCheckActions healthChecks) : ISandboxZoneSource
{
    private const int LongestAliasChain = 8;

    /// <summary>An alias has no TTL of its own; 60 s is what Route 53 answers for most targets.</summary>
    private const long AliasTtl = 60;

    /// <inheritdoc/>
    public IReadOnlyList<SandboxRecordSet> Find(string name) => store.FindServed(RecordName.Parse(name))
        .GroupBy(set => set.Type, StringComparer.Ordinal)
        .Select(sets => Answer(sets.ToList()))
        .OfType<SandboxRecordSet>()
        .ToList();

    /// <inheritdoc/>
    public string? ZoneOf(string name) => name == "." ? null : store.ZoneOf(RecordName.Parse(name))?.Name.Text;

    /// <inheritdoc/>
    public bool HasNamesBelow(string name) => store.HasServedBelow(RecordName.Parse(name));

    private SandboxRecordSet? Answer(List<RecordSet> sets)
    {
        var chosen = sets[0].RoutingPolicy switch
        {
            null => sets,
            "MultiValueAnswer" => OrAll(sets, sets.Where(IsHealthy).Take(8).ToList()),
            "Failover" => [Primary(sets)],
            "Weight" => [OrAll(sets, sets.Where(IsHealthy).ToList()).MaxBy(WeightOf)!],
            // Where the asker is cannot be told on loopback: the first healthy one answers.
            _ => [OrAll(sets, sets.Where(IsHealthy).ToList())[0]],
        };
        var values = chosen.SelectMany(set => Resolve(set, LongestAliasChain)).Distinct(StringComparer.Ordinal).ToList();
        return values.Count == 0
            ? null
            : new SandboxRecordSet(sets[0].Name.Text, sets[0].Type, chosen.Min(set => set.Ttl ?? AliasTtl), values);
    }

    private static int WeightOf(RecordSet set) => int.Parse(set.RoutingValue("Weight")!, CultureInfo.InvariantCulture);

    private RecordSet Primary(List<RecordSet> sets)
    {
        var primary = sets.Find(set => set.RoutingValue("Failover") == "PRIMARY");
        var secondary = sets.Find(set => set.RoutingValue("Failover") == "SECONDARY");
        // If the secondary is unhealthy too, the primary is answered.
        return primary is null ? secondary! : secondary is null || IsHealthy(primary) || !IsHealthy(secondary) ? primary : secondary;
    }

    private IReadOnlyList<string> Resolve(RecordSet set, int hopsLeft)
    {
        if (set.Alias is not { } alias)
        {
            return set.Values;
        }

        var target = hopsLeft == 0 ? null : store.FindServed(alias.DnsName).FirstOrDefault(candidate => candidate.Type == set.Type);
        return target is null ? [] : Resolve(target, hopsLeft - 1);
    }

    // When no record set is healthy, Route 53 takes all of them for healthy.
    private static List<RecordSet> OrAll(List<RecordSet> all, List<RecordSet> healthy) => healthy.Count == 0 ? all : healthy;

    private bool IsHealthy(RecordSet set) => set.HealthCheckId is null || healthChecks.IsHealthy(set.HealthCheckId);
}
