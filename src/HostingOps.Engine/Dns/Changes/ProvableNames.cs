using HostingOps.Engine.Dns.Wire;

namespace HostingOps.Engine.Dns.Changes;

/// <summary>
/// Which changes a name server's answer can prove. Names under a delegation are answered by a referral (RFC 1034 §4.3.2), and
/// where a record went away a wildcard may answer in its place (RFC 4592).
/// </summary>
internal sealed class ProvableNames
{
    private readonly HostedZoneReference zone;
    private readonly IReadOnlyDictionary<string, IReadOnlyList<DnsRecordSet>> neighbours;

    private ProvableNames(HostedZoneReference zone, IReadOnlyDictionary<string, IReadOnlyList<DnsRecordSet>> neighbours)
    {
        this.zone = zone;
        this.neighbours = neighbours;
    }

    /// <summary>Reads the delegations and wildcards that these questions could meet; nothing for most.</summary>
    public static async Task<ProvableNames> ReadAsync(
        HostedZoneReader reader, HostedZoneReference zone, IReadOnlyList<DnsSwitch> questions, CancellationToken cancellationToken)
    {
        var names = questions.SelectMany(question => Delegations(zone, question).Concat(Wildcards(zone, question))).ToHashSet(StringComparer.Ordinal);
        return new ProvableNames(zone, names.Count == 0
            ? new Dictionary<string, IReadOnlyList<DnsRecordSet>>()
            : await reader.ReadAsync(zone, names, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Whether the servers' answer proves it.</summary>
    public bool CanProve(DnsSwitch question) =>
        !Delegations(zone, question).Any(name => neighbours[name].Any(static set => set.Type == "NS"))
        && !Wildcards(zone, question).Any(name => neighbours[name].Any(set => set.Type == "CNAME" || Gone(question).Contains(set.Type)));

    private static IEnumerable<string> Delegations(HostedZoneReference zone, DnsSwitch question) => Above(zone, question.Record).Where(name => name != zone.Name);

    private static IEnumerable<string> Wildcards(HostedZoneReference zone, DnsSwitch question) =>
        Gone(question).Any() ? Above(zone, question.Record).Select(static name => "*." + name).Where(name => name != question.Record) : [];

    private static IEnumerable<string> Gone(DnsSwitch question) =>
        question.Before.Select(static set => set.Type).Except(question.After.Select(static set => set.Type), StringComparer.Ordinal);

    // The names above, up to the zone's own.
    private static IEnumerable<string> Above(HostedZoneReference zone, string record)
    {
        var apex = DnsName.Parse(zone.Name);
        for (var name = DnsName.Parse(record).Parent; name is not null && name.IsAtOrBelow(apex); name = name.Parent)
        {
            yield return name.ToString();
        }
    }
}
