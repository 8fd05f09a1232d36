namespace HostingOps.Engine.Dns;

/// <summary>What was read of the sites' records.</summary>
/// <param name="Zone">The hosted zone.</param>
/// <param name="Targets">One for each site asked for, in that order.</param>
/// <param name="Marker">The zone's marker, when it was asked for and is there.</param>
public sealed record SiteDnsReading(HostedZoneReference Zone, IReadOnlyList<SiteDnsTarget> Targets, SwitchMarker? Marker)
{
    /// <summary>For each target, the types of the record sets beside its A, AAAA and CNAME: TXT, MX and so on.</summary>
    public required IReadOnlyList<IReadOnlyList<string>> OtherTypes { get; init; }

    /// <summary>
    /// Why Route 53 would refuse those record sets at a target's name, or null. A CNAME stands alone at its name
    /// (RFC 1034 §3.6.2).
    /// </summary>
    /// <param name="wanted">The record sets.</param>
    /// <param name="index">Of the target.</param>
    public string? ObstacleTo(IReadOnlyList<DnsRecordSet> wanted, int index) =>
        OtherTypes[index] is { Count: > 0 } others && wanted.Any(static set => set.Type == "CNAME")
            ? $"'{Targets[index].Record}' also has {string.Join(", ", others)}, and a CNAME can't stand beside other records."
                + " Move them to another name, or give the host an address instead of a cname."
            : null;
}
