namespace HostingOps.Engine.Dns;

/// <summary>What became of one site's switch.</summary>
public enum SwitchOutcome
{
    /// <summary>The records are as wanted, by this operation.</summary>
    Applied,

    /// <summary>Somebody else was first; this operation changed nothing.</summary>
    Conflict,

    /// <summary>Route 53 refused it; nothing was changed.</summary>
    Failed,

    /// <summary>It may or may not have happened, and reading again did not tell.</summary>
    Unknown,
}
