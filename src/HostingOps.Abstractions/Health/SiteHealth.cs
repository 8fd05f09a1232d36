namespace HostingOps;

/// <summary>What one probe of one site on one host saw.</summary>
public sealed record SiteHealth
{
    /// <summary>The site. Binds to -Name in a pipeline.</summary>
    public required string SiteName { get; init; }

    /// <summary>The host that was probed, or null when the public name was asked.</summary>
    public string? HostName { get; init; }

    /// <summary>Which of the site's hosts this is.</summary>
    public required HealthTarget Target { get; init; }

    /// <summary>The verdict of this probe.</summary>
    public required SiteStatus Status { get; init; }

    /// <summary>Why, in one sentence.</summary>
    public required string Reason { get; init; }

    /// <summary>The address asked for last, after redirects.</summary>
    public string? Url { get; init; }

    /// <summary>The HTTP status of the last answer, or null when there was none.</summary>
    public int? StatusCode { get; init; }

    /// <summary>The phase that failed, or None.</summary>
    public ProbePhase FailedPhase { get; init; }

    /// <summary>
    /// Whether the host gave no sign of life at all: no TCP connection, no refusal, no answer to an earlier request of the probe.
    /// </summary>
    public bool IsHostSilent { get; init; }

    /// <summary>Time per phase, of the last request.</summary>
    public ProbeTimings Timings { get; init; } = new();

    /// <summary>The address and port connected to, for example <c>203.0.113.10:443</c>.</summary>
    public string? AddressProbed { get; init; }

    /// <summary>HEAD or GET: the method whose answer decided.</summary>
    public string? Method { get; init; }

    /// <summary>Redirects followed.</summary>
    public int Redirects { get; init; }

    /// <summary>End of the certificate's life (UTC), also when the certificate is bad, or null without TLS.</summary>
    public DateTimeOffset? CertificateExpires { get; init; }

    /// <summary>What is wrong with the certificate, or null.</summary>
    public string? CertificateProblem { get; init; }

    /// <summary>When the probe began (UTC).</summary>
    public required DateTimeOffset CheckedAt { get; init; }

    /// <summary>The inventory file. Binds to -InventoryPath in a pipeline.</summary>
    public string? InventoryPath { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{SiteName}{(HostName is null ? "" : " on " + HostName)}: {Status}";
}
