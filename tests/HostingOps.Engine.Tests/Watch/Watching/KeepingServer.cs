using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace HostingOps.Engine.Tests.Watch.Watching;

/// <summary>A server on loopback that keeps its connections, and answers each request as a test says: null keeps silent.</summary>
internal sealed class KeepingServer : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Func<string, int, int, string?> answer;
    private readonly X509Certificate2? certificate;
    private readonly ConcurrentBag<TcpClient> open = [];
    private int connections;

    /// <param name="answer">Given the method, the number of the connection and of the request on it, both from 1.</param>
    public KeepingServer(Func<string, int, int, string?> answer, X509Certificate2? certificate = null)
    {
        this.answer = answer;
        this.certificate = certificate;
        listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public int Connections => connections;

    public ConcurrentQueue<string> Methods { get; } = new();

    /// <summary>Ends every connection that is open, as servers do with idle ones.</summary>
    public void CloseAll()
    {
        foreach (var client in open)
        {
            client.Client.Shutdown(SocketShutdown.Both);
        }
    }

    public void Dispose()
    {
        stop.Cancel();
        listener.Stop();
        foreach (var client in open)
        {
            client.Dispose();
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(stop.Token);
                open.Add(client);
                _ = ServeAsync(client, Interlocked.Increment(ref connections));
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private async Task ServeAsync(TcpClient client, int connection)
    {
        try
        {
            Stream stream = client.GetStream();
            if (certificate is not null)
            {
                var tls = new SslStream(stream);
                await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, stop.Token);
                stream = tls;
            }

            var buffer = new byte[8192];
            for (var request = 1; ; request++)
            {
                var text = "";
                while (!text.Contains("\r\n\r\n", StringComparison.Ordinal))
                {
                    var read = await stream.ReadAsync(buffer, stop.Token);
                    if (read == 0)
                    {
                        return;
                    }

                    text += Encoding.ASCII.GetString(buffer, 0, read);
                }

                var method = text[..text.IndexOf(' ', StringComparison.Ordinal)];
                Methods.Enqueue(method);
                if (answer(method, connection, request) is { } reply)
                {
                    await stream.WriteAsync(Encoding.ASCII.GetBytes(reply), stop.Token);
                }
                else
                {
                    await Task.Delay(Timeout.Infinite, stop.Token);
                }
            }
        }
        catch (Exception error) when (error is IOException or SocketException or OperationCanceledException or ObjectDisposedException
            or System.Security.Authentication.AuthenticationException)
        {
            // The other side left, or the test ended.
        }
        finally
        {
            client.Dispose();
        }
    }
}
