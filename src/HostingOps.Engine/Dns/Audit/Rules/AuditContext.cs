using HostingOps.Engine.Dns.Audit.Views;
using HostingOps.Engine.Dns.Wire;

namespace HostingOps.Engine.Dns.Audit.Rules;

/// <summary>What the rules judge by.</summary>
/// <param name="Facts">What was seen.</param>
/// <param name="Apex">Where the bare domains should lead, or null.</param>
/// <param name="Settings">What is expected.</param>
/// <param name="Now">The time.</param>
internal sealed record AuditContext(SiteDnsFacts Facts, ApexSettings? Apex, DnsAuditSettings Settings, DateTimeOffset Now)
{
    private const int CustomaryTtl = 3600;

    /// <summary>Our record's name.</summary>
    public DnsName Record => Facts.Record.Name;

    /// <summary>The TTL that clients are asked to give their records, in seconds.</summary>
    public int WantedTtl => (int)Math.Max(1, Math.Min(CustomaryTtl, Settings.MaxSwitchTime.TotalSeconds));

    /// <summary>Whether a name is below a domain that its registry does not know, which is told once.</summary>
    public bool IsInMissingDomain(DnsName name) => Facts.MissingDomains.Any(missing => name.IsAtOrBelow(DnsName.Parse(missing.Domain)));

    /// <summary>The view of a zone, or null when it was not looked at.</summary>
    public ZoneView? ZoneNamed(DnsName? name) => Facts.Zones.FirstOrDefault(zone => zone.Name.Equals(name));

    /// <summary>Whether the client's IT department can change what stands at a name.</summary>
    public bool IsClients(DnsName? zone) => ZoneNamed(zone) is { IsOurs: false };
}
