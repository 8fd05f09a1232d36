namespace HostingOps;

/// <summary>The steps of a publish.</summary>
public enum ApexPublishStep : long
{
    /// <summary>ssh connects, and the script waits its turn.</summary>
    Connect,

    /// <summary>What an earlier publish left when it was cut off is put back.</summary>
    Mend,

    /// <summary>The configuration is written under a temporary name.</summary>
    Upload,

    /// <summary>nginx tests it there.</summary>
    Test,

    /// <summary>It takes its place, and the whole configuration is tested.</summary>
    Swap,

    /// <summary>The server takes it up.</summary>
    Reload,

    /// <summary>The redirector is asked.</summary>
    Verify,

    /// <summary>The former file is put back.</summary>
    Rollback,

    /// <summary>A second connection looks what became of a lost one.</summary>
    ReadBack,
}
