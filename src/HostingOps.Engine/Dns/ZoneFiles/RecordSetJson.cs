using System.Text;
using HostingOps.Engine.Inventory.Writing;

namespace HostingOps.Engine.Dns.ZoneFiles;

/// <summary>Fields as one line of JSON, which YAML readers read as well.</summary>
internal static class RecordSetJson
{
    public static string Write(IReadOnlyList<(string Key, object Value)> fields)
    {
        var json = new StringBuilder();
        Append(json, fields);
        return json.ToString();
    }

    private static void Append(StringBuilder json, object value)
    {
        switch (value)
        {
            case string text:
                json.Append(YamlText.Quoted(text));
                break;
            case IReadOnlyList<string> texts:
                json.Append('[').AppendJoin(", ", texts.Select(YamlText.Quoted)).Append(']');
                break;
            case IReadOnlyList<(string Key, object Value)> fields:
                json.Append('{');
                for (var index = 0; index < fields.Count; index++)
                {
                    json.Append(index > 0 ? ", " : "").Append('"').Append(fields[index].Key).Append("\": ");
                    Append(json, fields[index].Value);
                }

                json.Append('}');
                break;
            default:
                json.Append(RecordSetFields.Plain(value));
                break;
        }
    }
}
