using System.Net;

namespace HostingOps.Engine.Dns;

/// <summary>One name server of a zone.</summary>
public sealed record AuthoritativeServer
{
    /// <summary>Its name, or the text of the inventory's override.</summary>
    public required string Name { get; init; }

    /// <summary>Its addresses in the order of preference; one that answers is enough. Empty when the name could not be resolved.</summary>
    public required IReadOnlyList<IPEndPoint> Endpoints { get; init; }

    /// <summary>Why there are no addresses, or null.</summary>
    public string? Problem { get; init; }
}
