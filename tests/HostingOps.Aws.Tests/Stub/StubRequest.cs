using System.Xml.Linq;

namespace HostingOps.Aws.Tests.Stub;

/// <summary>A request as it came over the wire.</summary>
internal sealed record StubRequest(string Method, string Target, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public string Path => Target.Split('?')[0];

    public IReadOnlyDictionary<string, string> Query => Pairs(Target.Contains('?') ? Target[(Target.IndexOf('?') + 1)..] : "");

    public IReadOnlyDictionary<string, string> Form => Pairs(Body);

    public XElement Xml => XElement.Parse(Body);

    public string Authorization => Headers.GetValueOrDefault("Authorization", "");

    private static Dictionary<string, string> Pairs(string text) => text.Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(static pair => pair.Split('=', 2))
        .ToDictionary(
            static pair => Uri.UnescapeDataString(pair[0].Replace('+', ' ')),
            static pair => Uri.UnescapeDataString(pair.ElementAtOrDefault(1)?.Replace('+', ' ') ?? ""));
}
