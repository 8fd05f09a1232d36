namespace HostingOps;

/// <summary>What one check says of a site. Unknown never acts.</summary>
public enum SiteStatus : long
{
    /// <summary>The check itself could not be made, so it says nothing about the site.</summary>
    Unknown,

    /// <summary>Answers as expected.</summary>
    Healthy,

    /// <summary>Answers, with something that wants attention: slow, throttled, a certificate near its end.</summary>
    Degraded,

    /// <summary>Visitors do not get the site.</summary>
    Down,
}
