namespace HostingOps;

/// <summary>The journaled steps of an operation on one site, in order.</summary>
public enum FailoverStep : long
{
    /// <summary>The plan, as it was confirmed.</summary>
    Plan,

    /// <summary>The fence hooks.</summary>
    Fence,

    /// <summary>The promote hooks.</summary>
    Promote,

    /// <summary>The compare-and-swap of the records.</summary>
    Switch,

    /// <summary>Waiting until Route 53 says INSYNC.</summary>
    Sync,

    /// <summary>Asking every authoritative server, and the site itself.</summary>
    Verify,

    /// <summary>The after hooks.</summary>
    After,

    /// <summary>The end of the operation on this site.</summary>
    Finish,
}
