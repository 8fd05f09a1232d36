using HostingOps.Engine.Dns.Wire;

namespace HostingOps.Engine.Dns.Audit.Asking;

/// <summary>A server's answer, or why there is none.</summary>
/// <param name="Message">The answer, whatever its response code; null when there is none.</param>
/// <param name="Problem">Why there is none, as a clause whose subject is the server; null with an answer.</param>
/// <param name="WasAsked">Whether the question was sent; false when the server was left alone.</param>
internal sealed record DnsReply(DnsMessage? Message, string? Problem, bool WasAsked = true);
