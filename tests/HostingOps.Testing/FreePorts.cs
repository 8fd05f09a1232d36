using System.Net;
using System.Net.Sockets;

namespace HostingOps.Testing;

/// <summary>Ports for servers that can't be told to find one themselves. None is given twice by a process.</summary>
public static class FreePorts
{
    // Below what systems give away by themselves (32768 and up on Linux, 49152 elsewhere): no connection of another test has it in the meantime.
    private const int First = 20_000;
    private const int Count = 12_000;
    private static int given = Environment.ProcessId * 97;

    /// <summary>A TCP port that is free on the address.</summary>
    public static int Next(IPAddress address)
    {
        for (var tries = 0; tries < Count; tries++)
        {
            var port = First + (int)((uint)Interlocked.Increment(ref given) % Count);
            try
            {
                using var listener = new TcpListener(address, port) { ExclusiveAddressUse = true };
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody has it.
            }
        }

        throw new InvalidOperationException($"No port is free on {address}.");
    }
}
