using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using HostingOps.Engine.Health;

namespace HostingOps.Engine.Watch.Checking;

/// <summary>A connection on which HEAD is asked once or, when kept, again and again. Any failure of it is an exception and says nothing of the site.</summary>
internal sealed class HeadConnection : IDisposable
{
    private readonly Stream stream;
    private readonly Socket socket;

    private HeadConnection(Stream stream, Socket socket, IPEndPoint endpoint, TimeSpan openedAt)
    {
        this.stream = stream;
        this.socket = socket;
        Endpoint = endpoint;
        OpenedAt = openedAt;
    }

    /// <summary>Where it leads.</summary>
    public IPEndPoint Endpoint { get; }

    /// <summary>When it was opened, by the caller's count.</summary>
    public TimeSpan OpenedAt { get; }

    /// <summary>What TLS showed of the certificate, or null without TLS.</summary>
    public CertificateReport? Certificate { get; private init; }

    /// <summary>What opening it took.</summary>
    public ProbeTimings Opening { get; private init; } = new();

    /// <summary>Whether it can be written to: not when the server has closed it, as servers do with idle connections.</summary>
    public bool IsOpen
    {
        get
        {
            try
            {
                return !socket.Poll(0, SelectMode.SelectRead) || socket.Available > 0;
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException)
            {
                return false;
            }
        }
    }

    /// <summary>Connects, with TLS for https. A session of an earlier visit may be resumed.</summary>
    /// <param name="endpoint">Where to.</param>
    /// <param name="url">Scheme and server name.</param>
    /// <param name="roots">Roots to trust instead of the system's, or null.</param>
    /// <param name="chains">What is known of certificates.</param>
    /// <param name="clock">For timings and the certificate's dates.</param>
    /// <param name="openedAt">The caller's count of now.</param>
    /// <param name="trace">Is told when the host has taken the connection.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<HeadConnection> OpenAsync(
        IPEndPoint endpoint, Uri url, X509Certificate2Collection? roots, ChainMemory chains, TimeProvider clock, TimeSpan openedAt, ProbeTrace trace,
        CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        trace.Knock(socket);
        Stream? stream = null;
        try
        {
            await socket.ConnectAsync(endpoint, cancellationToken).ConfigureAwait(false);
            trace.Meet();
            var timings = new ProbeTimings { Connect = clock.GetElapsedTime(started).TotalMilliseconds };
            stream = new NetworkStream(socket, ownsSocket: true);
            if (url.Scheme != Uri.UriSchemeHttps)
            {
                return new HeadConnection(stream, socket, endpoint, openedAt) { Opening = timings };
            }

            started = clock.GetTimestamp();
            var (secured, certificate) = await ResumedTls.OpenAsync(stream, url.IdnHost, roots, chains, clock, cancellationToken).ConfigureAwait(false);
            stream = secured;
            return new HeadConnection(secured, socket, endpoint, openedAt)
            {
                Certificate = certificate,
                Opening = timings with { Tls = clock.GetElapsedTime(started).TotalMilliseconds },
            };
        }
        catch
        {
            stream?.Dispose();
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Asks, and reads the answer's head.</summary>
    public async ValueTask<HeadAnswer?> AskAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(request, cancellationToken).ConfigureAwait(false);
        return await HeadAnswerReader.ReadAsync(stream, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();
}
