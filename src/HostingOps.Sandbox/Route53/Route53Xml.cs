using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using HostingOps.Sandbox.Api;

namespace HostingOps.Sandbox.Route53;

/// <summary>The XML of API version 2013-04-01: documents in and out.</summary>
internal static class Route53Xml
{
    /// <summary>The namespace of every element.</summary>
    public static XNamespace Namespace { get; } = "https://route53.amazonaws.com/doc/2013-04-01/";

    /// <summary>Reads a request body.</summary>
    /// <exception cref="ApiException">MalformedInput.</exception>
    public static XElement Read(byte[] body, string expectedRoot, string what)
    {
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = 8 * 1024 * 1024,
        };
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(body), settings);
            var root = XElement.Load(reader);
            return root.Name == Namespace + expectedRoot
                ? root
                : throw new ApiException(400, "MalformedInput", $"{what} is not valid, expected {expectedRoot}");
        }
        catch (XmlException error)
        {
            throw new ApiException(400, "MalformedInput", $"Unable to parse the request body as XML: {error.Message}");
        }
    }

    /// <summary>A response document.</summary>
    public static byte[] Write(XElement root)
    {
        var qualified = Qualify(root);
        return Encoding.UTF8.GetBytes("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + qualified.ToString(SaveOptions.DisableFormatting));
    }

    /// <summary>A required child's text.</summary>
    /// <exception cref="ApiException">InvalidInput.</exception>
    public static string Required(XElement parent, string name) =>
        Optional(parent, name)
        ?? throw new ApiException(400, "InvalidInput", $"Invalid XML ; the element '{name}' is missing in '{parent.Name.LocalName}'");

    /// <summary>A child's text, or null.</summary>
    public static string? Optional(XElement parent, string name) => parent.Element(Namespace + name)?.Value;

    /// <summary>A time as AWS writes it.</summary>
    public static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>A child's number within bounds, or null.</summary>
    /// <exception cref="ApiException">InvalidInput.</exception>
    public static long? Number(XElement parent, string name, string path, long minimum, long maximum)
    {
        if (Optional(parent, name) is not { } text)
        {
            return null;
        }

        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            throw new ApiException(400, "InvalidInput", $"Invalid XML ; '{text}' is not a valid value for '{name}'");
        }

        return number < minimum ? throw Constraint(text, path, $"Member must have value greater than or equal to {minimum}")
            : number > maximum ? throw Constraint(text, path, $"Member must have value less than or equal to {maximum}")
            : number;
    }

    /// <summary>A child's true or false, or null.</summary>
    /// <exception cref="ApiException">InvalidInput.</exception>
    public static bool? Boolean(XElement parent, string name) => Optional(parent, name) switch
    {
        null => null,
        "true" or "1" => true,
        "false" or "0" => false,
        var text => throw new ApiException(400, "InvalidInput", $"Invalid XML ; '{text}' is not a valid value for '{name}'"),
    };

    /// <summary>The error for a value that breaks a constraint of the API's model.</summary>
    public static ApiException Constraint(string value, string path, string rule) => new(
        400, "InvalidInput", $"1 validation error detected: Value '{value}' at '{path}' failed to satisfy constraint: {rule}");

    private static XElement Qualify(XElement element) => new(
        Namespace + element.Name.LocalName,
        element.Nodes().Select(node => node is XElement child ? Qualify(child) : node));
}
