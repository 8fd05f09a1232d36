namespace HostingOps;

/// <summary>What happens when an uplink comes into use.</summary>
public enum UplinkReaction : long
{
    /// <summary>It is an event in the output and the history, no more.</summary>
    None,

    /// <summary>The notification channels are told.</summary>
    Alert,

    /// <summary>They are told, and the sites behind this line fail over to their standby.</summary>
    SwitchToMirror,
}
