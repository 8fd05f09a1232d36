using HostingOps.Engine.Dns.Wire;

namespace HostingOps.Sandbox.Dns;

/// <summary>
/// The clients' own zones in good times, beside the zone that is ours: of each bare domain and alias the address records of the
/// redirector, and of each site's www the CNAME that leads into our zone. Nothing changes them.
/// </summary>
internal sealed class ClientZones : ISandboxZoneSource
{
    // Clients choose their own, and longer ones than ours.
    private const long Ttl = 3600;
    private const string NameServer = "ns1.client-dns.example.";

    private readonly ISandboxZoneSource ours;
    private readonly Dictionary<string, List<SandboxRecordSet>> sets = new(StringComparer.Ordinal);
    private readonly HashSet<string> zones = new(StringComparer.Ordinal);

    /// <summary>Makes them.</summary>
    /// <param name="inventory">The sites, and the redirector's address.</param>
    /// <param name="ours">What is served besides; its names come first.</param>
    public ClientZones(HostingInventory inventory, ISandboxZoneSource ours)
    {
        this.ours = ours;
        foreach (var site in inventory.Sites)
        {
            foreach (var domain in site.Aliases.Prepend(site.Domain))
            {
                AddZone(Route53Name.Encode(domain), inventory.Apex);
            }

            Add(Route53Name.Encode("www." + site.Domain), "CNAME", Route53Name.Encode(site.Record));
        }

        if (inventory.Apex?.Redirect.WwwAliases == true)
        {
            foreach (var alias in inventory.Sites.SelectMany(static site => site.Aliases))
            {
                Add(Route53Name.Encode("www." + alias), "CNAME", Route53Name.Encode(alias));
            }
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<SandboxRecordSet> Find(string name) =>
        ours.ZoneOf(name) is null && sets.TryGetValue(name, out var found) ? found : ours.Find(name);

    /// <inheritdoc/>
    public string? ZoneOf(string name)
    {
        if (ours.ZoneOf(name) is { } own)
        {
            return own;
        }

        for (var at = DnsName.Parse(name); !at.IsRoot; at = at.Parent!)
        {
            if (Route53Name.Encode(at) is var text && zones.Contains(text))
            {
                return text;
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public bool HasNamesBelow(string name) => zones.Contains(name) || ours.HasNamesBelow(name);

    private void AddZone(string name, ApexSettings? apex)
    {
        if (!zones.Add(name))
        {
            return;
        }

        Add(name, "SOA", $"{NameServer} hostmaster.{name} 1 7200 900 1209600 300");
        Add(name, "NS", NameServer);
        if (apex is not null)
        {
            Add(name, "A", apex.ElasticIp);
            Add(name, "AAAA", apex.ElasticIpV6);
        }
    }

    private void Add(string name, string type, string? value)
    {
        if (value is null)
        {
            return;
        }

        if (!sets.TryGetValue(name, out var list))
        {
            sets[name] = list = [];
        }

        list.Add(new SandboxRecordSet(name, type, Ttl, [value]));
    }
}
