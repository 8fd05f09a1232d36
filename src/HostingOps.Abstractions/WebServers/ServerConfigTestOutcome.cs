namespace HostingOps;

/// <summary>What the real server's own check of a configuration gave.</summary>
public enum ServerConfigTestOutcome : long
{
    /// <summary>It was not asked; the reason says why.</summary>
    Skipped,

    /// <summary>It takes the configuration.</summary>
    Passed,

    /// <summary>It refuses the configuration.</summary>
    Failed,
}
