using HostingOps.Engine.Dns.Wire;

namespace HostingOps.Engine.Dns.Audit.Views;

/// <summary>The CAA records that count for a name.</summary>
/// <param name="Name">The name that a certificate is for.</param>
/// <param name="FoundAt">The name that has the records, or null when there are none.</param>
/// <param name="Properties">The records.</param>
/// <param name="From">Who told them, or who is at fault.</param>
/// <param name="Problem">Why they are not known, or null.</param>
internal sealed record CaaView(DnsName Name, DnsName? FoundAt, IReadOnlyList<CaaProperty> Properties, string? From, string? Problem = null);
