namespace HostingOps.Engine.Failover;

/// <summary>How a plan is made.</summary>
public sealed record PlanOptions
{
    /// <summary>A switchover between healthy hosts instead of a failover from a dead one.</summary>
    public bool Planned { get; init; }

    /// <summary>Name of the host to go to, or null for the active host's peer.</summary>
    public string? To { get; init; }

    /// <summary>Gates that may be passed although they refuse. RecordAsExpected can't be among them.</summary>
    public IReadOnlyList<GateName> Overrides { get; init; } = [];

    /// <summary>Why; needed with any override.</summary>
    public string? OverrideReason { get; init; }

    /// <summary>
    /// When more sites would move than the fleet's limits allow: lets the first through, in the order given, and refuses the rest.
    /// Without it all are refused, because whoever asks by hand can choose.
    /// </summary>
    public bool UpToFleetLimit { get; init; }

    /// <summary>Probes under way at once. Default 128: a host that swallows connections holds each of its sites' probes for the whole timeout.</summary>
    public int ThrottleLimit { get; init; } = 128;
}
