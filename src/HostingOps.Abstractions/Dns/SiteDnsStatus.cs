namespace HostingOps;

/// <summary>What an audit of a site's DNS came to: its worst finding.</summary>
public enum SiteDnsStatus : long
{
    /// <summary>Nothing is wrong.</summary>
    Passed,

    /// <summary>It works; something should be looked at.</summary>
    Warning,

    /// <summary>Visitors, certificates or a failover do not get where they should.</summary>
    Failed,

    /// <summary>Whoever knows did not answer, so that it is not known.</summary>
    Unknown,
}
