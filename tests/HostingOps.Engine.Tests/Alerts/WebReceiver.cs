using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace HostingOps.Engine.Tests.Alerts;

/// <summary>A web server that takes alerts, and answers as a test wants, also badly.</summary>
internal sealed class WebReceiver : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();

    public WebReceiver()
    {
        listener.Start();
        _ = ServeAsync();
    }

    /// <summary>Raw answer to the n-th request, from 1; null to say nothing for ever.</summary>
    public Func<int, string?> Answer { get; set; } = static _ => Status(200);

    public ConcurrentQueue<Received> Requests { get; } = new();

    public SemaphoreSlim Arrived { get; } = new(0);

    public string Address(string path = "") => $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/{path}";

    public NotificationChannel Channel(NotificationPreset preset = NotificationPreset.Generic, string path = "hook", string? name = null, params string[] on) => new()
    {
        Name = name,
        Webhook = Address(path),
        Preset = preset,
        On = on.Length > 0 ? on : ["down", "recovered", "failover", "uplink", "standby", "certificate", "watcher"],
    };

    public static string Status(int code, string headers = "", string body = "") =>
        $"HTTP/1.1 {code} Said\r\nContent-Type: text/plain\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n{headers}\r\n{body}";

    /// <summary>Waits for a request; one that does not come is a failure of the test, not a hang.</summary>
    public async Task<Received> NextAsync()
    {
        Assert.True(await Arrived.WaitAsync(TimeSpan.FromSeconds(30)), "no request came");
        return Requests.Last();
    }

    public void Dispose()
    {
        stop.Cancel();
        listener.Stop();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                _ = TakeAsync(await listener.AcceptTcpClientAsync(stop.Token));
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task TakeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                var head = new StringBuilder();
                var one = new byte[1];
                while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
                {
                    if (await stream.ReadAsync(one, stop.Token) == 0)
                    {
                        return;
                    }

                    head.Append((char)one[0]);
                }

                var lines = head.ToString().Split("\r\n");
                var headers = lines.Skip(1).Where(static line => line.Contains(':')).ToDictionary(static line => line[..line.IndexOf(':')], static line => line[(line.IndexOf(':') + 1)..].Trim(), StringComparer.OrdinalIgnoreCase);
                var body = new byte[int.Parse(headers.GetValueOrDefault("Content-Length", "0"), System.Globalization.CultureInfo.InvariantCulture)];
                await stream.ReadExactlyAsync(body, stop.Token);
                Requests.Enqueue(new Received(lines[0].Split(' ')[1], headers, Encoding.UTF8.GetString(body)));
                var number = Requests.Count;
                Arrived.Release();
                if (Answer(number) is not { } answer)
                {
                    await Task.Delay(Timeout.Infinite, stop.Token);
                    return;
                }

                await stream.WriteAsync(Encoding.UTF8.GetBytes(answer), stop.Token);
            }
            catch (Exception error) when (error is OperationCanceledException or IOException or ObjectDisposedException)
            {
                // The sender has gone, or the test is over.
            }
        }
    }

    public sealed record Received(string Path, IReadOnlyDictionary<string, string> Headers, string Body)
    {
        public JsonElement Json => JsonDocument.Parse(Body).RootElement;
    }
}
