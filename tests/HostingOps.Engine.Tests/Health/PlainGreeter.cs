using System.Net;
using System.Net.Sockets;
using System.Text;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.Health;

/// <summary>Greets every connection in plain text, as a mail or ssh server would, and closes it.</summary>
internal sealed class PlainGreeter : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Task serving;

    public PlainGreeter()
    {
        listener.Start();
        serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        await serving.WaitAsync(Eventually.Patience);
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync();
                await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes("220 mail.example ESMTP ready\r\n"));
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or IOException)
        {
            // Stopped.
        }
    }
}
