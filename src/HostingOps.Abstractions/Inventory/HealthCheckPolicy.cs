namespace HostingOps;

/// <summary>How a site is checked, and how many answers make a verdict.</summary>
public sealed record HealthCheckPolicy
{
    /// <summary>Path and query to ask for. Default <c>/</c>.</summary>
    public string Path { get; init; } = "/";

    /// <summary><c>https</c> (default) or <c>http</c>.</summary>
    public string Scheme { get; init; } = "https";

    /// <summary>Port, or null for the scheme's own. 1 to 65535.</summary>
    public int? Port { get; init; }

    /// <summary>Time for one whole probe, redirects included. Default 5 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Time between routine checks. Default 30 s.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Time between the confirming probes once a site is suspect. Default 1 s.</summary>
    public TimeSpan ConfirmInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Consecutive failures that make a site down. Default 3.</summary>
    public int FailAfter { get; init; } = 3;

    /// <summary>Consecutive successes that make a site healthy again. Default 2.</summary>
    public int RecoverAfter { get; init; } = 2;

    /// <summary>
    /// How long a site must go on failing before it is down, when its host lives but the site does not serve: connections refused,
    /// TLS failures, 5xx, wrong content. Restarts and deployments look like that for some seconds. Default 30 s. A host that does
    /// not answer at all needs <see cref="FailAfter"/> only.
    /// </summary>
    public TimeSpan FaultDuration { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Failures among the last routine checks that make a site down although it answers in between. Default 6 of 10.</summary>
    public IntermittentFailures Intermittent { get; init; } = new(6, 10);

    /// <summary>How long a site must answer after an outage before it is healthy again. Default 30 s. Doubled with each flap.</summary>
    public TimeSpan HoldDown { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest that <see cref="HoldDown"/> grows to. Default 15 min.</summary>
    public TimeSpan MaxHoldDown { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>An outage that begins within this time after the one before had ended is a flap. Default 1 h.</summary>
    public TimeSpan FlapWindow { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Time between routine checks of the site's standby. Default 5 min.</summary>
    public TimeSpan StandbyInterval { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Status codes that count as well. Default 200-299. Redirects are followed first.</summary>
    public IReadOnlyList<StatusRange> ExpectStatus { get; init; } = [new StatusRange(200, 299)];

    /// <summary>Text that the body must contain (ordinal), within its first 256 KiB once decompressed, or null.</summary>
    public string? ExpectBody { get; init; }

    /// <summary>
    /// Redirects followed at most, within the site's own names. Default 5. What is not followed makes the site Degraded,
    /// unless <see cref="ExpectStatus"/> has the redirect's code.
    /// </summary>
    public int MaxRedirects { get; init; } = 5;

    /// <summary>What a certificate that visitors' browsers would refuse means. Default <see cref="CertificatePolicy.Enforce"/>.</summary>
    public CertificatePolicy Certificate { get; init; } = CertificatePolicy.Enforce;

    /// <summary>Days of certificate life left under which a site is Degraded. Default 14.</summary>
    public int CertificateWarningDays { get; init; } = 14;

    /// <summary>First-byte time over which a site is Degraded, or null for never.</summary>
    public TimeSpan? SlowAfter { get; init; }

    /// <summary>A PEM file with root certificates to trust instead of the system's, or null.</summary>
    public string? CaFile { get; init; }

    /// <inheritdoc/>
    public override string ToString() =>
        FormattableString.Invariant($"{Scheme}{(Port is { } port ? $":{port}" : "")} {Path}, down after {FailAfter}, up after {RecoverAfter}");
}
