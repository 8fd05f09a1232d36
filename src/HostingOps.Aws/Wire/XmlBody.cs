using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace HostingOps.Aws.Wire;

/// <summary>Builds a request's XML body; what is null is left out.</summary>
internal sealed class XmlBody(XNamespace ns)
{
    private static readonly XmlWriterSettings Settings = new()
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),

        // A carriage return inside a value would otherwise be read back as a line feed.
        NewLineHandling = NewLineHandling.Entitize,
    };

    public XElement? Leaf(string name, string? value) => value is null ? null : new XElement(ns + name, value);

    public XElement? Leaf(string name, long? value) => Leaf(name, value?.ToString(CultureInfo.InvariantCulture));

    public XElement? Leaf(string name, double? value) => Leaf(name, value?.ToString("R", CultureInfo.InvariantCulture));

    public XElement? Leaf(string name, bool? value) => Leaf(name, value switch { null => null, true => "true", false => "false" });

    public XElement? Nested<T>(string name, T? value, Func<T, IEnumerable<XElement?>> write)
        where T : class =>
        value is null ? null : new XElement(ns + name, write(value));

    public XElement? List<T>(string name, string item, List<T>? values, Func<T, object?> write) =>
        values is null or { Count: 0 } ? null : new XElement(ns + name, values.Select(value => new XElement(ns + item, write(value))));

    public byte[] Document(string root, IEnumerable<XElement?> content)
    {
        using var stream = new MemoryStream();
        using (var writer = XmlWriter.Create(stream, Settings))
        {
            new XDocument(new XElement(ns + root, content)).Save(writer);
        }

        return stream.ToArray();
    }
}
