using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace HostingOps.Sandbox.Http;

/// <summary>One client connection, from the TLS handshake to the last answer.</summary>
internal sealed class HttpConnection(
    Socket socket,
    Func<HttpRequest, CancellationToken, Task<HttpAnswer>> handler,
    ServerOptionsSelectionCallback? tls,
    HttpLimits limits,
    TimeProvider timeProvider)
{
    /// <summary>Serves until the client goes, an answer ends it, or the room stops. Never throws.</summary>
    public async Task ServeAsync(CancellationToken stop)
    {
        socket.NoDelay = true;
        try
        {
            await ServeRequestsAsync(stop).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or SocketException or AuthenticationException
            or OperationCanceledException or ObjectDisposedException)
        {
            // The client went away, failed the handshake or stayed silent, or the room stops: there is nobody to tell.
            CloseHard();
        }
        finally
        {
            socket.Dispose();
        }
    }

    private async Task ServeRequestsAsync(CancellationToken stop)
    {
        var network = new NetworkStream(socket, ownsSocket: false);
        await using var networkScope = network.ConfigureAwait(false);
        Stream stream = network;
        if (tls is not null)
        {
            var secured = new SslStream(network, leaveInnerStreamOpen: true);
            stream = secured;
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
            patience.CancelAfter(limits.Idle);
            await secured.AuthenticateAsServerAsync(tls, null, patience.Token).ConfigureAwait(false);
        }

        await using var streamScope = stream.ConfigureAwait(false);
        var reader = new HttpRequestReader(stream, limits, tls is not null);
        var writer = new HttpAnswerWriter(stream, timeProvider);
        while (await TryReadAsync(reader, writer, stop).ConfigureAwait(false) is { } request)
        {
            var answer = await handler(request, stop).ConfigureAwait(false);
            if (answer.Status == 0)
            {
                CloseHard();
                return;
            }

            var keepAlive = request.KeepAlive;
            await writer.WriteAsync(answer, request.Method == "HEAD", keepAlive, stop).ConfigureAwait(false);
            if (!keepAlive)
            {
                break;
            }
        }

        if (stream is SslStream toEnd)
        {
            await toEnd.ShutdownAsync().ConfigureAwait(false);
        }

        await LingerAsync(stop).ConfigureAwait(false);
    }

    private static async Task<HttpRequest?> TryReadAsync(HttpRequestReader reader, HttpAnswerWriter writer, CancellationToken stop)
    {
        try
        {
            return await reader.ReadAsync(stop).ConfigureAwait(false);
        }
        catch (HttpProtocolException error)
        {
            var answer = HttpAnswer.Text(error.Status, "text/plain; charset=utf-8", error.Message + "\n");
            await writer.WriteAsync(answer, isHead: false, keepAlive: false, stop).ConfigureAwait(false);
            return null;
        }
    }

    /// <summary>
    /// Lets the client read the last answer: closing with unread bytes in the receive buffer would reset the connection
    /// and could destroy the answer on its way (RFC 9112 §9.6).
    /// </summary>
    private async Task LingerAsync(CancellationToken stop)
    {
        socket.Shutdown(SocketShutdown.Send);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(TimeSpan.FromSeconds(2));
        var rest = new byte[4096];
        for (var kilobytes = 0; kilobytes < 4096; kilobytes += 4)
        {
            if (await socket.ReceiveAsync(rest, patience.Token).ConfigureAwait(false) == 0)
            {
                return;
            }
        }
    }

    private void CloseHard()
    {
        try
        {
            // A linger of zero sends RST instead of FIN: what a killed machine or a broken server looks like.
            socket.LingerState = new LingerOption(true, 0);
            socket.Close();
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // Already gone.
        }
    }
}
