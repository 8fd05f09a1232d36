using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace HostingOps.Aws.Wire;

/// <summary>Loads an answer as XML, without document types or anything fetched from elsewhere.</summary>
internal static class WireDocument
{
    private static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, CloseInput = false };

    /// <exception cref="AnswerUnreadableException">It is no XML.</exception>
    public static XElement Load(Stream stream)
    {
        // Whole in memory first, so that a connection that breaks in the middle stays a connection's error.
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        memory.Position = 0;
        if (memory.Length == 0)
        {
            throw new AnswerUnreadableException("an empty answer", null);
        }

        try
        {
            using var reader = XmlReader.Create(memory, Settings);
            return XElement.Load(reader, LoadOptions.PreserveWhitespace);
        }
        catch (XmlException error)
        {
            throw new AnswerUnreadableException(LooksLikeHtml(memory) ? "an HTML page" : "an answer that is not XML", error);
        }
    }

    private static bool LooksLikeHtml(MemoryStream memory)
    {
        var start = Encoding.UTF8.GetString(memory.GetBuffer(), 0, (int)Math.Min(memory.Length, 512));
        return start.Contains("<!doctype html", StringComparison.OrdinalIgnoreCase) || start.Contains("<html", StringComparison.OrdinalIgnoreCase);
    }
}
