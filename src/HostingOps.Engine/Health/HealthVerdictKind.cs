namespace HostingOps.Engine.Health;

/// <summary>What a run of observations proves. Only Down lets anything happen.</summary>
internal enum HealthVerdictKind
{
    /// <summary>Not enough, or nothing that counts.</summary>
    Unknown,

    /// <summary>The newest observation saw the site answer.</summary>
    NotDown,

    /// <summary>As many failures in a row as the check asks for.</summary>
    Down,
}
