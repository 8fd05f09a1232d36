namespace HostingOps;

/// <summary>How grave a finding is.</summary>
public enum FindingSeverity : long
{
    /// <summary>Worth a look; nothing stops.</summary>
    Warning,

    /// <summary>The inventory is not usable until it is mended.</summary>
    Error,
}
