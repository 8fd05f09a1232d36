using System.Net;
using System.Net.Sockets;

namespace HostingOps.Soak;

/// <summary>
/// The line to a host: passes connections on, drops one request in a hundred or so, and can go silent as a dead host or a cut line
/// does: no answer to a SYN, no refusal, and nothing more on connections that are open.
/// </summary>
internal sealed class HostLine : IDisposable
{
    private readonly IPEndPoint to;
    private readonly Func<bool> dropsNext;
    private readonly object gate = new();
    private readonly List<Socket> fillers = [];
    private readonly List<Socket> open = [];
    private Socket listener;

    public HostLine(string target, Func<bool> dropsNext)
    {
        to = IPEndPoint.Parse(target);
        this.dropsNext = dropsNext;
        listener = Bound(new IPEndPoint(IPAddress.Loopback, 0));
        EndPoint = (IPEndPoint)listener.LocalEndPoint!;
        Accept(listener);
    }

    /// <summary>Where to connect.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>Whether nothing comes through.</summary>
    public bool IsSilent { get; private set; }

    /// <summary>Goes silent.</summary>
    public void Cut()
    {
        lock (gate)
        {
            if (IsSilent)
            {
                return;
            }

            IsSilent = true;
            listener.Dispose();
            listener = Bound(EndPoint, backlog: 0);

            // A full backlog swallows further SYNs.
            for (var i = 0; i < 4; i++)
            {
                var filler = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
                fillers.Add(filler);
                _ = filler.ConnectAsync(EndPoint);
            }
        }
    }

    /// <summary>Passes connections on again. Those that were open are lost.</summary>
    public void Mend()
    {
        lock (gate)
        {
            if (!IsSilent)
            {
                return;
            }

            listener.Dispose();
            fillers.ForEach(static filler => filler.Dispose());
            fillers.Clear();
            open.ForEach(static socket => socket.Dispose());
            open.Clear();
            listener = Bound(EndPoint);
            IsSilent = false;
            Accept(listener);
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            listener.Dispose();
            fillers.ForEach(static filler => filler.Dispose());
            open.ForEach(static socket => socket.Dispose());
        }
    }

    private static Socket Bound(IPEndPoint at, int backlog = 512)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        socket.Bind(at);
        socket.Listen(backlog);
        return socket;
    }

    private async void Accept(Socket on)
    {
        while (true)
        {
            try
            {
                var client = await on.AcceptAsync();
                _ = PassAsync(client);
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task PassAsync(Socket client)
    {
        var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        client.NoDelay = true;
        lock (gate)
        {
            open.Add(client);
            open.Add(server);
        }

        try
        {
            await server.ConnectAsync(to);
            await Task.WhenAny(PumpAsync(client, server, mayDrop: true), PumpAsync(server, client, mayDrop: false));
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // Ended by either side, or by Mend.
        }

        lock (gate)
        {
            open.Remove(client);
            open.Remove(server);
        }

        client.Dispose();
        server.Dispose();
    }

    private async Task PumpAsync(Socket from, Socket into, bool mayDrop)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (true)
            {
                var read = await from.ReceiveAsync(buffer, SocketFlags.None);
                if (read == 0 || (mayDrop && dropsNext()))
                {
                    return;
                }

                if (IsSilent)
                {
                    // Nothing arrives, and nothing says so.
                    await Task.Delay(Timeout.Infinite);
                }

                await into.SendAsync(buffer.AsMemory(0, read), SocketFlags.None);
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The connection ended.
        }
    }
}
