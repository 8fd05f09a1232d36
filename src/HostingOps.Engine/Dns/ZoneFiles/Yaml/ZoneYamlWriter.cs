using System.Text;
using HostingOps.Engine.Inventory.Writing;

namespace HostingOps.Engine.Dns.ZoneFiles.Yaml;

/// <summary>Writes a hosted zone as YAML: every field of every record set, values as Route 53 has them.</summary>
internal static class ZoneYamlWriter
{
    public const int Version = 1;

    public static string Write(string zone, IReadOnlyList<DnsRecordSet> sets)
    {
        var yaml = new StringBuilder("# A hosted zone as Route 53 has it. Import-HostedZone reads it back; docs/zone-files.md describes the fields.\n")
            .Append("version: 1\n")
            .Append("zone: ").Append(YamlText.Scalar(zone)).Append('\n')
            .Append(sets.Count == 0 ? "recordSets: []\n" : "recordSets:\n");
        foreach (var set in sets.Order(new RecordSetOrder()))
        {
            var lead = "  - ";
            foreach (var (key, value) in RecordSetFields.Of(set))
            {
                Append(yaml.Append(lead).Append(key).Append(':'), value);
                lead = "    ";
            }
        }

        return yaml.ToString();
    }

    private static void Append(StringBuilder yaml, object value)
    {
        switch (value)
        {
            case IReadOnlyList<string> texts:
                yaml.Append('\n');
                foreach (var text in texts)
                {
                    yaml.Append("      - ").Append(Scalar(text)).Append('\n');
                }

                break;
            case IReadOnlyList<(string Key, object Value)> fields:
                yaml.Append(' ').Append(YamlText.Map(fields.Select(static field => (field.Key, Scalar(field.Value))))).Append('\n');
                break;
            default:
                yaml.Append(' ').Append(Scalar(value)).Append('\n');
                break;
        }
    }

    // TXT values are full of quotation marks and backslashes, which single quotes leave as they are.
    private static string Scalar(object value) =>
        value is not string text ? RecordSetFields.Plain(value)
        : text.AsSpan().ContainsAny('"', '\\') && text.All(static character => character is >= ' ' and <= '~')
            ? $"'{text.Replace("'", "''", StringComparison.Ordinal)}'"
            : YamlText.Scalar(text);
}
