using HostingOps.Engine.Dns.Wire;

namespace HostingOps.Engine.Dns.Audit.Walk;

/// <summary>The answer of one of a zone's servers, or why none gave any.</summary>
internal sealed record ZoneReply(DnsMessage? Message, string? From, string? Problem);
