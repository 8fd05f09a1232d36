namespace HostingOps.Engine.Dns.Wire;

/// <summary>One EDNS option (RFC 6891 §6.1.2), kept as raw bytes.</summary>
/// <param name="Code">Its assigned number.</param>
/// <param name="Data">Its content, up to 65,535 bytes.</param>
public sealed record DnsEdnsOption(ushort Code, ReadOnlyMemory<byte> Data);
