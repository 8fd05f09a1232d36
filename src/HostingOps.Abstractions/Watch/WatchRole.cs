namespace HostingOps;

/// <summary>What a watched host is to the site at the moment.</summary>
public enum WatchRole : long
{
    /// <summary>Visitors are sent there, says Route 53.</summary>
    Active,

    /// <summary>It would take over.</summary>
    Standby,
}
