using HostingOps.Engine.Dns.Wire;

namespace HostingOps.Engine.Dns;

/// <summary>What the servers must say after a switch, ready for comparison.</summary>
internal sealed class SwitchExpectation
{
    private readonly List<ObservedRecordSet> wanted = [];
    private readonly List<DnsRecordType> gone = [];

    public SwitchExpectation(DnsSwitch change)
    {
        Switch = change;
        try
        {
            Name = DnsName.Parse(change.Record);
            foreach (var set in change.After)
            {
                wanted.Add(Read(set));
            }

            gone.AddRange(change.Before
                .Select(static set => DnsRecordTypeText.Parse(set.Type))
                .Except(wanted.Select(static set => set.Type)));
        }
        catch (DnsFormatException exception)
        {
            Problem = $"The switch of '{change.Record}' can't be proven: {exception.Message}";
        }
    }

    public DnsSwitch Switch { get; }

    public DnsName Name { get; } = DnsName.Root;

    /// <summary>Why nothing can be compared, or null.</summary>
    public string? Problem { get; }

    /// <summary>Whether an alias is wanted: then the name has nothing else.</summary>
    public bool WantsAlias => wanted.Any(static set => set.Type == DnsRecordType.CNAME);

    /// <summary>Types to ask for besides addresses and CNAME.</summary>
    public IEnumerable<DnsRecordType> OtherTypes => wanted.Select(static set => set.Type).Concat(gone)
        .Except([DnsRecordType.A, DnsRecordType.AAAA, DnsRecordType.CNAME]);

    /// <summary>Whether a server's records are as wanted.</summary>
    public bool IsMetBy(IReadOnlyList<ObservedRecordSet> seen) =>
        wanted.All(set => seen.Any(set.IsServedAs)) && !seen.Any(set => gone.Contains(set.Type));

    public override string ToString()
    {
        var parts = wanted.Select(static set => set.ToString()).Concat(gone.Select(static type => $"no {type.ToText()}")).ToList();
        return parts.Count == 0 ? "nothing" : string.Join(", ", parts);
    }

    private static ObservedRecordSet Read(DnsRecordSet set)
    {
        if (!set.IsSimple)
        {
            throw new DnsFormatException("an alias or a routing policy has no fixed answer.");
        }

        var type = DnsRecordTypeText.Parse(set.Type);
        return new ObservedRecordSet(type, set.Ttl, set.Values.Select(value => DnsRecordData.Parse(type, value)).ToHashSet());
    }
}
