namespace HostingOps.Engine.Health;

/// <summary>What the TLS handshake showed of the server's certificate.</summary>
/// <param name="NotAfter">End of its life (UTC).</param>
/// <param name="Problem">Why a browser would refuse it, or null.</param>
internal sealed record CertificateReport(DateTimeOffset? NotAfter, string? Problem)
{
    /// <summary>Whether it has expired or is not valid yet.</summary>
    public bool IsOutOfDate { get; init; }

    /// <summary>Whether it is for other names.</summary>
    public bool IsForOtherName { get; init; }
}
