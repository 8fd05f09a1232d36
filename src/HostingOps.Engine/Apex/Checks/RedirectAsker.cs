using System.Net;
using System.Net.Sockets;
using HostingOps.Engine.Health;

namespace HostingOps.Engine.Apex.Checks;

/// <summary>Asks the redirector at one address, with each name's own Host header and SNI. Every question has a connection of its own.</summary>
internal sealed class RedirectAsker : IDisposable
{
    /// <summary>The header in which a redirector names its instance.</summary>
    public const string InstanceHeader = "X-HostingOps-Instance";

    private static readonly UriCreationOptions ByteByByte = new() { DangerousDisablePathAndQueryCanonicalization = true };

    private static readonly int[] Ports = [80, 443];

    private readonly ProbeTransport transport = new();
    private readonly TrustedRoots roots = new();
    private readonly TimeProvider clock;
    private readonly IOperationReporter reporter;
    private readonly TimeSpan timeout;
    private readonly IPAddress pinned;
    private readonly ApexRoutes routes;
    private readonly ProbeRoute route;

    /// <summary>Creates it.</summary>
    /// <param name="address">The address.</param>
    /// <param name="routes">Where connections to it go.</param>
    /// <param name="timeout">Time for one question.</param>
    /// <param name="reporter">Is told of each question.</param>
    /// <param name="clock">For timeouts and certificate dates.</param>
    public RedirectAsker(IPAddress address, ApexRoutes routes, TimeSpan timeout, IOperationReporter reporter, TimeProvider clock)
    {
        (pinned, this.routes, this.timeout, this.reporter, this.clock) = (address, routes, timeout, reporter, clock);
        var elsewhere = Ports.ToDictionary(static port => port, port => routes.Of(new IPEndPoint(address, port)).ToString());
        var host = new SiteHost { Name = "redirector", Provider = "", Address = address.ToString(), ConnectTo = elsewhere };
        route = ProbeRoute.For(host, 80, new SystemAddressResolver())[0];
    }

    /// <summary>Asks for one URL.</summary>
    /// <param name="site">Its check says which roots to trust.</param>
    /// <param name="url">The URL.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    /// <returns>The answer, or why there is none.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<RedirectAnswer> AskAsync(HostedSite site, RedirectLocation url, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var answer = new RedirectAnswer(url);
        if (!routes.LeadTo(pinned, url.Port))
        {
            return answer with { Failure = new ProbeFailure(SiteStatus.Unknown, ProbePhase.None, $"it was not asked: {ApexRoutes.NoWay(new IPEndPoint(pinned, url.Port))}") };
        }

        var started = clock.GetTimestamp();
        using var limit = new CancellationTokenSource(timeout, clock);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        ProbeConnection? connection = null;
        var address = new Uri("about:blank");
        try
        {
            address = new Uri(url.ToString(), ByteByByte);

            // A bad certificate is a finding; it must not hide where the redirect leads.
            var policy = site.Check with { Timeout = timeout, Certificate = CertificatePolicy.Report };
            connection = new ProbeConnection(route, address, policy, roots.For(site), clock, deadline.Token);
            using var response = await transport.SendAsync(HttpMethod.Get, address, plainBody: false, cookies: null, connection, deadline.Token).ConfigureAwait(false);

            // Not the typed header: it drops what it can't parse, and that is worth telling.
            var location = response.Headers.NonValidated.TryGetValues("Location", out var values) ? values.FirstOrDefault() : null;
            reporter.Debug(FormattableString.Invariant($"HTTP GET {url} at {connection.Endpoint}: {(int)response.StatusCode} {location}"));
            return answer with
            {
                Status = (int)response.StatusCode,
                Location = location,
                InstanceId = response.Headers.NonValidated.TryGetValues(InstanceHeader, out var named) ? string.Join(',', named) : null,
                Certificate = connection.Certificate,
            };
        }
        catch (ProbeFailedException exception)
        {
            return Without(exception.Failure, exception);
        }
        catch (Exception exception)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return connection is null
                ? Without(new ProbeFailure(SiteStatus.Unknown, ProbePhase.None, $"the test itself failed: {exception.Message.TrimEnd('.')}"), exception)
                : Without(RequestFailure.Explain(exception, connection, route, address, timeout, deadline.Token), exception);
        }

        RedirectAnswer Without(ProbeFailure failure, Exception exception)
        {
            var elapsed = clock.GetElapsedTime(started);
            if (StallRules.Stalled(elapsed, timeout))
            {
                failure = new ProbeFailure(
                    SiteStatus.Unknown,
                    ProbePhase.None,
                    $"this machine stood still during the test ({Durations.Text(elapsed)} for a limit of {Durations.Text(timeout)}), so its failure says nothing: {failure.Reason}");
            }

            reporter.Debug($"HTTP GET {url} at {connection?.Endpoint?.ToString() ?? "no address"}: {failure.Reason}");
            return answer with
            {
                Failure = failure,
                TimedOut = limit.IsCancellationRequested,
                Closed = exception is HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded } || exception.GetBaseException() is SocketException,
                Certificate = connection?.Certificate,
            };
        }
    }

    /// <inheritdoc/>
    public void Dispose() => transport.Dispose();
}
