namespace HostingOps;

/// <summary>How urgent an alert is.</summary>
public enum AlertSeverity : long
{
    /// <summary>Good to know.</summary>
    Information,

    /// <summary>To be looked at by day.</summary>
    Warning,

    /// <summary>Somebody has to get up.</summary>
    Critical,
}
