using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.Health;

/// <summary>A server on loopback that answers byte for byte what a test says, and keeps what it was asked.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly TcpListener listener;
    private readonly CancellationTokenSource stop = new();
    private readonly Func<Request, Stream, CancellationToken, Task> answer;
    private readonly X509Certificate2? certificate;
    private readonly Task accepting;
    private int connections;

    public LoopbackServer(
        Func<Request, Stream, CancellationToken, Task> answer, X509Certificate2? certificate = null, IPAddress? address = null)
    {
        this.answer = answer;
        this.certificate = certificate;
        listener = new TcpListener(address ?? IPAddress.Loopback, 0);
        listener.Start(512);
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public ConcurrentQueue<Request> Requests { get; } = new();

    public ConcurrentQueue<string> ServerNames { get; } = new();

    public int Connections => connections;

    /// <summary>Answers by method: the head's first line and headers, then a body that HEAD never gets.</summary>
    public static LoopbackServer Answering(Func<Request, string> answer, X509Certificate2? certificate = null, IPAddress? address = null) => new(
        async (request, stream, token) => await stream.WriteAsync(Encoding.UTF8.GetBytes(answer(request)), token), certificate, address);

    public static string Ok(string body = "hello", string headers = "") => Status("200 OK", body, headers);

    public static string Status(string line, string body = "", string headers = "") =>
        $"HTTP/1.1 {line}\r\n{headers}Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}";

    public static string Redirect(string location, string line = "301 Moved Permanently") =>
        $"HTTP/1.1 {line}\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n";

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await accepting.WaitAsync(Eventually.Patience);
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var open = new ConcurrentDictionary<Task, byte>();
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(stop.Token);
                Interlocked.Increment(ref connections);
                open.TryAdd(ServeAsync(client), 0);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // Stopped.
        }

        await Task.WhenAll(open.Keys);
    }

    private async Task ServeAsync(TcpClient client)
    {
        await Task.Yield();
        using (client)
        {
            try
            {
                Stream stream = client.GetStream();
                if (certificate is not null)
                {
                    var tls = new SslStream(stream);
                    await tls.AuthenticateAsServerAsync(
                        (_, hello, _, _) =>
                        {
                            ServerNames.Enqueue(hello.ServerName);
                            return ValueTask.FromResult(new SslServerAuthenticationOptions { ServerCertificate = certificate });
                        },
                        null,
                        stop.Token);
                    stream = tls;
                }

                if (await ReadAsync(stream) is { } request)
                {
                    request = request with { Client = client.Client };
                    Requests.Enqueue(request);
                    await answer(request, stream, stop.Token);
                    await stream.FlushAsync(stop.Token);
                    client.Client.Shutdown(SocketShutdown.Send);
                }
            }
            catch (Exception exception) when (exception is IOException or OperationCanceledException or SocketException
                or ObjectDisposedException or System.Security.Authentication.AuthenticationException)
            {
                // The other side left, or the test ended.
            }
        }
    }

    private async Task<Request?> ReadAsync(Stream stream)
    {
        var head = new StringBuilder();
        var buffer = new byte[4096];
        while (!head.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
        {
            var read = await stream.ReadAsync(buffer, stop.Token);
            if (read == 0)
            {
                return null;
            }

            head.Append(Encoding.ASCII.GetString(buffer, 0, read));
        }

        var lines = head.ToString().Split("\r\n");
        var first = lines[0].Split(' ');
        var headers = lines.Skip(1).Where(line => line.Contains(':')).ToDictionary(
            line => line[..line.IndexOf(':')], line => line[(line.IndexOf(':') + 1)..].Trim(), StringComparer.OrdinalIgnoreCase);
        return new Request(first[0], first[1], headers);
    }

    internal sealed record Request(string Method, string Target, IReadOnlyDictionary<string, string> Headers)
    {
        public Socket? Client { get; init; }

        public bool IsHead => Method == "HEAD";

        public string Host => Headers["Host"];
    }
}
