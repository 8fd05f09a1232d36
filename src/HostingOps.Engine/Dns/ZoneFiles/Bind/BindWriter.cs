using System.Globalization;
using System.Text;
using HostingOps.Engine.Dns.Wire;

namespace HostingOps.Engine.Dns.ZoneFiles.Bind;

/// <summary>Writes a hosted zone as a zone file. docs/zone-files.md describes its comments.</summary>
internal sealed class BindWriter(string zone)
{
    /// <summary>The form's number; a reader refuses a later one.</summary>
    public const int Version = 1;

    private readonly DnsName origin = DnsName.Parse(zone);
    private readonly StringBuilder text = new();
    private readonly List<DnsRecordSet> notServed = [];

    /// <summary>The text, and the record sets of which it has no records.</summary>
    public (string Text, IReadOnlyList<DnsRecordSet> NotServed) Write(IReadOnlyList<DnsRecordSet> sets)
    {
        var ordered = sets.Order(new RecordSetOrder()).ToList();
        text.Append(BindNotes.Write(RecordSetJson.Write([("format", (long)Version), ("zone", zone)]))).Append('\n')
            .Append("; Lines that begin like the first one hold what only Route 53 knows; Import-HostedZone reads them back.\n")
            .Append("$ORIGIN ").Append(BindName.Dialect.WriteName(origin)).Append('\n')
            .Append(CultureInfo.InvariantCulture, $"$TTL {UsualTtl(ordered)}\n");
        for (var first = 0; first < ordered.Count;)
        {
            var next = first + 1;
            while (next < ordered.Count && ordered[next].Name == ordered[first].Name && ordered[next].Type == ordered[first].Type)
            {
                next++;
            }

            WriteGroup(ordered[first..next]);
            first = next;
        }

        return (text.ToString(), notServed);
    }

    private static long UsualTtl(List<DnsRecordSet> sets) => sets
        .Where(static set => set.Ttl is not null && set.Type is not ("SOA" or "NS"))
        .GroupBy(static set => set.Ttl!.Value)
        .OrderByDescending(static group => group.Count()).ThenBy(static group => group.Key)
        .FirstOrDefault()?.Key ?? 300;

    private void WriteGroup(List<DnsRecordSet> sets)
    {
        if (sets is [{ IsSimple: true } simple] && StandIns.DataOf(simple) is { } data)
        {
            WriteRecords(simple, data, isStandIn: false);
            return;
        }

        foreach (var set in sets)
        {
            text.Append(BindNotes.Write(RecordSetJson.Write(RecordSetFields.Of(set)))).Append('\n');
        }

        var chosen = StandIns.Choose(sets);
        notServed.AddRange(sets.Where(set => set != chosen));
        if (chosen is not null)
        {
            WriteRecords(chosen, StandIns.DataOf(chosen)!, isStandIn: true);
        }
    }

    private void WriteRecords(DnsRecordSet set, IReadOnlyList<DnsRecordData> data, bool isStandIn)
    {
        var owner = BindName.Write(DnsName.Parse(set.Name), origin);
        foreach (var (value, one) in set.Values.Zip(data))
        {
            text.Append(owner).Append(CultureInfo.InvariantCulture, $"\t{set.Ttl}\tIN\t{set.Type}\t").Append(Format(one));
            if (isStandIn)
            {
                text.Append(' ').Append(BindNotes.Write(BindNotes.StandIn));
            }
            else if (RecordValue.TextOf(one) != value)
            {
                text.Append(' ').Append(BindNotes.Write(RecordSetJson.Write([("value", value)])));
            }

            text.Append('\n');
        }
    }

    private static string Format(DnsRecordData data) => ServiceBinding.IsType(data.Type)
        ? ServiceBinding.Format(data.Bytes.Span, BindName.Dialect)
        : RdataText.Format(data.Type, data.Bytes.ToArray(), BindName.Dialect);
}
