namespace HostingOps;

/// <summary>Which of a site's hosts is probed.</summary>
public enum HealthTarget : long
{
    /// <summary>The host that Route 53 says is live.</summary>
    Active,

    /// <summary>The inventory's primary, pinned by address.</summary>
    Primary,

    /// <summary>The inventory's secondary, pinned by address.</summary>
    Secondary,

    /// <summary>Both hosts, pinned by address: two results per site.</summary>
    All,

    /// <summary>Whatever the public name resolves to, as a visitor would see it.</summary>
    Public,
}
