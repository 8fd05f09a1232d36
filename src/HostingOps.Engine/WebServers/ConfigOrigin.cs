namespace HostingOps.Engine.WebServers;

/// <summary>Where a redirector's configuration comes from, by its checksum line.</summary>
public enum ConfigOrigin
{
    /// <summary>HostingOps wrote it, and nobody has changed it since.</summary>
    Generated,

    /// <summary>HostingOps wrote it, and somebody has changed it since.</summary>
    Edited,

    /// <summary>It has no checksum line: somebody else wrote it.</summary>
    Foreign,
}
