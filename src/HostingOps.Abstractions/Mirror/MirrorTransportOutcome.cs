namespace HostingOps;

/// <summary>What became of sending a mirror's generation to the site's secondary host.</summary>
public enum MirrorTransportOutcome : long
{
    /// <summary>It is there, verified, current and loaded.</summary>
    Sent,

    /// <summary>It was there and current already.</summary>
    Unchanged,

    /// <summary>It is not current there; what was current still is.</summary>
    Failed,

    /// <summary>It is current there, but the server could not be told to load it; or the connection was lost at the end, and what became of it could not be read.</summary>
    Unknown,
}
