namespace HostingOps;

/// <summary>
/// The kind of failure, independent of any screen. The cmdlets map it to PowerShell's ErrorCategory,
/// the agent to an exit code, each in one table.
/// </summary>
public enum HostingErrorCategory : long
{
    /// <summary>No better category fits.</summary>
    NotSpecified,

    /// <summary>An argument or a value in the inventory is not usable.</summary>
    InvalidArgument,

    /// <summary>A file, document or stored value could not be read as what it should be.</summary>
    InvalidData,

    /// <summary>A named thing (site, host, hosted zone, operation) does not exist.</summary>
    ObjectNotFound,

    /// <summary>The name fits more than one thing.</summary>
    Ambiguous,

    /// <summary>Somebody else changed, or holds, what this operation wanted to change.</summary>
    Conflict,

    /// <summary>A gate refused the operation.</summary>
    Refused,

    /// <summary>Credentials are missing, expired or lack a permission.</summary>
    AuthenticationError,

    /// <summary>The remote side could not be reached or did not answer in time.</summary>
    ConnectionError,

    /// <summary>The remote side asked to slow down and kept asking.</summary>
    LimitsExceeded,

    /// <summary>The remote side answered with something it should not have.</summary>
    ProtocolError,

    /// <summary>A file or database could not be written or read.</summary>
    ResourceUnavailable,

    /// <summary>A hook or another program failed.</summary>
    ExternalProgramFailed,

    /// <summary>A deadline passed.</summary>
    OperationTimeout,

    /// <summary>The world did not look as the operation left it.</summary>
    VerificationFailed,
}
