namespace HostingOps.Engine.Watch.Verdicts;

/// <summary>What holds for a site whatever its checks say.</summary>
internal enum Circumstance
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Its failover is switched off by hand.</summary>
    Paused,

    /// <summary>It is in a maintenance window.</summary>
    Maintenance,
}
