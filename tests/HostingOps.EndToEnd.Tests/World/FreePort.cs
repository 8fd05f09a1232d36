using System.Net;
using System.Net.Sockets;

namespace HostingOps.EndToEnd.Tests.World;

/// <summary>Ports for servers that can't be told to find one themselves.</summary>
internal static class FreePort
{
    /// <summary>A TCP port that is free on all of the addresses.</summary>
    public static int On(params string[] addresses)
    {
        for (var attempt = 0; attempt < 50; attempt++)
        {
            using var first = Bound(addresses[0], 0)!;
            var port = ((IPEndPoint)first.LocalEndPoint!).Port;
            var others = addresses.Skip(1).Select(address => Bound(address, port)).ToArray();
            foreach (var other in others)
            {
                other?.Dispose();
            }

            if (others.All(static other => other is not null))
            {
                return port;
            }
        }

        throw new InvalidOperationException($"No port is free on all of {string.Join(", ", addresses)}.");
    }

    private static Socket? Bound(string address, int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Parse(address), port));
            return socket;
        }
        catch (SocketException)
        {
            socket.Dispose();
            return null;
        }
    }
}
