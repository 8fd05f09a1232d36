using System.Net;
using System.Net.Sockets;

namespace HostingOps.Engine.Tests.Watch.Verdicts;

/// <summary>A port whose queue of connections is full, so that Linux drops each further SYN, as a dead host does.</summary>
internal sealed class SilentListener : IDisposable
{
    private readonly Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly List<Socket> held = [];

    public SilentListener()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "only Linux drops what a full queue can't take");
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(1);
        for (var i = 0; i < 8; i++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
            held.Add(socket);
            _ = socket.ConnectAsync(listener.LocalEndPoint!);
        }
    }

    public int Port => ((IPEndPoint)listener.LocalEndPoint!).Port;

    public void Dispose()
    {
        held.ForEach(socket => socket.Dispose());
        listener.Dispose();
    }
}
