namespace HostingOps.Sandbox.Dns;

/// <summary>A record set as the name server serves it.</summary>
/// <param name="Name">The owner as Route 53 writes it.</param>
/// <param name="Type">The record type, for example <c>A</c>.</param>
/// <param name="Ttl">TTL in seconds.</param>
/// <param name="Values">The values as Route 53 keeps them.</param>
internal sealed record SandboxRecordSet(string Name, string Type, long Ttl, IReadOnlyList<string> Values);
