using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace HostingOps.Testing.Http;

/// <summary>
/// An HTTP/1.1 server on a free loopback port that sends exactly what it is told, wrong or not. It shares no code with what is
/// tested, and goes with the test.
/// </summary>
public sealed class RawServer : IAsyncDisposable
{
    private readonly Func<RawRequest, CancellationToken, Task<RawAnswer>> handler;
    private readonly Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentDictionary<Task, bool> connections = new();
    private readonly Task accepting;
    private int underWay;
    private int mostUnderWay;
    private long bodyBytes;

    public RawServer(Func<RawRequest, CancellationToken, Task<RawAnswer>> handler, IPAddress? address = null)
    {
        this.handler = handler;
        listener.Bind(new IPEndPoint(address ?? IPAddress.Loopback, 0));
        listener.Listen(512);
        Port = ((IPEndPoint)listener.LocalEndPoint!).Port;
        accepting = Task.Run(AcceptAsync);
    }

    public int Port { get; }

    /// <summary>Requests that were answered at the same time at most.</summary>
    public int MostAtOnce => mostUnderWay;

    /// <summary>Bytes of bodies sent so far.</summary>
    public long BodyBytes => Interlocked.Read(ref bodyBytes);

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Dispose();
        await accepting;
        await Task.WhenAll(connections.Keys);
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var client = await listener.AcceptAsync(stop.Token);
                var work = Task.Run(() => ServeAsync(client));
                connections[work] = true;
                _ = work.ContinueWith(done => connections.TryRemove(done, out _), TaskScheduler.Default);
            }
            catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException or SocketException)
            {
                // Stopped, or a client that gave up while it was accepted.
            }
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        socket.NoDelay = true;
        try
        {
            using var stream = new NetworkStream(socket, ownsSocket: true);
            using var input = new BufferedStream(stream, 8192);
            while (await ReadAsync(input) is { } request)
            {
                var now = Interlocked.Increment(ref underWay);
                InterlockedMax(now);
                try
                {
                    var answer = await handler(request, stop.Token);
                    await WriteAsync(stream, answer, request.Method == "HEAD");
                    if (answer.CutAfter is not null || answer.Length is not null || request.Header("Connection") == "close")
                    {
                        socket.Shutdown(SocketShutdown.Send);
                        return;
                    }
                }
                finally
                {
                    Interlocked.Decrement(ref underWay);
                }
            }
        }
        catch (Exception error) when (error is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The client went away, or the server stops.
        }
    }

    private void InterlockedMax(int now)
    {
        int seen;
        while ((seen = mostUnderWay) < now && Interlocked.CompareExchange(ref mostUnderWay, now, seen) != seen)
        {
        }
    }

    private async Task<RawRequest?> ReadAsync(BufferedStream input)
    {
        var head = new List<byte>();
        var one = new byte[1];
        while (!(head.Count >= 4 && head[^1] == '\n' && head[^2] == '\r' && head[^3] == '\n'))
        {
            if (await input.ReadAsync(one, stop.Token) == 0)
            {
                return null;
            }

            head.Add(one[0]);
        }

        var lines = Encoding.Latin1.GetString([.. head]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var words = lines[0].Split(' ');
        var headers = lines.Skip(1).Select(static line => line.Split(':', 2)).Where(static parts => parts.Length == 2)
            .GroupBy(static parts => parts[0], StringComparer.OrdinalIgnoreCase)
            .ToDictionary(static group => group.Key, static group => string.Join(", ", group.Select(static parts => parts[1].Trim())), StringComparer.OrdinalIgnoreCase);
        if (headers.TryGetValue("Content-Length", out var length))
        {
            await input.ReadExactlyAsync(new byte[int.Parse(length, CultureInfo.InvariantCulture)], stop.Token);
        }

        return new RawRequest(words[0], string.Join(' ', words[1..^1]), headers, Environment.TickCount64);
    }

    private async Task WriteAsync(NetworkStream stream, RawAnswer answer, bool isHead)
    {
        var length = answer.Length ?? (answer.Body.Length * answer.Times);
        var head = new StringBuilder().Append(CultureInfo.InvariantCulture, $"HTTP/1.1 {answer.Status} Status\r\n");
        foreach (var (name, value) in answer.Headers)
        {
            head.Append(name).Append(": ").Append(value).Append("\r\n");
        }

        var hasBody = answer.Status is >= 200 and not (204 or 304);
        if (hasBody)
        {
            head.Append(CultureInfo.InvariantCulture, $"{(answer.Chunked ? "Transfer-Encoding: chunked" : $"Content-Length: {length}")}\r\n");
        }

        await stream.WriteAsync(Encoding.Latin1.GetBytes(head.Append("\r\n").ToString()), stop.Token);
        if (!hasBody || isHead)
        {
            return;
        }

        var body = answer.CutAfter is { } cut ? answer.Body[..cut] : answer.Body;
        for (var time = 0L; time < answer.Times; time++)
        {
            foreach (var piece in body.Chunk(Math.Max(1, (body.Length + answer.Pieces - 1) / answer.Pieces)))
            {
                await SendAsync(stream, piece, answer.Chunked);
                if (answer.Stalls)
                {
                    await Task.Delay(Timeout.Infinite, stop.Token);
                }

                await Task.Delay(answer.Pause, stop.Token);
            }
        }

        if (answer is { Chunked: true, CutAfter: null })
        {
            await stream.WriteAsync("0\r\n\r\n"u8.ToArray(), stop.Token);
        }
    }

    private async Task SendAsync(NetworkStream stream, byte[] piece, bool chunked)
    {
        byte[] bytes = chunked ? [.. Encoding.ASCII.GetBytes(piece.Length.ToString("x", CultureInfo.InvariantCulture) + "\r\n"), .. piece, .. "\r\n"u8] : piece;
        await stream.WriteAsync(bytes, stop.Token);
        Interlocked.Add(ref bodyBytes, piece.Length);
    }
}
