using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace HostingOps.Engine.Health;

/// <summary>
/// One connection made for one request: finds the address, connects, does TLS, and keeps what each phase took and showed.
/// It travels to the handler's connect callback in the request's options.
/// </summary>
internal sealed class ProbeConnection(
    ProbeRoute route, Uri url, HealthCheckPolicy policy, X509Certificate2Collection? roots, TimeProvider clock, CancellationToken cancellationToken,
    ProbeTrace? trace = null)
{
    /// <summary>Where the request's options hold it.</summary>
    public static readonly HttpRequestOptionsKey<ProbeConnection> Key = new("HostingOps.ProbeConnection");

    private static readonly List<SslApplicationProtocol> Http11 = [SslApplicationProtocol.Http11];

    /// <summary>The phase under way, or the one that failed.</summary>
    public ProbePhase Phase { get; set; } = ProbePhase.Resolve;

    /// <summary>The endpoint connected to, or tried last.</summary>
    public IPEndPoint? Endpoint { get; private set; }

    /// <summary>Times per phase, ms; Total is left to the probe.</summary>
    public ProbeTimings Timings { get; private set; } = new();

    /// <summary>What TLS showed of the certificate, or null.</summary>
    public CertificateReport? Certificate { get; private set; }

    /// <summary>Why the connection failed, or null.</summary>
    public ProbeFailure? Failure { get; private set; }

    /// <summary>Whether one of the endpoints took, refused or broke a connection: somebody lives there.</summary>
    public bool SignOfLife { get; private set; }

    private long requestStarted;

    /// <summary>Opens the connection.</summary>
    /// <exception cref="ProbeFailedException">It failed; <see cref="Failure"/> says the same.</exception>
    public async ValueTask<Stream> OpenAsync()
    {
        try
        {
            var endpoints = await FindAsync().ConfigureAwait(false);
            Phase = ProbePhase.Connect;
            var started = clock.GetTimestamp();
            var socket = await ConnectAsync(endpoints).ConfigureAwait(false);
            Timings = Timings with { Connect = Elapsed(started) };
            Stream stream = new NetworkStream(socket, ownsSocket: true);
            if (url.Scheme == Uri.UriSchemeHttps)
            {
                Phase = ProbePhase.Tls;
                started = clock.GetTimestamp();
                stream = await SecureAsync(stream).ConfigureAwait(false);
                Timings = Timings with { Tls = Elapsed(started) };
            }

            Phase = ProbePhase.FirstByte;
            requestStarted = clock.GetTimestamp();
            return stream;
        }
        catch (ProbeFailedException exception)
        {
            Failure = exception.Failure;
            throw;
        }
    }

    /// <summary>Notes that the answer's head has come.</summary>
    public void AnswerBegan()
    {
        if (requestStarted != 0)
        {
            Timings = Timings with { FirstByte = Elapsed(requestStarted) };
        }
    }

    /// <summary>Notes how long the body took since the given timestamp.</summary>
    public void BodyEnded(long started) => Timings = Timings with { Body = Elapsed(started) };

    private async ValueTask<IReadOnlyList<IPEndPoint>> FindAsync()
    {
        var name = route.NameToResolve(url.IdnHost, url.Port);
        if (name is null)
        {
            return await route.FindAsync(url.IdnHost, url.Port, cancellationToken).ConfigureAwait(false);
        }

        var started = clock.GetTimestamp();
        try
        {
            var endpoints = await route.FindAsync(url.IdnHost, url.Port, cancellationToken).ConfigureAwait(false);
            Timings = Timings with { Resolve = Elapsed(started) };
            return endpoints;
        }
        catch (SocketException exception)
        {
            throw new ProbeFailedException(ConnectFailure.OfResolve(exception.SocketErrorCode, name), exception);
        }
    }

    private async ValueTask<Socket> ConnectAsync(IReadOnlyList<IPEndPoint> endpoints)
    {
        ProbeFailedException? failure = null;
        for (var i = 0; i < endpoints.Count; i++)
        {
            Endpoint = endpoints[i];
            Socket? socket = null;

            // A visitor's browser goes on to the next address when one is silent, so one must not eat all the time.
            var last = i == endpoints.Count - 1;
            using var share = last ? null : new CancellationTokenSource(policy.Timeout / (2 * endpoints.Count), clock);
            using var either = share is null ? null : CancellationTokenSource.CreateLinkedTokenSource(share.Token, cancellationToken);
            try
            {
                socket = new Socket(Endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                trace?.Knock(socket);
                await socket.ConnectAsync(Endpoint, either?.Token ?? cancellationToken).ConfigureAwait(false);
                SawLife();
                return socket;
            }
            catch (SocketException exception)
            {
                socket?.Dispose();
                var seen = ConnectFailure.OfConnect(exception.SocketErrorCode, Endpoint, LocalRoute.SourceFor);

                if (seen.Status == SiteStatus.Down && !seen.IsSilence)
                {
                    SawLife();
                }

                // Of several addresses, one that is surely down outweighs one that this machine can't ask.
                if (failure is null || failure.Failure.Status == SiteStatus.Unknown)
                {
                    failure = new ProbeFailedException(seen, exception);
                }
            }
            catch (OperationCanceledException) when (!last && !cancellationToken.IsCancellationRequested)
            {
                socket?.Dispose();
                failure ??= new ProbeFailedException(ConnectFailure.OfConnect(SocketError.TimedOut, Endpoint, LocalRoute.SourceFor));
            }
            catch
            {
                socket?.Dispose();
                throw;
            }
        }

        throw failure!;
    }

    private async ValueTask<Stream> SecureAsync(Stream transport)
    {
        var serverName = url.IdnHost;
        var tls = new SslStream(transport, leaveInnerStreamOpen: false);
        var handedOver = false;
        try
        {
            await tls.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = serverName,
                    ApplicationProtocols = Http11,

                    // A resumed session would show the certificate of an earlier visit, not the one served now.
                    AllowTlsResume = false,
                    CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
                    CertificateChainPolicy = CertificateInspection.ChainPolicy(roots, clock.GetUtcNow()),
                    RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
                    {
                        // Always accepted here: what a bad certificate means is the policy's to say, below.
                        Certificate = CertificateInspection.Inspect(certificate, chain, errors, serverName, clock.GetUtcNow());
                        return true;
                    },
                },
                cancellationToken).ConfigureAwait(false);
            if (policy.Certificate == CertificatePolicy.Enforce && Certificate?.Problem is { } problem)
            {
                throw new ProbeFailedException(new ProbeFailure(SiteStatus.Down, ProbePhase.Tls, problem));
            }

            handedOver = true;
            return tls;
        }
        catch (AuthenticationException exception)
        {
            throw TlsFailed((exception.InnerException ?? exception).Message, exception);
        }
        catch (IOException exception) when (exception.InnerException is SocketException broken)
        {
            throw new ProbeFailedException(
                ConnectFailure.OfBreak(
                    broken.SocketErrorCode, Endpoint!, ProbePhase.Tls, $"during the TLS handshake for {url.IdnHost}", LocalRoute.SourceFor),
                exception);
        }
        catch (IOException exception)
        {
            throw TlsFailed("the server closes the connection", exception);
        }
        finally
        {
            if (!handedOver)
            {
                await tls.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    private ProbeFailedException TlsFailed(string why, Exception cause) => new(
        new ProbeFailure(SiteStatus.Down, ProbePhase.Tls, $"no TLS with {Endpoint} for {url.IdnHost}: {why.TrimEnd('.')}"), cause);

    private void SawLife()
    {
        SignOfLife = true;
        trace?.Meet();
    }

    private double Elapsed(long since) => clock.GetElapsedTime(since).TotalMilliseconds;
}
