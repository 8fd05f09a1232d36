using HostingOps.Engine.Dns.Wire;

namespace HostingOps.Engine.Dns.ZoneFiles;

/// <summary>The order of record sets in a file: the apex with SOA and NS first, then by name from the right, type and set identifier.</summary>
internal sealed class RecordSetOrder : IComparer<DnsRecordSet>
{
    private static readonly string[] First = ["SOA", "NS"];
    private readonly Dictionary<string, string> keys = new(StringComparer.Ordinal);

    public int Compare(DnsRecordSet? x, DnsRecordSet? y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        var byName = string.CompareOrdinal(KeyOf(x.Name), KeyOf(y.Name));
        var byType = byName != 0 ? byName : Rank(x).CompareTo(Rank(y));
        return byType != 0 ? byType
            : string.CompareOrdinal(x.Type, y.Type) is not 0 and var type ? type
            : string.CompareOrdinal(x.SetIdentifier, y.SetIdentifier);
    }

    private static int Rank(DnsRecordSet set) => Array.IndexOf(First, set.Type) is >= 0 and var rank ? rank : First.Length;

    private string KeyOf(string name)
    {
        if (!keys.TryGetValue(name, out var key))
        {
            var labels = new List<string>();
            for (var rest = DnsName.Parse(name); !rest.IsRoot; rest = rest.Parent!)
            {
                labels.Insert(0, System.Text.Encoding.Latin1.GetString(rest.Wire.Slice(1, rest.Wire[0])));
            }

            // Shorter than every byte of a label that goes on, so that a name comes before those under it.
            keys.Add(name, key = string.Concat(labels.Select(static label => label.Replace("\0", "\0\u0001", StringComparison.Ordinal) + "\0\0")));
        }

        return key;
    }
}
