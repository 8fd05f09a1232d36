using System.Collections.Concurrent;
using HostingOps.Engine.Dns.Wire;
using HostingOps.Sandbox.Dns;

namespace HostingOps.Sandbox.Tests.Dns;

/// <summary>Zones in a dictionary. Names are given in presentation form.</summary>
internal sealed class MemoryZone : ISandboxZoneSource
{
    private readonly ConcurrentDictionary<(string Name, string Type), SandboxRecordSet> sets = new();
    private readonly List<DnsName> zones = [];

    /// <summary>When set, every call fails.</summary>
    public bool IsBroken { get; set; }

    public MemoryZone(params string[] names)
    {
        foreach (var name in names)
        {
            zones.Add(DnsName.Parse(name));
            Set(name, "SOA", 900, $"ns.{name}. hostmaster.{name}. 1 7200 900 1209600 60");
            Set(name, "NS", 172800, $"ns.{name}.");
        }
    }

    public MemoryZone Set(string name, string type, long ttl, params string[] values)
    {
        var owner = Route53Name.Encode(name);
        sets[(owner, type)] = new SandboxRecordSet(owner, type, ttl, values);
        return this;
    }

    public void Remove(string name, string type) => sets.TryRemove((Route53Name.Encode(name), type), out _);

    public IReadOnlyList<SandboxRecordSet> Find(string name)
    {
        ObjectDisposedException.ThrowIf(IsBroken, this);
        return sets.Values.Where(set => set.Name == name).OrderBy(set => set.Type, StringComparer.Ordinal).ToList();
    }

    public string? ZoneOf(string name)
    {
        ObjectDisposedException.ThrowIf(IsBroken, this);
        var owner = Route53Name.Parse(name);
        return zones.Where(owner.IsAtOrBelow).MaxBy(zone => zone.LabelCount) is { } zone ? Route53Name.Encode(zone) : null;
    }

    public bool HasNamesBelow(string name)
    {
        ObjectDisposedException.ThrowIf(IsBroken, this);
        return sets.Values.Any(set => set.Name.EndsWith("." + name, StringComparison.Ordinal));
    }
}
