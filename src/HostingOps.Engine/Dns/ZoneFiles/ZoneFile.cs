namespace HostingOps.Engine.Dns.ZoneFiles;

/// <summary>What a zone file says.</summary>
/// <param name="Zone">The zone's name, without trailing dot.</param>
/// <param name="RecordSets">Its record sets, in the file's order.</param>
public sealed record ZoneFile(string Zone, IReadOnlyList<DnsRecordSet> RecordSets)
{
    /// <summary>The same records under another zone's name. Names within values and alias targets stay as they are.</summary>
    public ZoneFile Rebase(string zone) => new(zone, [.. RecordSets.Select(set => set with { Name = string.Concat(set.Name.AsSpan(0, set.Name.Length - Zone.Length), zone) })]);
}
