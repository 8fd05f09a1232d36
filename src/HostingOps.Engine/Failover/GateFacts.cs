using HostingOps.Engine.Health;
using HostingOps.Engine.Mirror.Checking;
using HostingOps.Engine.Watch.Witnesses;

namespace HostingOps.Engine.Failover;

/// <summary>Everything the gates of one site are decided on. Gathered by reading; the gates themselves ask nobody.</summary>
internal sealed record GateFacts
{
    public required HostedSite Site { get; init; }

    public required FailoverKind Kind { get; init; }

    public required SiteDnsTarget Target { get; init; }

    /// <summary>Why Route 53 would refuse the new host's records at the name, or null.</summary>
    public string? Obstacle { get; init; }

    public SiteHost? From { get; init; }

    public SiteHost? To { get; init; }

    public HealthVerdict? ActiveVerdict { get; init; }

    public SiteHealth? Standby { get; init; }

    /// <summary>What the secondary host said of its mirror, or null when it was not asked.</summary>
    public MirrorSighting? Mirror { get; init; }

    public FailoverPause? Pause { get; init; }

    /// <summary>The newest operation on the site that has not ended, or null.</summary>
    public OpenOperation? Open { get; init; }

    public DateTimeOffset? LastSwitch { get; init; }

    /// <summary>What the witnesses said, or null when the inventory has none.</summary>
    public WitnessFacts? Witnesses { get; init; }

    public required ObserverFacts Observer { get; init; }

    public required FleetFacts Fleet { get; init; }

    public required DateTimeOffset Now { get; init; }
}
