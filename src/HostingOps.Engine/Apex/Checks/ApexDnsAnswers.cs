using HostingOps.Engine.Dns;

namespace HostingOps.Engine.Apex.Checks;

/// <summary>What the public DNS says of a redirected name.</summary>
/// <param name="A">Its IPv4 addresses.</param>
/// <param name="Aaaa">Its IPv6 addresses.</param>
/// <param name="Www">The www of a site's own domain, or null for other names.</param>
internal sealed record ApexDnsAnswers(DnsLookup A, DnsLookup Aaaa, DnsLookup? Www);
