namespace HostingOps.Engine.Dns.Sync;

/// <summary>Record sets of a zone, as they are looked up by a sync.</summary>
internal sealed class ZoneContents
{
    private readonly Dictionary<string, List<DnsRecordSet>> byName;

    /// <param name="zone">The zone.</param>
    /// <param name="sets">Its record sets, or those of all names that are looked up.</param>
    /// <param name="count">How many it has in all.</param>
    public ZoneContents(HostedZoneReference zone, IEnumerable<DnsRecordSet> sets, int count)
    {
        Zone = zone;
        RecordSetCount = count;
        byName = sets.GroupBy(static set => set.Name, StringComparer.Ordinal).ToDictionary(static group => group.Key, static group => group.ToList(), StringComparer.Ordinal);
    }

    public HostedZoneReference Zone { get; }

    public int RecordSetCount { get; }

    public IEnumerable<string> Names => byName.Keys;

    public IReadOnlyList<DnsRecordSet> Of(string? name) => name is not null && byName.TryGetValue(name, out var sets) ? sets : [];

    /// <summary>Who owns a record, or null; the problem when that can't be told.</summary>
    public RecordOwnership? OwnershipOf(string record, out string? problem) => OwnershipRecord.Read(Of(OwnershipRecord.NameFor(record)), out problem);

    /// <summary>The delegation to other name servers that a record is in, or null: nobody is ever asked for it here (RFC 1034 §4.2.1).</summary>
    public string? DelegationOf(string record) =>
        NamesAbove(record, Zone.Name).FirstOrDefault(name => Of(name).Any(static set => set.Type == "NS"));

    /// <summary>The record's own name and those above it, below the zone's.</summary>
    public static IEnumerable<string> NamesAbove(string record, string zone)
    {
        for (var name = record; name.Length > zone.Length; name = name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..])
        {
            yield return name;
        }
    }
}
