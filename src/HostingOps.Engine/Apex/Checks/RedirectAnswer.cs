using HostingOps.Engine.Health;

namespace HostingOps.Engine.Apex.Checks;

/// <summary>What one request of a test got.</summary>
/// <param name="Url">What was asked for.</param>
internal sealed record RedirectAnswer(RedirectLocation Url)
{
    /// <summary>The HTTP status, or null without an answer.</summary>
    public int? Status { get; init; }

    /// <summary>The Location header, byte for byte, or null.</summary>
    public string? Location { get; init; }

    /// <summary>The instance that the answer names as its own, or null.</summary>
    public string? InstanceId { get; init; }

    /// <summary>Why there is no answer, or null.</summary>
    public ProbeFailure? Failure { get; init; }

    /// <summary>Whether the time ran out.</summary>
    public bool TimedOut { get; init; }

    /// <summary>Whether the connection was closed or reset instead of an answer.</summary>
    public bool Closed { get; init; }

    /// <summary>What TLS showed of the certificate, or null over http.</summary>
    public CertificateReport? Certificate { get; init; }

    /// <summary>Where the answer leads, or null when it is no redirect or its Location can't be read.</summary>
    public RedirectLocation? Next => Status is { } status && IsRedirect(status) && Location is { } text ? RedirectLocation.Read(text, Url) : null;

    /// <summary>Whether browsers follow the status (RFC 9110 §15.4).</summary>
    public static bool IsRedirect(int status) => status is 301 or 302 or 303 or 307 or 308;
}
