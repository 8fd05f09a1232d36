using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace HostingOps.Aws.Tests.Stub;

/// <summary>A small HTTP server on a free loopback port that keeps what it was sent and answers as the test says.</summary>
internal sealed class StubServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopping = new();
    private readonly ConcurrentQueue<StubRequest> requests = new();
    private readonly Func<StubRequest, int, StubAnswer> answer;
    private readonly Task accepting;
    private int count;

    /// <summary>Starts it.</summary>
    /// <param name="answer">Gives the answer to a request; the number counts from 1.</param>
    public StubServer(Func<StubRequest, int, StubAnswer> answer)
    {
        this.answer = answer;
        listener.Start();
        accepting = AcceptAsync();
    }

    public StubServer(StubAnswer answer)
        : this((_, _) => answer)
    {
    }

    public string Url => $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

    public IReadOnlyList<StubRequest> Requests => requests.ToArray();

    public StubRequest Only => Assert.Single(requests);

    public async Task WaitForRequestAsync()
    {
        var end = DateTime.UtcNow.AddSeconds(30);
        while (requests.IsEmpty)
        {
            Assert.True(DateTime.UtcNow < end, "No request arrived.");
            await Task.Delay(10);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        listener.Stop();
        await accepting;
        stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await listener.AcceptTcpClientAsync(stopping.Token));
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // The listener was stopped.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                while (await ReadAsync(stream) is { } request)
                {
                    requests.Enqueue(request);
                    var now = answer(request, Interlocked.Increment(ref count));
                    if (ReferenceEquals(now, StubAnswer.HangUp))
                    {
                        return;
                    }

                    if (ReferenceEquals(now, StubAnswer.Silence))
                    {
                        await Task.Delay(Timeout.Infinite, stopping.Token);
                    }

                    await WriteAsync(stream, now);
                }
            }
            catch (Exception error) when (error is OperationCanceledException or IOException or ObjectDisposedException)
            {
                // The client went away or the test is over.
            }
        }
    }

    private async Task<StubRequest?> ReadAsync(NetworkStream stream)
    {
        var head = new List<byte>();
        var one = new byte[1];
        while (!(head.Count >= 4 && head[^1] == '\n' && head[^2] == '\r' && head[^3] == '\n'))
        {
            if (await stream.ReadAsync(one, stopping.Token) == 0)
            {
                return null;
            }

            head.Add(one[0]);
        }

        var lines = Encoding.ASCII.GetString([.. head]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var first = lines[0].Split(' ');
        var headers = lines.Skip(1).Select(static line => line.Split(':', 2))
            .ToDictionary(static pair => pair[0].Trim(), static pair => pair[1].Trim(), StringComparer.OrdinalIgnoreCase);
        var length = int.Parse(headers.GetValueOrDefault("Content-Length", "0"), CultureInfo.InvariantCulture);
        var body = new byte[length];
        await stream.ReadExactlyAsync(body, stopping.Token);
        return new StubRequest(first[0], first[1], headers, Encoding.UTF8.GetString(body));
    }

    private async Task WriteAsync(NetworkStream stream, StubAnswer now)
    {
        var body = Encoding.UTF8.GetBytes(now.Body);
        var location = now.Location is null ? "" : $"Location: {now.Location}\r\n";
        var head = $"HTTP/1.1 {now.Status} Status\r\nContent-Type: {now.ContentType}\r\nContent-Length: {body.Length}\r\nx-amzn-RequestId: header-id\r\n{location}\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head), stopping.Token);
        await stream.WriteAsync(body, stopping.Token);
    }
}
