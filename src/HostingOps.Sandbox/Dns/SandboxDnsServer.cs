using System.Net;
using System.Net.Sockets;

namespace HostingOps.Sandbox.Dns;

/// <summary>An authoritative name server over UDP and TCP on one port of loopback. Serves what its source has at the moment of each query.</summary>
internal sealed class SandboxDnsServer : IAsyncDisposable
{
    // A free TCP port may be taken for UDP: then another one is tried.
    private const int PortAttempts = 32;
    private const int ReceiveQueueBytes = 1 << 20;
    private const int LongestQuery = 4096;

    private static readonly TimeSpan PauseAfterError = TimeSpan.FromMilliseconds(20);

    private readonly CancellationTokenSource stopping = new();
    private readonly DnsResponder responder;
    private readonly TimeProvider timeProvider;
    private readonly Socket udp;
    private readonly DnsTcpListener tcp;
    private readonly Task serving;
    private int stopped;

    private SandboxDnsServer(ISandboxZoneSource source, TimeProvider timeProvider, Socket udp, Socket tcp)
    {
        responder = new DnsResponder(source);
        this.timeProvider = timeProvider;
        this.udp = udp;
        this.tcp = new DnsTcpListener(tcp, responder, timeProvider);
        Endpoint = (IPEndPoint)udp.LocalEndPoint!;
        serving = Task.WhenAll(Task.Run(ServeUdpAsync), Task.Run(() => this.tcp.ServeAsync(stopping.Token)));
    }

    /// <summary>Address and port, the same for UDP and TCP.</summary>
    public IPEndPoint Endpoint { get; }

    /// <summary>Starts a server.</summary>
    /// <param name="source">What it serves.</param>
    /// <param name="timeProvider">The clock for idle connections.</param>
    /// <param name="address">A loopback address; 127.0.0.1 when null.</param>
    /// <param name="port">The port; 0 for a free one.</param>
    /// <exception cref="HostingException">SandboxFailed: the port is taken, or none is free.</exception>
    public static SandboxDnsServer Start(ISandboxZoneSource source, TimeProvider timeProvider, IPAddress? address = null, int port = 0)
    {
        var wanted = new IPEndPoint(address ?? IPAddress.Loopback, port);
        for (var attempt = 1; ; attempt++)
        {
            var tcp = new Socket(wanted.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            var udp = new Socket(wanted.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = ReceiveQueueBytes };
            try
            {
                tcp.Bind(wanted);
                udp.Bind(tcp.LocalEndPoint!);
                tcp.Listen();
                return new SandboxDnsServer(source, timeProvider, udp, tcp);
            }
            catch (SocketException exception)
            {
                tcp.Dispose();
                udp.Dispose();
                if (port != 0 || attempt == PortAttempts)
                {
                    throw new HostingException(
                        ErrorIds.SandboxFailed,
                        HostingErrorCategory.ResourceUnavailable,
                        wanted.ToString(),
                        $"The sandbox's name server could not listen on {wanted} over UDP and TCP: {exception.Message}",
                        "Stop what holds the port, or let the sandbox choose a free one.",
                        exception);
                }
            }
        }
    }

    /// <summary>Stops listening and ends open connections.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref stopped, 1) != 0)
        {
            return;
        }

        await stopping.CancelAsync().ConfigureAwait(false);
        await serving.ConfigureAwait(false);
        udp.Dispose();
        tcp.Dispose();
        stopping.Dispose();
    }

    private async Task ServeUdpAsync()
    {
        var buffer = new byte[LongestQuery];
        var anyone = new IPEndPoint(Endpoint.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0);
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                var packet = await udp.ReceiveFromAsync(buffer, anyone, stopping.Token).ConfigureAwait(false);
                if (responder.Answer(buffer.AsSpan(0, packet.ReceivedBytes), overUdp: true) is { } answer)
                {
                    await udp.SendToAsync(answer, packet.RemoteEndPoint, stopping.Token).ConfigureAwait(false);
                }
            }
            catch (SocketException)
            {
                // Windows reports an asker that has gone here, any system one that can't be reached. UDP promises
                // nothing, so the answer is lost; the pause keeps a lasting error from spinning.
                await Task.Delay(PauseAfterError, timeProvider, stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                // Stopping; the loop's condition ends it.
            }
        }
    }
}
