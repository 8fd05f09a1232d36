using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace HostingOps.Sandbox.Apex;

/// <summary>One port of a public address, on loopback: passes each connection on to whatever has the address at that moment.</summary>
internal sealed class PublicPort : IAsyncDisposable
{
    private readonly Func<PublicRoute> route;
    private readonly Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource stopping = new();
    private readonly ConcurrentDictionary<Task, bool> connections = new();
    private readonly Task accepting;
    private CancellationTokenSource current = new();

    /// <summary>Listens on a free port of 127.0.0.1.</summary>
    /// <param name="route">Where a new connection goes.</param>
    public PublicPort(Func<PublicRoute> route)
    {
        this.route = route;
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(512);
        Endpoint = (IPEndPoint)listener.LocalEndPoint!;
        accepting = Task.Run(AcceptAsync);
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint Endpoint { get; }

    /// <summary>Cuts the connections there are, as happens when an address moves.</summary>
    public void Cut()
    {
        var cut = Interlocked.Exchange(ref current, new CancellationTokenSource());
        cut.Cancel();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync().ConfigureAwait(false);
        listener.Dispose();
        await accepting.ConfigureAwait(false);
        await Task.WhenAll(connections.Keys).ConfigureAwait(false);
        stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!stopping.IsCancellationRequested)
        {
            Socket client;
            try
            {
                client = await listener.AcceptAsync(stopping.Token).ConfigureAwait(false);
            }
            catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException)
            {
                // A client that gave up while it was being accepted; the listener itself is well.
                continue;
            }

            var work = Task.Run(() => PassAsync(client), CancellationToken.None);
            connections[work] = true;
            _ = work.ContinueWith(
                done => connections.TryRemove(done, out _),
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
        }
    }

    private async Task PassAsync(Socket client)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stopping.Token, Volatile.Read(ref current).Token);
        try
        {
            using var socket = client;
            var (target, silent) = route();
            if (target is null)
            {
                if (silent)
                {
                    // Until the client gives up: nothing is read, nothing is said.
                    await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop.Token).ConfigureAwait(false);
                }

                socket.LingerState = new LingerOption(true, 0);
                return;
            }

            using var onward = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            socket.NoDelay = true;
            await onward.ConnectAsync(target, stop.Token).ConfigureAwait(false);
            await Task.WhenAll(CopyAsync(socket, onward, stop.Token), CopyAsync(onward, socket, stop.Token)).ConfigureAwait(false);
        }
        catch (Exception error) when (error is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // One end is gone, or the address moved: there is nobody to tell.
        }
    }

    private static async Task CopyAsync(Socket from, Socket to, CancellationToken stop)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            int read;
            while ((read = await from.ReceiveAsync(buffer, stop).ConfigureAwait(false)) > 0)
            {
                for (var sent = 0; sent < read;)
                {
                    sent += await to.SendAsync(buffer.AsMemory(sent, read - sent), stop).ConfigureAwait(false);
                }
            }

            to.Shutdown(SocketShutdown.Send);
        }
        catch
        {
            // The other direction must not wait for an end that is gone.
            from.Close();
            to.Close();
            throw;
        }
    }
}
