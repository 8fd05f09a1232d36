using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace HostingOps.EndToEnd.Tests.World;

/// <summary>
/// The network between a client and an AWS endpoint: passes requests on, counts the changes that were accepted, and can
/// hold one request on its way there, or its answer on its way back. What is held goes on even when its sender has died.
/// </summary>
internal sealed class GatedEndpoint : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource end = new();
    private readonly Uri upstream;
    private readonly Task listening;
    private readonly object gate = new();
    private HeldMessage? armed;
    private int accepted;

    public GatedEndpoint(string upstreamUrl)
    {
        upstream = new Uri(upstreamUrl);
        listener.Start();
        listening = ListenAsync();
    }

    public string Url => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");

    /// <summary>Changes that Route 53 has accepted.</summary>
    public int AcceptedChanges => Volatile.Read(ref accepted);

    /// <summary>Holds the next request for an action, or its answer when it has been carried out already.</summary>
    public HeldMessage HoldNext(string action, bool answer)
    {
        var held = new HeldMessage(action, answer);
        lock (gate)
        {
            armed = held;
        }

        return held;
    }

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        listener.Stop();
        await listening;
        end.Dispose();
    }

    private async Task ListenAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(ServeAsync(await listener.AcceptTcpClientAsync(end.Token)));
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }

        await Task.WhenAll(connections);
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                while (await HttpMessage.ReadAsync(client.GetStream(), end.Token) is { } request)
                {
                    var answer = await ForwardAsync(request);
                    await client.GetStream().WriteAsync(answer.Bytes, end.Token);
                }
            }
            catch (Exception error) when (error is IOException or OperationCanceledException)
            {
                // The client has died, as it should, or the test is over.
            }
        }
    }

    private async Task<HttpMessage> ForwardAsync(HttpMessage request)
    {
        var held = Take(request.Action);
        if (held is { IsAnswer: false })
        {
            await held.WaitAsync(end.Token);
        }

        using var server = new TcpClient();
        await server.ConnectAsync(upstream.Host, upstream.Port, end.Token);
        await server.GetStream().WriteAsync(request.Bytes, end.Token);
        var answer = await HttpMessage.ReadAsync(server.GetStream(), end.Token) ?? throw new IOException("The endpoint closed instead of answering.");
        if (request.Action == "ChangeResourceRecordSets" && answer.IsOk)
        {
            Interlocked.Increment(ref accepted);
        }

        held?.Answered(answer.FirstLine);
        if (held is { IsAnswer: true })
        {
            await held.WaitAsync(end.Token);
        }

        return answer;
    }

    private HeldMessage? Take(string action)
    {
        lock (gate)
        {
            if (armed?.Action != action)
            {
                return null;
            }

            var held = armed;
            armed = null;
            return held;
        }
    }
}
