using HostingOps.Engine.Dns.Sync;

namespace HostingOps.Engine.Dns.ZoneFiles;

/// <summary>What a zone file says.</summary>
/// <param name="Zone">The zone's name, without trailing dot.</param>
/// <param name="RecordSets">Its record sets, in the file's order.</param>
public sealed record ZoneFile(string Zone, IReadOnlyList<DnsRecordSet> RecordSets)
{
    /// <summary>In place of an alias target's zone id: the zone that the alias is in, whatever its id will be.</summary>
    public const string OwnZone = "self";

    /// <summary>
    /// The same records under another zone's name. Names within values stay as they are, and so do alias targets, but for those in
    /// the zone itself.
    /// </summary>
    public ZoneFile Rebase(string zone)
    {
        // Who owns a record, and who switched last, is said of the other zone.
        var moving = RecordSets.Where(set => OwnershipRecord.RecordOf(set.Name) is null && set.Name != SwitchMarkerRecord.NameIn(Zone));
        return new(zone, [.. moving.Select(set => set with
        {
            Name = Moved(set.Name),
            AliasTarget = set is { AliasZoneId: OwnZone, AliasTarget: { } target } && IsWithin(target.TrimEnd('.')) ? Moved(target.TrimEnd('.')) + "." : set.AliasTarget,
        })]);

        bool IsWithin(string name) => name.Equals(Zone, StringComparison.OrdinalIgnoreCase) || name.EndsWith("." + Zone, StringComparison.OrdinalIgnoreCase);

        string Moved(string name) => string.Concat(name.AsSpan(0, name.Length - Zone.Length), zone);
    }

    /// <summary>With <see cref="OwnZone"/> in place of the zone's own id.</summary>
    internal static IReadOnlyList<DnsRecordSet> Portable(IReadOnlyList<DnsRecordSet> sets, string zoneId) => Replaced(sets, zoneId, OwnZone);

    /// <summary>With the zone's own id in place of <see cref="OwnZone"/>.</summary>
    internal static IReadOnlyList<DnsRecordSet> Settled(IReadOnlyList<DnsRecordSet> sets, string zoneId) => Replaced(sets, OwnZone, zoneId);

    private static IReadOnlyList<DnsRecordSet> Replaced(IReadOnlyList<DnsRecordSet> sets, string id, string by) =>
        sets.Select(set => set.AliasZoneId == id ? set with { AliasZoneId = by } : set).ToArray();
}
