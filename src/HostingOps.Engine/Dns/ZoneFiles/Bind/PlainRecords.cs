using HostingOps.Engine.Dns.Wire;
using HostingOps.Engine.Inventory;
using HostingOps.Engine.Inventory.Yaml;

namespace HostingOps.Engine.Dns.ZoneFiles.Bind;

/// <summary>The records of a zone file, gathered into record sets.</summary>
internal sealed class PlainRecords(DnsName zone, ZoneFileProblems problems)
{
    private readonly Dictionary<(DnsName Name, DnsRecordType Type), Gathered> sets = [];
    private readonly List<(DnsName Name, DnsRecordData Data, long Ttl, BindToken At)> standIns = [];
    private DnsName origin = zone;
    private DnsName? owner;
    private long? defaultTtl;
    private long? lastTtl;

    /// <summary>The name of the SOA record, or null.</summary>
    public string? Apex { get; private set; }

    /// <summary>Reads an entry that has words.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="note">What a comment of ours behind it says, or null.</param>
    public void Read(BindEntry entry, string? note)
    {
        var first = entry.Tokens[0];
        if (!first.Quoted && first.Text.StartsWith('$'))
        {
            ReadDirective(entry.Tokens);
            return;
        }

        if (!entry.StartsBlank)
        {
            owner = NameOf(first, "owner");
        }

        var head = RecordHead.Read(entry.Tokens, entry.StartsBlank ? 0 : 1, problems);
        if (head is null || (owner is null && !entry.StartsBlank))
        {
            return;
        }

        if (owner is null)
        {
            problems.Add(first.Line, first.Column, "The line begins with a blank, and there is no owner before it.");
            return;
        }

        Add(entry, owner, head, note);
    }

    /// <summary>The record sets, in the file's order.</summary>
    public IEnumerable<PlacedRecordSet> Sets() => sets.Select(static entry => new PlacedRecordSet(
        new DnsRecordSet
        {
            Name = entry.Key.Name.ToLower().ToString(),
            Type = entry.Key.Type.ToText(),
            Ttl = entry.Value.Ttl,
            Values = entry.Value.Values,
        },
        entry.Value.Line,
        1));

    /// <summary>Reports a record that is marked as a stand-in and is not what the descriptions say: one of the two was edited.</summary>
    public void CheckStandIns(IReadOnlyList<PlacedRecordSet> described)
    {
        var served = described.GroupBy(static placed => (placed.Set.Name, placed.Set.Type))
            .Select(static group => StandIns.Choose([.. group.Select(static placed => placed.Set)]))
            .OfType<DnsRecordSet>()
            .ToDictionary(static set => (set.Name, set.Type), static set => (set.Ttl, Data: StandIns.DataOf(set)!));
        foreach (var (name, data, ttl, at) in standIns)
        {
            if (!served.TryGetValue((name.ToLower().ToString(), data.Type.ToText()), out var expected) || expected.Ttl != ttl || !expected.Data.Contains(data))
            {
                problems.Add(
                    at.Line,
                    at.Column,
                    $"This record stands in for a record set that a comment describes, and does not say the same. Change the comment, or remove '{BindNotes.Write(BindNotes.StandIn)}' here and the comment.");
            }
        }
    }

    private void Add(BindEntry entry, DnsName name, RecordHead head, string? note)
    {
        var rdata = new BindRdataReader(entry.Tokens, head.First, origin);
        DnsRecordData data;
        string text;
        try
        {
            data = rdata.Read(head.Type);
            text = RecordValue.TextOf(data);
        }
        catch (DnsFormatException wrong)
        {
            problems.Add(rdata.At.Line, rdata.At.Column, wrong.Message);
            return;
        }

        if (head.Type == DnsRecordType.SOA)
        {
            Apex ??= name.ToLower().ToString();
        }

        // RFC 2308 §4; a file without $TTL means the record before (RFC 1035 §5.1), and BIND begins with the SOA's minimum.
        var minimum = head.Type == DnsRecordType.SOA ? (long?)System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(data.Bytes.Span[^4..]) : null;
        if ((head.Ttl ?? defaultTtl ?? lastTtl ?? minimum) is not { } ttl)
        {
            problems.Add(entry.Line, 1, "The record has no TTL, and there is neither a $TTL nor a record before it that has one.");
            return;
        }

        lastTtl = ttl;
        if (note == BindNotes.StandIn)
        {
            standIns.Add((name, data, ttl, entry.Tokens[0]));
            return;
        }

        Gather(entry, name, data, ttl, SpellingIn(note, data) ?? text);
    }

    private void Gather(BindEntry entry, DnsName name, DnsRecordData data, long ttl, string value)
    {
        if (!sets.TryGetValue((name, data.Type), out var set))
        {
            sets.Add((name, data.Type), set = new Gathered(ttl, entry.Line));
        }

        if (set.Ttl != ttl)
        {
            problems.Add(
                entry.Line,
                1,
                FormattableString.Invariant($"The TTL is {ttl} here and {set.Ttl} in line {set.Line}: the records of one name and type have one TTL (RFC 2181 §5.2)."));
        }
        else if (!set.Values.Contains(value, StringComparer.Ordinal))
        {
            set.Values.Add(value);
        }
    }

    // The spelling counts only while it means what the record says: an edited record wins over it.
    private static string? SpellingIn(string? note, DnsRecordData data) =>
        note is not null
        && YamlTreeReader.Read(note, new FindingCollector("zone file")) is YamlMap map
        && map.TryGet("value", out var entry) && entry.Value is YamlScalar value
        && data.Equals(RecordValue.DataOf(data.Type.ToText(), value.Text))
            ? value.Text
            : null;

    private void ReadDirective(IReadOnlyList<BindToken> tokens)
    {
        var (name, argument) = (tokens[0], tokens.Count == 2 ? tokens[1] : (BindToken?)null);
        switch (name.Text.ToUpperInvariant())
        {
            case "$ORIGIN" when argument is { } word:
                origin = NameOf(word, "origin") ?? origin;
                break;
            case "$TTL" when argument is { } word && BindTtl.TryParse(word.Text, int.MaxValue, out var seconds):
                defaultTtl = seconds;
                break;
            case "$INCLUDE":
                Refuse("$INCLUDE reads another file, which an import must not. Put that file's lines in its place, as named-compilezone does.");
                break;
            case "$GENERATE":
                Refuse("$GENERATE is BIND's own. Write the records that it makes, as named-compilezone does.");
                break;
            default:
                Refuse($"'{string.Join(' ', tokens.Take(3).Select(static token => token.Text))}' can't be read: '$ORIGIN name' or '$TTL seconds' was expected.");
                break;
        }

        void Refuse(string message) => problems.Add(name.Line, name.Column, message);
    }

    private DnsName? NameOf(BindToken token, string what)
    {
        try
        {
            return token.Quoted ? throw new DnsFormatException("A name does not stand in quotation marks.") : BindName.Parse(token.Text, origin);
        }
        catch (DnsFormatException wrong)
        {
            problems.Add(token.Line, token.Column, $"The {what} can't be read. {wrong.Message}");
            return null;
        }
    }

    private sealed record Gathered(long Ttl, int Line)
    {
        public List<string> Values { get; } = [];
    }
}
