namespace HostingOps;

/// <summary>How a publish of the redirector's configuration ended.</summary>
public enum ApexPublishOutcome : long
{
    /// <summary>The new configuration is in its place and loaded; <see cref="ApexPublishResult.VerifiedCount"/> says how much was proven.</summary>
    Published,

    /// <summary>It was there already: nothing was changed.</summary>
    Unchanged,

    /// <summary>It was in its place and did not pass the test, the reload or the verification: the former file is back.</summary>
    RolledBack,

    /// <summary>It was refused before it was in its place: nothing was changed.</summary>
    Failed,

    /// <summary>Whether it is in its place, or loaded, is not known. Running the command again finds out and mends.</summary>
    Unknown,
}
