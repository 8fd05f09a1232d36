using System.Net;

namespace HostingOps.Engine.Dns;

/// <summary>What the public DNS says of one name.</summary>
internal sealed record DnsLookup
{
    /// <summary>The names that CNAME records lead over, in order, without trailing dot; empty when the name has its own addresses.</summary>
    public IReadOnlyList<string> Cnames { get; init; } = [];

    /// <summary>The addresses at the end.</summary>
    public IReadOnlyList<IPAddress> Addresses { get; init; } = [];

    /// <summary>Whether the name does not exist.</summary>
    public bool DoesNotExist { get; init; }

    /// <summary>Why nobody knows, as one clause, or null.</summary>
    public string? Problem { get; init; }
}
