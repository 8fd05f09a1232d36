namespace HostingOps.Sandbox.Api;

/// <summary>How a call of the sandbox's AWS API goes wrong.</summary>
public enum SandboxApiFault
{
    /// <summary>The connection is reset before anything was done.</summary>
    ConnectionLostBefore,

    /// <summary>The call is carried out, and the connection is reset instead of an answer.</summary>
    AnswerLost,

    /// <summary>HTTP 500 before anything was done.</summary>
    InternalError,

    /// <summary>The call is throttled: nothing was done.</summary>
    Throttled,

    /// <summary>The call is carried out, and HTTP 200 answers with a body that is no AWS answer.</summary>
    GarbageAnswer,

    /// <summary>The caller lacks the permission: nothing was done.</summary>
    AccessDenied,

    /// <summary>The caller's session token has expired: nothing was done.</summary>
    ExpiredToken,
}
