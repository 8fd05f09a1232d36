
namespace HostingOps.Engine.Health;

/// <summary>
/// Probes sites over HTTP: HEAD, confirmed by GET; pinned to a host's address with the site's own Host header and SNI, or to
/// the public name. Each request opens its own connection. Safe for many probes at once; none holds a thread while it waits.
/// </summary>
public sealed class SiteProber : IDisposable
{
    private readonly ProbeTransport transport = new();
    private readonly TrustedRoots trustedRoots = new();
    private readonly IAddressResolver resolver;
    private readonly IOperationReporter reporter;

    /// <summary>Creates a prober.</summary>
    /// <param name="clock">For timeouts, timings and certificate dates.</param>
    /// <param name="resolver">Finds public addresses; null for the machine's own resolver.</param>
    /// <param name="reporter">Is told of each probe and its result; null for nobody.</param>
    public SiteProber(TimeProvider clock, IAddressResolver? resolver = null, IOperationReporter? reporter = null)
    {
        ArgumentNullException.ThrowIfNull(clock);
        Clock = clock;
        this.reporter = reporter ?? SilentReporter.Instance;
        this.resolver = resolver ?? new SystemAddressResolver();
    }

    /// <summary>The clock it was made with.</summary>
    public TimeProvider Clock { get; }

    /// <summary>
    /// Probes one site once. Whatever goes wrong is in the result; a fault on this machine's side gives Unknown, never Down.
    /// A pinned host with both address families is probed on both at once: Down when IPv4 fails, Degraded when only IPv6 does.
    /// </summary>
    /// <param name="site">The site; its check says how.</param>
    /// <param name="host">The host to pin, or null to ask the public name.</param>
    /// <param name="target">What the result says was probed.</param>
    /// <param name="cancellationToken">Ends the probe.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<SiteHealth> ProbeAsync(HostedSite site, SiteHost? host, HealthTarget target, CancellationToken cancellationToken) =>
        ProbeAsync(site, host, target, trace: null, cancellationToken);

    /// <summary>The same, with a trace that tells whether the host has answered anything before the probe ends.</summary>
    internal async Task<SiteHealth> ProbeAsync(
        HostedSite site, SiteHost? host, HealthTarget target, ProbeTrace? trace, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(site);
        cancellationToken.ThrowIfCancellationRequested();
        reporter.Debug($"{site.Name}: probing {Named(host)}.");
        var health = await LookAsync(site, host, target, trace, cancellationToken).ConfigureAwait(false);
        reporter.Verbose(FormattableString.Invariant(
            $"{site.Name}: {health.Method ?? "no request"} {health.Url} to {Named(host)} at {health.AddressProbed ?? "no address"}: {health.Status}, {health.Timings.Total:0} ms. {health.Reason}"));
        return health;
    }

    private static string Named(SiteHost? host) => host?.Name ?? "its public name";

    private async Task<SiteHealth> LookAsync(
        HostedSite site, SiteHost? host, HealthTarget target, ProbeTrace? trace, CancellationToken cancellationToken)
    {
        var policy = site.Check;
        var health = new SiteHealth
        {
            SiteName = site.Name,
            HostName = host?.Name,
            Target = target,
            Status = SiteStatus.Unknown,
            Reason = "",
            CheckedAt = Clock.GetUtcNow(),
            InventoryPath = site.InventoryPath,
        };
        var started = Clock.GetTimestamp();
        try
        {
            var start = StartUrl(site);
            var roots = trustedRoots.For(site);
            var routes = ProbeRoute.For(host, start.Port, resolver);
            var names = new SiteNames(site);
            using var timeout = new CancellationTokenSource(policy.Timeout, Clock);
            using var deadline = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
            Task<ProbeOutcome> RunAsync(ProbeRoute route) => RouteProbe.RunAsync(
                () => new ProbeWalk(transport, route, start, names, policy, roots, Clock, Tell, trace), policy, Clock, deadline.Token, cancellationToken);

            ProbeOutcome outcome;
            if (routes.Count == 1 || !LocalRoute.Exists(routes[1].Pinned!))
            {
                outcome = WithAttention(await RunAsync(routes[0]).ConfigureAwait(false), policy);
            }
            else
            {
                var both = await Task.WhenAll(RunAsync(routes[0]), RunAsync(routes[1])).ConfigureAwait(false);
                outcome = Combine(WithAttention(both[0], policy), WithAttention(both[1], policy));
            }

            return Describe(health, outcome, Clock.GetElapsedTime(started), policy);
        }
        catch (ProbeFailedException exception)
        {
            return Failed(health, exception.Failure.Phase, exception.Failure.Reason, started);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // One site's oddity must not end the check of the others; and a fault of ours is no evidence against the site.
            return Failed(health, ProbePhase.None, $"the check itself failed: {exception.GetType().Name}: {exception.Message.TrimEnd('.')}", started);
        }
    }

    /// <summary>
    /// Whether a known-good address answers: any HTTP answer below 500, over valid TLS when the address is https, without
    /// following redirects.
    /// </summary>
    /// <exception cref="HostingException">InvalidArgument: it is no absolute http or https address.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<bool> ProbeUrlAsync(string url, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps))
        {
            throw new HostingException(
                ErrorIds.InvalidArgument, HostingErrorCategory.InvalidArgument, url,
                $"'{url}' is not an absolute http or https address, as a check of the observer needs.",
                "Correct observerChecks in the inventory's policy.");
        }

        using var limit = new CancellationTokenSource(timeout, Clock);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var route = ProbeRoute.For(null, address.Port, resolver)[0];
        var policy = new HealthCheckPolicy { Timeout = timeout };
        var connection = new ProbeConnection(route, address, policy, null, Clock, deadline.Token);
        try
        {
            using var response = await transport.SendAsync(HttpMethod.Get, address, plainBody: false, cookies: null, connection, deadline.Token).ConfigureAwait(false);
            reporter.Verbose(FormattableString.Invariant($"Known-good address {url} answers {(int)response.StatusCode}."));
            return (int)response.StatusCode < 500;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested
            && exception is HttpRequestException or IOException or OperationCanceledException or ProbeFailedException)
        {
            // No answer is the answer: the caller asks only whether this machine sees the world.
            reporter.Verbose($"Known-good address {url} gives no answer: {exception.GetBaseException().Message}");
            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => transport.Dispose();

    private void Tell(string message) => reporter.Debug(message);

    internal static Uri StartUrl(HostedSite site)
    {
        var check = site.Check;
        var path = check.Path.StartsWith('/') ? check.Path : "/" + check.Path;
        return Uri.TryCreate(SiteAddress.Origin(site) + path, UriKind.Absolute, out var url)
            && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
            ? url
            : throw new ProbeFailedException(new ProbeFailure(
                SiteStatus.Unknown, ProbePhase.None, $"the check's address can't be made from {SiteAddress.Origin(site)} and {check.Path}"));
    }

    private ProbeOutcome WithAttention(ProbeOutcome outcome, HealthCheckPolicy policy)
    {
        var (status, reason) = AttentionRules.Apply(
            outcome.Status, outcome.Reason, outcome.Connection?.Certificate, outcome.Connection?.Timings.FirstByte, policy, Clock.GetUtcNow());
        return outcome with { Status = status, Reason = reason };
    }

    private static ProbeOutcome Combine(ProbeOutcome v4, ProbeOutcome v6)
    {
        var (status, reason, showV6) = DualStackRules.Combine((v4.Status, v4.Reason), (v6.Status, v6.Reason));
        return (showV6 ? v6 : v4) with
        {
            Status = status,
            Reason = reason,
            IsSilence = v4.IsSilence && (v6.IsSilence || v6.Status == SiteStatus.Unknown),
        };
    }

    private static SiteHealth Describe(SiteHealth health, ProbeOutcome outcome, TimeSpan elapsed, HealthCheckPolicy policy)
    {
        var (status, reason) = outcome.Status == SiteStatus.Down && StallRules.Stalled(elapsed, policy.Timeout)
            ? (SiteStatus.Unknown, $"this machine stood still during the check ({Durations.Text(elapsed)} for a limit of {Durations.Text(policy.Timeout)}), so its failure says nothing: {outcome.Reason}")
            : (outcome.Status, outcome.Reason);
        return health with
        {
            Status = status,
            Reason = Sentence(reason),
            Url = outcome.Url.AbsoluteUri,
            StatusCode = outcome.StatusCode,
            FailedPhase = outcome.FailedPhase,
            IsHostSilent = status == SiteStatus.Down && outcome.IsSilence,
            Timings = (outcome.Connection?.Timings ?? new ProbeTimings()) with { Total = elapsed.TotalMilliseconds },
            AddressProbed = outcome.Connection?.Endpoint?.ToString(),
            Method = outcome.Method.Method,
            Redirects = outcome.Redirects,
            CertificateExpires = outcome.Connection?.Certificate?.NotAfter,
            CertificateProblem = outcome.Connection?.Certificate?.Problem,
        };
    }

    private SiteHealth Failed(SiteHealth health, ProbePhase phase, string reason, long started) => health with
    {
        Reason = Sentence(reason),
        FailedPhase = phase,
        Timings = new ProbeTimings { Total = Clock.GetElapsedTime(started).TotalMilliseconds },
    };

    internal static string Sentence(string clause) => clause.Length == 0 ? clause : char.ToUpperInvariant(clause[0]) + clause[1..] + ".";
}
