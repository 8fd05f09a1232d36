namespace HostingOps.Engine.Dns.Wire;

/// <summary>What the OPT pseudo record says (RFC 6891 §6.1), but for the response code's upper bits, which are in <see cref="DnsMessage.ResponseCode"/>.</summary>
public sealed record DnsEdns
{
    /// <summary>A payload that crosses the Internet without fragments: 1,232 bytes fit IPv6's minimum MTU.</summary>
    public const ushort SafePayloadSize = 1232;

    /// <summary>Largest UDP payload in bytes that the sender can take; below 512 counts as 512.</summary>
    public ushort UdpPayloadSize { get; init; } = SafePayloadSize;

    /// <summary>EDNS version, 0 in practice.</summary>
    public byte Version { get; init; }

    /// <summary>The DO bit: DNSSEC records are wanted (RFC 3225).</summary>
    public bool DnssecOk { get; init; }

    /// <summary>The options, uninterpreted.</summary>
    public IReadOnlyList<DnsEdnsOption> Options { get; init; } = [];
}
