using HostingOps.Engine.Dns.Wire;

namespace HostingOps.Engine.Dns.ZoneFiles.Bind;

/// <summary>
/// Which plain records stand in for record sets that only a comment can describe, so that a name server that knows nothing of
/// Route 53 still serves the name: of each name and type the records of one set.
/// </summary>
internal static class StandIns
{
    /// <summary>The set whose records are served for all sets of one name and type, or null when none can be: all are aliases.</summary>
    /// <param name="sets">The sets, in the order of the file.</param>
    public static DnsRecordSet? Choose(IReadOnlyList<DnsRecordSet> sets) => sets
        .Where(static set => set.AliasTarget is null && set.Values.Count > 0 && DataOf(set) is not null)
        .OrderByDescending(Merit)
        .FirstOrDefault();

    /// <summary>The data of a set that a name server takes; null when it would refuse one of its records.</summary>
    public static IReadOnlyList<DnsRecordData>? DataOf(DnsRecordSet set)
    {
        var owner = DnsName.Parse(set.Name);
        var data = set.Values.Select(value => RecordValue.DataOf(set.Type, value)).OfType<DnsRecordData>().ToArray();
        return data.Length == set.Values.Count && Array.TrueForAll(data, one => IsWritable(one) && ServedForm.Takes(owner, one)) ? data : null;
    }

    // Where Route 53 has an answer for everyone else, that one; of weights the greatest.
    private static long Merit(DnsRecordSet set) => set.Routing switch
    {
        { Weight: { } weight } => weight,
        { Failover: "PRIMARY" } or { GeoCountry: "*" } or { CidrLocation: "*" } => 1,
        _ => 0,
    };

    private static bool IsWritable(DnsRecordData data)
    {
        try
        {
            _ = RecordValue.TextOf(data);
            return true;
        }
        catch (DnsFormatException)
        {
            // Raw bytes of a type that has a form, and they are not of it.
            return false;
        }
    }
}
