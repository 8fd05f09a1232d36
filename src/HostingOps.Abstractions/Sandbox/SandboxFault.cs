namespace HostingOps;

/// <summary>How a site of the sandbox misbehaves.</summary>
public enum SandboxFault : long
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>Answers 503.</summary>
    ServiceUnavailable,

    /// <summary>Answers after 30 seconds.</summary>
    Slow,

    /// <summary>Accepts the connection and says nothing.</summary>
    Silent,

    /// <summary>Closes the connection at once.</summary>
    Reset,

    /// <summary>Shows a certificate that has expired.</summary>
    ExpiredCertificate,

    /// <summary>Shows a certificate for another name.</summary>
    WrongCertificate,

    /// <summary>Where the host serves the site's mirror: says that it was saved 100 days ago. The pages answer.</summary>
    StaleMirror,
}
