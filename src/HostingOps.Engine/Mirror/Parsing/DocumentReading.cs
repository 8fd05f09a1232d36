namespace HostingOps.Engine.Mirror.Parsing;

/// <summary>What was read in a document.</summary>
/// <param name="Body">The body to serve instead of the origin's, or null when nothing in it has to change.</param>
/// <param name="Links">The places that it asks for or leads to, each once, in the order in which they stand.</param>
internal sealed record DocumentReading(byte[]? Body, IReadOnlyList<FoundLink> Links)
{
    /// <summary>Nothing found, nothing to change.</summary>
    public static DocumentReading Nothing { get; } = new(null, []);

    /// <summary>Whether its robots meta tags let its links be followed.</summary>
    public bool Follow { get; init; } = true;

    /// <summary>The charset that the document itself names, or null.</summary>
    public string? Charset { get; init; }
}
