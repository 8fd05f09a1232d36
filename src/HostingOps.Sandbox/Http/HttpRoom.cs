using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;

namespace HostingOps.Sandbox.Http;

/// <summary>
/// A small HTTP/1.1 server on one loopback port, with or without TLS, that can be switched off and on again on the
/// same port. While it is off the port stays reserved, so that clients are refused and nobody else gets it.
/// </summary>
internal sealed class HttpRoom : IAsyncDisposable
{
    private readonly object gate = new();
    private readonly HttpLimits limits;
    private readonly TimeProvider timeProvider;
    private readonly Func<HttpRequest, CancellationToken, Task<HttpAnswer>> handler;
    private readonly ServerOptionsSelectionCallback? tls;
    private readonly IPAddress address;
    private readonly ConcurrentDictionary<Task, bool> connections = new();
    private Socket? reserved;
    private Socket? listener;
    private CancellationTokenSource? running;
    private Task accepting = Task.CompletedTask;
    private bool disposed;

    /// <summary>Reserves a free loopback port; nothing is served before <see cref="Start"/>.</summary>
    /// <param name="handler">Answers one request. Its token is cancelled when the room stops.</param>
    /// <param name="tls">Chooses the certificate per connection, or null for plain HTTP.</param>
    /// <param name="limits">Bounds.</param>
    /// <param name="timeProvider">The clock of the Date header.</param>
    /// <param name="address">The loopback address; null for 127.0.0.1.</param>
    public HttpRoom(
        Func<HttpRequest, CancellationToken, Task<HttpAnswer>> handler,
        ServerOptionsSelectionCallback? tls,
        HttpLimits limits,
        TimeProvider timeProvider,
        IPAddress? address = null)
    {
        this.address = address ?? IPAddress.Loopback;
        this.handler = handler;
        this.tls = tls;
        this.limits = limits;
        this.timeProvider = timeProvider;
        reserved = Reserve(0);
        Port = ((IPEndPoint)reserved.LocalEndPoint!).Port;
    }

    /// <summary>The port, the same for the room's whole life.</summary>
    public int Port { get; }

    /// <summary>Serves. Does nothing when it serves already.</summary>
    public void Start()
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            if (listener is not null)
            {
                return;
            }

            listener = reserved ?? Reserve(Port);
            reserved = null;
            listener.Listen(512);
            running = new CancellationTokenSource();
            var socket = listener;
            var token = running.Token;
            accepting = Task.Run(() => AcceptAsync(socket, token), CancellationToken.None);
        }
    }

    /// <summary>Refuses new connections and resets the open ones. Does nothing when it is off.</summary>
    public void Stop()
    {
        lock (gate)
        {
            if (listener is null)
            {
                return;
            }

            listener.Dispose();
            listener = null;
            running!.Cancel();
            running.Dispose();
            running = null;
            if (!disposed)
            {
                reserved = TryReserve(Port);
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        lock (gate)
        {
            disposed = true;
        }

        Stop();
        reserved?.Dispose();
        // Every wait in a connection takes the cancelled token, so this is soon over.
        await accepting.ConfigureAwait(false);
        await Task.WhenAll(connections.Keys).ConfigureAwait(false);
    }

    private Socket Reserve(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(address, port));
            return socket;
        }
        catch (SocketException)
        {
            socket.Dispose();
            throw;
        }
    }

    private Socket? TryReserve(int port)
    {
        try
        {
            return Reserve(port);
        }
        catch (SocketException)
        {
            // Another process was quicker in the instant between close and bind; Start tries again and says so.
            return null;
        }
    }

    private async Task AcceptAsync(Socket socket, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            Socket client;
            try
            {
                client = await socket.AcceptAsync(stop).ConfigureAwait(false);
            }
            catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException)
            {
                // A client that gave up while it was being accepted, or no free descriptor: the listener itself is well.
                await Task.Delay(TimeSpan.FromMilliseconds(5), CancellationToken.None).ConfigureAwait(false);
                continue;
            }

            if (connections.Count >= limits.Connections)
            {
                client.Dispose();
                continue;
            }

            var connection = new HttpConnection(client, handler, tls, limits, timeProvider);
            var work = Task.Run(() => connection.ServeAsync(stop), CancellationToken.None);
            connections[work] = true;
            _ = work.ContinueWith(
                done => connections.TryRemove(done, out _),
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
        }
    }
}
