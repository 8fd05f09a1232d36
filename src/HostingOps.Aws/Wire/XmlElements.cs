using System.Globalization;
using System.Xml.Linq;
using Amazon;

namespace HostingOps.Aws.Wire;

/// <summary>Reads an answer's elements by local name: AWS and its emulators do not agree on namespaces.</summary>
internal static class XmlElements
{
    public static XElement? Named(this XElement parent, string name)
    {
        foreach (var child in parent.Elements())
        {
            if (child.Name.LocalName == name)
            {
                return child;
            }
        }

        return null;
    }

    public static string? Text(this XElement parent, string name) => parent.Named(name)?.Value;

    public static long? Long(this XElement parent, string name) =>
        parent.Text(name) is { Length: > 0 } text ? long.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : null;

    public static int? Int(this XElement parent, string name) =>
        parent.Text(name) is { Length: > 0 } text ? int.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : null;

    public static double? Double(this XElement parent, string name) =>
        parent.Text(name) is { Length: > 0 } text ? double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture) : null;

    public static bool? Bool(this XElement parent, string name) =>
        parent.Text(name) is { Length: > 0 } text ? bool.Parse(text) : null;

    /// <summary>An ISO 8601 time, as UTC.</summary>
    public static DateTime? Time(this XElement parent, string name) =>
        parent.Text(name) is { Length: > 0 } text
            ? DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal)
            : null;

    public static T? Child<T>(this XElement parent, string name, Func<XElement, T> read)
        where T : class =>
        parent.Named(name) is { } child ? read(child) : null;

    /// <summary>The items of a list; null when the list itself is absent, as the official v4 clients have it.</summary>
    public static List<T>? List<T>(this XElement parent, string name, string item, Func<XElement, T> read)
    {
        var list = parent.Named(name);
        if (list is null)
        {
            return AWSConfigs.InitializeCollections ? [] : null;
        }

        return list.Elements().Where(element => element.Name.LocalName == item).Select(read).ToList();
    }
}
