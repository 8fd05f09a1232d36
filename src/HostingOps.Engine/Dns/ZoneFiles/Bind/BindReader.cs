using HostingOps.Engine.Dns.Wire;
using HostingOps.Engine.Inventory;
using HostingOps.Engine.Inventory.Yaml;

namespace HostingOps.Engine.Dns.ZoneFiles.Bind;

/// <summary>Reads zone files: our own with their comments, and those that others wrote (RFC 1035 §5, RFC 2308 §4, RFC 3597 §5).</summary>
internal sealed class BindReader
{
    private readonly ZoneFileProblems problems;
    private readonly PlainRecords records;
    private readonly List<PlacedRecordSet> described = [];
    private string? stated;

    private BindReader(string zone, ZoneFileProblems problems)
    {
        this.problems = problems;
        records = new PlainRecords(DnsName.Parse(zone), problems);
    }

    /// <summary>Reads a file's text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="zone">The origin until the file names one, and the zone's name when the file has neither SOA nor a comment that says it.</param>
    /// <param name="problems">Where problems go.</param>
    public static (string Zone, IReadOnlyList<PlacedRecordSet> Sets) Read(string text, string zone, ZoneFileProblems problems)
    {
        var reader = new BindReader(zone, problems);
        foreach (var entry in new BindScanner(text, problems).Entries())
        {
            reader.Read(entry);
        }

        reader.records.CheckStandIns(reader.described);
        return (reader.records.Apex ?? reader.stated ?? zone, [.. reader.described, .. reader.records.Sets()]);
    }

    private void Read(BindEntry entry)
    {
        var note = BindNotes.Read(entry.Comment);
        if (entry.Tokens.Count > 0)
        {
            records.Read(entry, note?.Note);
            return;
        }

        if (note is not { } own)
        {
            return;
        }

        var findings = new FindingCollector("zone file");
        var column = entry.CommentColumn + own.Offset;
        switch (YamlTreeReader.Read(own.Note, findings))
        {
            case YamlMap map when map.TryGet("format", out var format):
                ReadHead(map, format, entry.CommentLine, column);
                break;
            case YamlMap map when new RecordSetReader(findings).Read(map) is { } set:
                described.Add(new PlacedRecordSet(set, entry.CommentLine, column));
                break;
            case YamlMap:
                break;
            default:
                problems.Add(entry.CommentLine, column, $"A record set in braces was expected behind '{BindNotes.Mark}'.");
                break;
        }

        problems.Add(findings, entry.CommentLine, column);
    }

    private void ReadHead(YamlMap map, YamlEntry format, int line, int column)
    {
        if (format.Value is not YamlScalar { Text: "1" })
        {
            problems.Add(line, column, $"The file's form is {format.Value.Description}; this HostingOps reads form {BindWriter.Version}.");
        }

        if (map.TryGet("zone", out var zone) && zone.Value is YamlScalar name && DnsName.TryParse(name.Text, out var parsed))
        {
            stated = parsed.ToLower().ToString();
        }
    }
}
