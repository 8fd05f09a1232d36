using System.Buffers.Binary;
using System.Net.Sockets;

namespace HostingOps.Sandbox.Dns;

/// <summary>The TCP side of the name server: several queries a connection, each after its length (RFC 1035 §4.2.2, RFC 7766).</summary>
internal sealed class DnsTcpListener(Socket listener, DnsResponder responder, TimeProvider timeProvider) : IDisposable
{
    private const int LengthBytes = 2;
    private const int MostConnections = 64;

    private static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PauseAfterError = TimeSpan.FromMilliseconds(20);

    private readonly SemaphoreSlim places = new(MostConnections);

    /// <summary>Accepts connections until the token is cancelled, and returns when the last has ended.</summary>
    public async Task ServeAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await places.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // Stopping; the loop's condition ends it.
                continue;
            }

            Socket? connection = null;
            try
            {
                connection = await listener.AcceptAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // Stopping; the loop's condition ends it.
            }
            catch (SocketException)
            {
                // The asker went away between its call and our taking it, or the system is out of sockets for now.
                await Task.Delay(PauseAfterError, timeProvider, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            if (connection is null)
            {
                places.Release();
            }
            else
            {
                _ = ServeConnectionAsync(connection, cancellationToken);
            }
        }

        // With every place taken back, no connection is left.
        for (var place = 0; place < MostConnections; place++)
        {
            await places.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        listener.Dispose();
        places.Dispose();
    }

    private async Task ServeConnectionAsync(Socket connection, CancellationToken cancellationToken)
    {
        try
        {
            using (connection)
            {
                while (await ServeQueryAsync(connection, cancellationToken).ConfigureAwait(false))
                {
                }
            }
        }
        catch (SocketException)
        {
            // The asker hung up: nobody is left to tell.
        }
        catch (OperationCanceledException)
        {
            // Idle too long, or stopping.
        }
        finally
        {
            places.Release();
        }
    }

    private async Task<bool> ServeQueryAsync(Socket connection, CancellationToken cancellationToken)
    {
        using var idle = new CancellationTokenSource(IdleTime, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(idle.Token, cancellationToken);
        if (await ReceiveAsync(connection, LengthBytes, either.Token).ConfigureAwait(false) is not { } length
            || await ReceiveAsync(connection, BinaryPrimitives.ReadUInt16BigEndian(length), either.Token).ConfigureAwait(false) is not { } query
            || responder.Answer(query, overUdp: false) is not { } answer)
        {
            return false;
        }

        var framed = new byte[LengthBytes + answer.Length];
        BinaryPrimitives.WriteUInt16BigEndian(framed, (ushort)answer.Length);
        answer.CopyTo(framed, LengthBytes);
        for (var sent = 0; sent < framed.Length;)
        {
            sent += await connection.SendAsync(framed.AsMemory(sent), either.Token).ConfigureAwait(false);
        }

        return true;
    }

    // Null when the asker has closed.
    private static async Task<byte[]?> ReceiveAsync(Socket connection, int length, CancellationToken cancellationToken)
    {
        var buffer = new byte[length];
        for (var received = 0; received < length;)
        {
            var count = await connection.ReceiveAsync(buffer.AsMemory(received), cancellationToken).ConfigureAwait(false);
            if (count == 0)
            {
                return null;
            }

            received += count;
        }

        return buffer;
    }
}
