using System.Globalization;
using System.IO.Compression;
using System.Xml;

namespace HostingOps.Engine.Mirror.Parsing;

/// <summary>
/// Reads sitemaps (sitemaps.org 0.9, with images and alternates), their indexes, and RSS and Atom feeds. They are stored as they are:
/// both want absolute addresses, and those are right under the site's own name.
/// </summary>
internal static class XmlReading
{
    // Fifty megabytes is what a sitemap may have.
    private const long MostBytes = 52_428_800;

    /// <summary>Reads. What is no XML has no links.</summary>
    public static DocumentReading Read(byte[] body, LinkDesk desk)
    {
        try
        {
            using Stream source = body is [0x1F, 0x8B, ..]
                ? new BoundedStream(new GZipStream(new MemoryStream(body), CompressionMode.Decompress), MostBytes)
                : new MemoryStream(body);
            using var reader = XmlReader.Create(source, new XmlReaderSettings
            {
                DtdProcessing = DtdProcessing.Ignore,
                XmlResolver = null,
                IgnoreComments = true,
                IgnoreWhitespace = true,
                MaxCharactersInDocument = MostBytes,
            });
            Read(reader, desk);
        }
        catch (Exception exception) when (exception is XmlException or InvalidDataException or IOException)
        {
            // What was read until there still counts.
        }

        return new DocumentReading(null, desk.Links);
    }

    private static void Read(XmlReader reader, LinkDesk desk)
    {
        string? root = null;
        string? location = null;
        DateTimeOffset? modified = null;
        while (!reader.EOF)
        {
            if (reader.NodeType == XmlNodeType.EndElement && reader.LocalName is "url" or "sitemap")
            {
                Note(desk, location, isAsset: reader.LocalName == "sitemap", modified);
                (location, modified) = (null, null);
            }

            if (reader.NodeType != XmlNodeType.Element)
            {
                reader.Read();
                continue;
            }

            root ??= reader.LocalName;
            foreach (var (attribute, isAsset) in Attributes(reader.LocalName))
            {
                Note(desk, reader.GetAttribute(attribute), isAsset, null);
            }

            var isSitemap = root is "urlset" or "sitemapindex";
            switch (reader.LocalName)
            {
                case "loc" when isSitemap && reader.Prefix.Length == 0:
                    location = Text(reader);
                    break;
                case "lastmod" when isSitemap:
                    modified = Time(Text(reader));
                    break;
                case "loc" or "thumbnail_loc" or "content_loc" when isSitemap:
                    Note(desk, Text(reader), isAsset: true, null);
                    break;
                case "link" or "comments" when !isSitemap && !reader.IsEmptyElement && !reader.HasAttributes:
                    Note(desk, Text(reader), isAsset: false, null);
                    break;
                case "logo" or "icon" when !isSitemap:
                case "url" when !isSitemap:
                    Note(desk, Text(reader), isAsset: true, null);
                    break;
                default:
                    reader.Read();
                    break;
            }
        }
    }

    private static IEnumerable<(string Attribute, bool IsAsset)> Attributes(string element) => element switch
    {
        "link" => [("href", false)],
        "enclosure" or "thumbnail" => [("url", true)],
        "image" => [("href", true)],
        _ => [],
    };

    // Leaves the reader after the element.
    private static string Text(XmlReader reader)
    {
        if (reader.IsEmptyElement)
        {
            reader.Read();
            return "";
        }

        var text = "";
        reader.Read();
        while (!reader.EOF && reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace)
        {
            text += reader.Value;
            reader.Read();
        }

        return text.Trim();
    }

    private static void Note(LinkDesk desk, string? address, bool isAsset, DateTimeOffset? modified)
    {
        if (!string.IsNullOrWhiteSpace(address))
        {
            desk.Note(address, isAsset, modified);
        }
    }

    // A date alone means any time of that day.
    private static DateTimeOffset? Time(string text) =>
        !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? null
        : text.Contains('T', StringComparison.Ordinal) ? time
        : time.AddDays(1);
}
