namespace HostingOps.Engine.Dns.Audit.Views;

/// <summary>How one of a zone's servers is.</summary>
internal enum ZoneServerState
{
    /// <summary>It serves the zone.</summary>
    Serves,

    /// <summary>It answers, and does not serve the zone.</summary>
    Lame,

    /// <summary>It does not answer.</summary>
    Silent,

    /// <summary>Its name leads to no address.</summary>
    WithoutAddress,
}
