namespace HostingOps.Engine.Dns.ZoneFiles;

/// <summary>A record set and where the file has it.</summary>
internal sealed record PlacedRecordSet(DnsRecordSet Set, int Line, int Column);
