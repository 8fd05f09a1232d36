using System.Text;
using System.Text.Json;

namespace HostingOps.Engine.Mirror.Parsing;

/// <summary>Reads a web app's manifest and edits its addresses where they stand.</summary>
internal static class ManifestReader
{
    private static readonly HashSet<string> Parts = new(StringComparer.Ordinal) { "src" };

    private static readonly HashSet<string> Pages = new(StringComparer.Ordinal) { "start_url", "url", "scope", "id" };

    /// <summary>Reads. What is no JSON has no links.</summary>
    public static DocumentReading Read(byte[] body, LinkDesk desk)
    {
        // Latin-1, so that the reader's bytes are the text's characters.
        var text = Encoding.Latin1.GetString(body);
        var edits = new List<TextEdit>();
        try
        {
            var reader = new Utf8JsonReader(body, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            string? property = null;
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName)
                {
                    property = reader.GetString();
                    continue;
                }

                if (reader.TokenType == JsonTokenType.String && property is not null && (Parts.Contains(property) || Pages.Contains(property)))
                {
                    // The scope and the id are compared and never asked for.
                    var use = Parts.Contains(property) ? ReferenceUse.Asset : property is "scope" or "id" ? ReferenceUse.Action : ReferenceUse.Link;
                    if (desk.Take(reader.GetString()!, use) is { } wanted)
                    {
                        var start = (int)reader.TokenStartIndex + 1;
                        edits.Add(RawValue.Replace(
                            start, text.Substring(start, reader.ValueSpan.Length), wanted, static raw => raw, static value => JsonEncodedText.Encode(value).ToString()));
                    }
                }

                property = null;
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return new DocumentReading(null, desk.Links);
        }

        return new DocumentReading(edits.Count == 0 ? null : Encoding.Latin1.GetBytes(TextEdit.Apply(text, edits)), desk.Links);
    }
}
