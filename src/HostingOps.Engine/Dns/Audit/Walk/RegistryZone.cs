using HostingOps.Engine.Dns.Wire;

namespace HostingOps.Engine.Dns.Audit.Walk;

/// <summary>Zones in which others register domains: those directly below the root, and the usual ones below a country's.</summary>
internal static class RegistryZone
{
    private static readonly HashSet<string> SecondLevel = new(StringComparer.Ordinal)
        { "ac", "asso", "co", "com", "edu", "go", "gob", "gov", "gv", "id", "ltd", "me", "ne", "net", "nom", "or", "org", "plc", "sch" };

    /// <summary>Whether it is one, and not a client's domain that has such a name.</summary>
    public static bool Is(DnsName zone, IReadOnlyCollection<DnsName> domains) => Is(zone) && !domains.Contains(zone);

    /// <summary>Whether it is one by its name.</summary>
    public static bool Is(DnsName zone) =>
        zone.LabelCount < 2 || (zone.LabelCount == 2 && zone.Parent!.ToString().Length == 2 && SecondLevel.Contains(zone.ToLower().ToString().Split('.')[0]));
}
