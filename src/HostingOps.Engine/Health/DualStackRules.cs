namespace HostingOps.Engine.Health;

/// <summary>
/// What the two address families of one host come to. IPv4 decides, since visitors without IPv6 have nothing else and those
/// with it fall back to IPv4; IPv6 alone failing wants attention. A family this machine can't reach is not counted.
/// </summary>
internal static class DualStackRules
{
    /// <summary>The status, the reason, and whether the IPv6 answer is the one to show.</summary>
    public static (SiteStatus Status, string Reason, bool ShowV6) Combine(
        (SiteStatus Status, string Reason) v4, (SiteStatus Status, string Reason) v6) => (v4.Status, v6.Status) switch
        {
            (SiteStatus.Down, _) => (SiteStatus.Down, v4.Reason, false),
            (SiteStatus.Unknown, SiteStatus.Healthy or SiteStatus.Degraded) => (v6.Status, $"{v6.Reason}; IPv4 is not counted: {v4.Reason}", true),

            // Nobody knows how the family that decides fares, so a failing IPv6 alone proves nothing.
            (SiteStatus.Unknown, _) => (SiteStatus.Unknown, v4.Reason, false),
            (_, SiteStatus.Down) => (SiteStatus.Degraded, $"{v4.Reason}, but over IPv6 only a failure: {v6.Reason}", false),
            (SiteStatus.Healthy, SiteStatus.Degraded) => (SiteStatus.Degraded, $"over IPv6: {v6.Reason}", true),
            _ => (v4.Status, v4.Reason, false),
        };
}
