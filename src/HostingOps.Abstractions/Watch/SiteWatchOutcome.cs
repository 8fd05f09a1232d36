namespace HostingOps;

/// <summary>What became of a registration.</summary>
public enum SiteWatchOutcome : long
{
    /// <summary>It was not there before.</summary>
    Registered,

    /// <summary>It was there with other settings, or was switched off.</summary>
    Updated,

    /// <summary>It was there as it should be; nothing was written or run.</summary>
    Unchanged,

    /// <summary>It was taken away.</summary>
    Removed,

    /// <summary>There was nothing to take away.</summary>
    NotRegistered,
}
