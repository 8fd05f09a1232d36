namespace HostingOps.Engine.Dns.Audit.Walk;

/// <summary>What a zone's server says about a name below.</summary>
internal enum ReferralKind
{
    /// <summary>Another zone begins there.</summary>
    Cut,

    /// <summary>The name belongs to the zone itself.</summary>
    NoCut,

    /// <summary>The name does not exist, nor any below (RFC 8020).</summary>
    Missing,

    /// <summary>The server does not serve the zone.</summary>
    Lame,
}
