using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using HostingOps.Engine.Dns.Wire;

namespace HostingOps.Engine.Tests.Dns;

/// <summary>A server on loopback that answers each UDP query with whatever datagrams its script makes, and TCP with the bytes of another.</summary>
internal sealed class ScriptedNameServer : IAsyncDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private readonly Socket udp = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly Socket tcp = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly Func<DnsMessage, int, IEnumerable<byte[]>> script;
    private readonly Func<DnsMessage, byte[]>? tcpScript;
    private readonly Task[] loops;
    private int queries;

    public ScriptedNameServer(Func<DnsMessage, int, IEnumerable<byte[]>> script, Func<DnsMessage, byte[]>? tcpScript = null)
    {
        this.script = script;
        this.tcpScript = tcpScript;
        tcp.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        tcp.Listen();
        Endpoint = (IPEndPoint)tcp.LocalEndPoint!;
        udp.Bind(Endpoint);
        loops = [ServeUdpAsync(), ServeTcpAsync()];
    }

    public IPEndPoint Endpoint { get; }

    public int Queries => queries;

    /// <summary>Ports that queries came from.</summary>
    public List<int> SourcePorts { get; } = [];

    public List<ushort> Ids { get; } = [];

    public static DnsMessage Reply(DnsMessage query, params string[] addresses) => new()
    {
        Id = query.Id,
        IsResponse = true,
        IsAuthoritative = true,
        Questions = query.Questions,
        Answers = addresses
            .Select(address => new DnsResourceRecord(query.Questions[0].Name, 60, DnsRecordData.FromAddress(IPAddress.Parse(address))))
            .ToList(),
    };

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await Task.WhenAll(loops);
        udp.Dispose();
        tcp.Dispose();
        stopping.Dispose();
    }

    private async Task ServeUdpAsync()
    {
        var buffer = new byte[4096];
        try
        {
            while (true)
            {
                var packet = await udp.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0), stopping.Token);
                var query = DnsMessage.Decode(buffer.AsSpan(0, packet.ReceivedBytes));
                Ids.Add(query.Id);
                SourcePorts.Add(((IPEndPoint)packet.RemoteEndPoint).Port);
                foreach (var datagram in script(query, Interlocked.Increment(ref queries)))
                {
                    await udp.SendToAsync(datagram, packet.RemoteEndPoint);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private async Task ServeTcpAsync()
    {
        try
        {
            while (true)
            {
                using var connection = await tcp.AcceptAsync(stopping.Token);
                var buffer = new byte[4096];
                var received = 0;
                while (received < 2 || received < 2 + BinaryPrimitives.ReadUInt16BigEndian(buffer))
                {
                    received += await connection.ReceiveAsync(buffer.AsMemory(received), stopping.Token);
                }

                await connection.SendAsync(tcpScript!(DnsMessage.Decode(buffer.AsSpan(2, received - 2))), stopping.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }
}
