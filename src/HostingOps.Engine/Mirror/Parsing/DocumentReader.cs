using System.Text;

namespace HostingOps.Engine.Mirror.Parsing;

/// <summary>Reads a document of any kind for its links, and says what to serve instead of it.</summary>
internal static class DocumentReader
{
    /// <summary>Reads. Pure: asks nobody, changes nothing.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="body">As sent, content codings undone.</param>
    /// <param name="contentType">Its Content-Type.</param>
    /// <param name="scope">What belongs to the mirror.</param>
    /// <param name="place">Where it is.</param>
    /// <param name="address">Its URL at the origin.</param>
    public static DocumentReading Read(DocumentKind kind, byte[] body, string? contentType, MirrorScope scope, MirrorPlace place, string address)
    {
        var desk = new LinkDesk(scope, place, address);
        return kind switch
        {
            DocumentKind.Html or DocumentKind.Svg => HtmlReader.Read(body, contentType, desk),
            DocumentKind.StyleSheet => ReadStyles(body, contentType, desk),
            DocumentKind.Manifest => ManifestReader.Read(body, desk),
            DocumentKind.Xml => XmlReading.Read(body, desk),
            _ => DocumentReading.Nothing,
        };
    }

    private static DocumentReading ReadStyles(byte[] body, string? contentType, LinkDesk desk)
    {
        var (encoding, _) = DocumentCharset.Of(body, contentType);
        var text = encoding.GetString(body);
        var edits = CssReader.Read(text, desk);
        return new DocumentReading(edits.Count == 0 ? null : encoding.GetBytes(TextEdit.Apply(text, edits)), desk.Links);
    }
}
