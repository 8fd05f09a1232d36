using System.Net;
using HostingOps.Engine.Dns.Wire;

namespace HostingOps.Engine.Dns.Audit.Views;

/// <summary>One server of a zone at one address.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Endpoint">Its address, or null when there is none.</param>
/// <param name="Text">Both in words.</param>
/// <param name="State">How it is.</param>
internal sealed record ZoneServerView(DnsName Name, IPEndPoint? Endpoint, string Text, ZoneServerState State)
{
    /// <summary>What is wrong, as a clause whose subject is the server, or null.</summary>
    public string? Problem { get; init; }

    /// <summary>
    /// Whether the state was seen; false when the server was not asked because it had been silent before, or when somebody on the
    /// way to its address did not answer.
    /// </summary>
    public bool IsSure { get; init; } = true;

    /// <summary>The version of the zone that it serves.</summary>
    public uint? Serial { get; init; }

    /// <summary>The zone's name servers as it has them.</summary>
    public IReadOnlyList<DnsName> NameServers { get; init; } = [];

    /// <summary>The signatures of its SOA record.</summary>
    public IReadOnlyList<RecordSignature> Signatures { get; init; } = [];
}
