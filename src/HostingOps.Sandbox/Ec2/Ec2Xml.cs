using System.Globalization;
using System.Text;
using System.Xml.Linq;

namespace HostingOps.Sandbox.Ec2;

/// <summary>The XML of API version 2016-11-15.</summary>
internal static class Ec2Xml
{
    private static readonly XNamespace Namespace = "http://ec2.amazonaws.com/doc/2016-11-15/";

    /// <summary>An answer document: <c>ActionResponse</c> with the request id first.</summary>
    public static byte[] Answer(string action, string requestId, IEnumerable<object?> content) =>
        Write(Qualify(new XElement(action + "Response", new XElement("requestId", requestId), content)));

    /// <summary>An error document. The request id is spelled <c>RequestID</c> there.</summary>
    public static byte[] Error(string code, string message, string requestId) => Write(new XElement(
        "Response",
        new XElement("Errors", new XElement("Error", new XElement("Code", code), new XElement("Message", message))),
        new XElement("RequestID", requestId)));

    /// <summary>A list element with <c>item</c> children.</summary>
    public static XElement Set(string name, IEnumerable<object?> items) => new(
        name, items.Select(item => item is XElement element ? new XElement("item", element.Attributes(), element.Nodes()) : new XElement("item", item)));

    /// <summary>A tagSet element.</summary>
    public static XElement Tags(IReadOnlyDictionary<string, string> tags) => Set("tagSet", tags
        .OrderBy(tag => tag.Key, StringComparer.Ordinal)
        .Select(tag => new XElement("item", new XElement("key", tag.Key), new XElement("value", tag.Value))));

    /// <summary>A state element with code and name.</summary>
    public static XElement State(string element, InstanceState state) => new(
        element, new XElement("code", (int)state), new XElement("name", Name(state)));

    /// <summary>EC2's name of a state.</summary>
    public static string Name(InstanceState state) => state switch
    {
        InstanceState.ShuttingDown => "shutting-down",
        _ => state.ToString().ToLowerInvariant(),
    };

    /// <summary>A time as EC2 writes it.</summary>
    public static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static byte[] Write(XElement root) =>
        Encoding.UTF8.GetBytes("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + root.ToString(SaveOptions.DisableFormatting));

    private static XElement Qualify(XElement element) => new(
        Namespace + element.Name.LocalName,
        element.Nodes().Select(node => node is XElement child ? Qualify(child) : node));
}
