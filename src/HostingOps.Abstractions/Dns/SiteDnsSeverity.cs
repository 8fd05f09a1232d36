namespace HostingOps;

/// <summary>What one finding about a site's DNS means.</summary>
public enum SiteDnsSeverity : long
{
    /// <summary>Good to know; nothing needs to be done.</summary>
    Information,

    /// <summary>It works, and should be mended.</summary>
    Warning,

    /// <summary>Visitors, certificates or a failover do not get where they should.</summary>
    Error,

    /// <summary>Whoever knows did not answer.</summary>
    Unknown,
}
