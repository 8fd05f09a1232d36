using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace HostingOps.Engine.Tests.Mirror.Crawling;

/// <summary>A web server on loopback with kept connections that answers by a function and remembers what it was asked.</summary>
internal sealed class OriginServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Func<Question, Reply> answer;
    private readonly ConcurrentDictionary<Task, byte> open = new();
    private readonly Task accepting;
    private int connections;
    private int underWay;
    private int mostUnderWay;

    public OriginServer(Func<Question, Reply> answer)
    {
        this.answer = answer;
        listener.Start(128);
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public int Connections => connections;

    public int MostUnderWay => mostUnderWay;

    public TimeSpan Latency { get; set; }

    public ConcurrentQueue<Question> Questions { get; } = new();

    public string[] Paths => [.. Questions.Select(static question => question.Target)];

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await accepting;
        await Task.WhenAll(open.Keys);
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(stop.Token);
                Interlocked.Increment(ref connections);
                var serving = Task.Run(() => ServeAsync(client));
                open.TryAdd(serving, 0);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            using var _ = client;
            client.NoDelay = true;
            await using var stream = client.GetStream();
            var pending = new List<byte>();
            while (await ReadAsync(stream, pending) is { } question)
            {
                var now = Interlocked.Increment(ref underWay);
                InterlockedMax(ref mostUnderWay, now);
                var counted = true;
                try
                {
                    Questions.Enqueue(question);
                    if (Latency > TimeSpan.Zero)
                    {
                        await Task.Delay(Latency, stop.Token);
                    }

                    var reply = answer(question);
                    if (reply.Silent)
                    {
                        await Task.Delay(Timeout.Infinite, stop.Token);
                    }

                    // Before the answer goes out: whoever has it may ask again at once.
                    Interlocked.Decrement(ref underWay);
                    counted = false;
                    var head = new StringBuilder("HTTP/1.1 ").Append(reply.Status).Append(" Answer\r\n");
                    foreach (var (name, value) in reply.Headers)
                    {
                        head.Append(name).Append(": ").Append(value).Append("\r\n");
                    }

                    if (reply.Status != 304)
                    {
                        head.Append("Content-Length: ").Append((reply.ClaimedLength ?? reply.Body.Length).ToString(CultureInfo.InvariantCulture)).Append("\r\n");
                    }

                    head.Append("\r\n");
                    await stream.WriteAsync(Encoding.UTF8.GetBytes(head.ToString()), stop.Token);
                    await stream.WriteAsync(reply.Status == 304 ? [] : reply.Body, stop.Token);
                    if (reply.ClaimedLength is not null)
                    {
                        return;
                    }
                }
                finally
                {
                    Interlocked.Add(ref underWay, counted ? -1 : 0);
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or SocketException)
        {
            // The crawler has gone.
        }
    }

    private async Task<Question?> ReadAsync(NetworkStream stream, List<byte> pending)
    {
        var buffer = new byte[4096];
        while (true)
        {
            var text = Encoding.Latin1.GetString([.. pending]);
            var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end >= 0)
            {
                pending.RemoveRange(0, end + 4);
                var lines = text[..end].Split("\r\n");
                var first = lines[0].Split(' ');
                return new Question(first[0], first[1], lines.Skip(1).Select(static line => line.Split(": ", 2))
                    .ToDictionary(static line => line[0], static line => line[1], StringComparer.OrdinalIgnoreCase));
            }

            var read = await stream.ReadAsync(buffer, stop.Token);
            if (read == 0)
            {
                return null;
            }

            pending.AddRange(buffer.AsSpan(0, read));
        }
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = most; value > seen; seen = most)
        {
            Interlocked.CompareExchange(ref most, value, seen);
        }
    }

    internal sealed record Question(string Method, string Target, IReadOnlyDictionary<string, string> Headers)
    {
        public string? Header(string name) => Headers.TryGetValue(name, out var value) ? value : null;
    }

    internal sealed record Reply(int Status, byte[] Body)
    {
        public List<(string Name, string Value)> Headers { get; init; } = [];

        public bool Silent { get; init; }

        public int? ClaimedLength { get; init; }

        public static Reply NotFound { get; } = Html("gone", 404);

        public static Reply Html(string body, int status = 200, params (string, string)[] headers) =>
            new(status, Encoding.UTF8.GetBytes(body)) { Headers = [("Content-Type", "text/html; charset=utf-8"), .. headers] };

        public static Reply Of(string contentType, byte[] body, params (string, string)[] headers) => new(200, body) { Headers = [("Content-Type", contentType), .. headers] };

        public static Reply Redirect(string location, int status = 301) => new(status, []) { Headers = [("Location", location)] };

        public static Reply Error(int status, params (string, string)[] headers) => new(status, "trouble"u8.ToArray()) { Headers = [.. headers] };
    }
}
