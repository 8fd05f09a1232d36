using System.Net;
using System.Net.Sockets;
using System.Text;

namespace HostingOps.Sandbox.Tests.Http;

/// <summary>A bare TCP connection to a room, for what no HTTP client would send.</summary>
internal sealed class RawConnection : IDisposable
{
    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public RawConnection(int port) => socket.Connect(IPAddress.Loopback, port);

    public async Task SendAsync(string text) => await socket.SendAsync(Encoding.Latin1.GetBytes(text));

    /// <summary>Reads until the text has come, or the server has closed.</summary>
    public async Task<string> ReadUntilAsync(string text)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var seen = new StringBuilder();
        var buffer = new byte[4096];
        while (!seen.ToString().Contains(text, StringComparison.Ordinal))
        {
            var count = await socket.ReceiveAsync(buffer, patience.Token);
            if (count == 0)
            {
                break;
            }

            seen.Append(Encoding.Latin1.GetString(buffer, 0, count));
        }

        return seen.ToString();
    }

    /// <summary>Reads all that comes until the server closes.</summary>
    public Task<string> ReadToEndAsync() => ReadUntilAsync("\0 never sent");

    public void Dispose() => socket.Dispose();
}
