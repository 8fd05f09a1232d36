using HostingOps.Engine.Dns.Wire;

namespace HostingOps.Sandbox.Dns;

/// <summary>
/// The clients' own zones in good times, beside the zone that is ours: of each bare domain and alias the address records of the
/// redirector, and of each site's www the CNAME that leads into our zone; and above them a root, from which all of them are found.
/// Nothing changes them.
/// </summary>
internal sealed class ClientZones : ISandboxZoneSource
{
    // Clients choose their own, and longer ones than ours.
    private const long Ttl = 3600;
    private const string Root = ".";
    private static readonly string[] NameServers = ["ns1.client-dns.example.", "ns2.client-dns.example."];

    private readonly ISandboxZoneSource ours;
    private readonly Dictionary<string, List<SandboxRecordSet>> sets = new(StringComparer.Ordinal);
    private readonly HashSet<string> zones = new(StringComparer.Ordinal);
    private readonly HashSet<string> above = new(StringComparer.Ordinal) { Root };

    /// <summary>Makes them.</summary>
    /// <param name="inventory">The sites, and the redirector's address.</param>
    /// <param name="ours">What is served besides; its names come first.</param>
    public ClientZones(HostingInventory inventory, ISandboxZoneSource ours)
    {
        this.ours = ours;
        AddZone(Root, null);
        foreach (var server in NameServers)
        {
            Add(server, "A", "127.0.0.1");
        }

        foreach (var site in inventory.Sites)
        {
            foreach (var domain in site.Aliases.Prepend(site.Domain))
            {
                AddZone(Route53Name.Encode(domain), inventory.Apex);
            }

            Add(Route53Name.Encode("www." + site.Domain), "CNAME", Route53Name.Encode(site.Record));
        }

        // What a provider's name leads to is not known here; that it leads somewhere is enough (TEST-NET-1, RFC 5737).
        foreach (var cname in inventory.Hosts.Values.Select(static host => host.Cname).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase))
        {
            Add(Route53Name.Encode(cname), "A", "192.0.2.1");
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

        var at = DnsName.Parse(name);
        while (!zones.Contains(Route53Name.Encode(at)))
        {
            at = at.Parent!;
        }

        return Route53Name.Encode(at);
    }

    /// <inheritdoc/>
    public bool HasNamesBelow(string name) => above.Contains(name) || ours.HasNamesBelow(name);

    private void AddZone(string name, ApexSettings? apex)
    {
        if (!zones.Add(name))
        {
            return;
        }

        Add(name, "SOA", $"{NameServers[0]} hostmaster.client-dns.example. 1 7200 900 1209600 300");
        Add(name, "NS", NameServers);
        if (apex is not null)
        {
            Add(name, "A", apex.ElasticIp);
            Add(name, "AAAA", apex.ElasticIpV6 is { } v6 ? [v6] : []);
        }
    }

    private void Add(string name, string type, params string[] values)
    {
        if (values.Length == 0)
        {
            return;
        }

        for (var at = DnsName.Parse(name); !at.IsRoot; at = at.Parent!)
        {
            above.Add(Route53Name.Encode(at.Parent!));
        }

        if (!sets.TryGetValue(name, out var list))
        {
            sets[name] = list = [];
        }

        list.Add(new SandboxRecordSet(name, type, Ttl, values));
    }
}
