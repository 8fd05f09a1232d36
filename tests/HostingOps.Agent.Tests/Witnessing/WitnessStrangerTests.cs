using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using HostingOps.Agent.Witnessing;
using HostingOps.Engine.Watch.Witnesses;
using HostingOps.Engine.Watch.Witnesses.Agents;

namespace HostingOps.Agent.Tests.Witnessing;

/// <summary>Strangers who have no key take nothing from a witness that others need.</summary>
public sealed class WitnessStrangerTests
{
    private static readonly IPAddress Stranger = IPAddress.Parse("127.0.0.2");

    [SkippableFact]
    public async Task Slow_bodies_of_one_client_keep_nobody_else_from_being_answered()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "127.0.0.2 is an address of every Linux.");
        await using var world = await WitnessWorld.StartAsync();
        var url = await world.WitnessAsync(https: false, limits: new WitnessLimits { Body = TimeSpan.FromHours(1), Bodies = 5, ConnectionsFromHere = 40, WaitingPerClient = 2 });
        var slow = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => SendAsync(url, Question(100), Stranger)));
        try
        {
            // Four are read and two wait; the others are refused, so all have arrived.
            var waiting = slow.Select(StatusAsync).ToList();
            while (waiting.Count > 6)
            {
                var refused = await Task.WhenAny(waiting);
                waiting.Remove(refused);
                Assert.Equal("HTTP/1.1 429", await refused);
            }

            var honest = await world.AskAsync(world.Client(url));
            Assert.True(honest.Answer == WitnessAnswer.Serves, honest.Reason);
        }
        finally
        {
            Array.ForEach(slow, static connection => connection.Dispose());
        }
    }

    [Fact]
    public async Task A_body_that_does_not_come_is_given_up_and_one_without_a_question_s_headers_is_not_waited_for()
    {
        await using var world = await WitnessWorld.StartAsync();
        var url = await world.WitnessAsync(https: false, limits: new WitnessLimits { Body = TimeSpan.FromMilliseconds(200) });
        using var late = await SendAsync(url, Question(100));
        Assert.Equal("HTTP/1.1 408", await StatusAsync(late));

        // In these words it is the witness's own limit, not the slower one of the server beneath.
        Assert.Contains("the request took too long", await late.RestAsync(), StringComparison.Ordinal);

        var patient = await world.WitnessAsync(https: false, limits: new WitnessLimits { Body = TimeSpan.FromHours(1) });
        using var unsigned = await SendAsync(patient, "Content-Length: 100\r\n");
        Assert.Equal("HTTP/1.1 401", await StatusAsync(unsigned));
        using var misdirected = await SendAsync(patient, Question(100, "fra"));
        Assert.Equal("HTTP/1.1 421", await StatusAsync(misdirected));
    }

    [Fact]
    public async Task One_client_has_so_many_connections_and_gets_them_back()
    {
        await using var world = await WitnessWorld.StartAsync();
        var url = await world.WitnessAsync(https: false, limits: new WitnessLimits { ConnectionsFromHere = 2 });
        using var first = await SendAsync(url, "Content-Length: 0\r\n");
        using var second = await SendAsync(url, "Content-Length: 0\r\n");
        Assert.Equal(("HTTP/1.1 401", "HTTP/1.1 401"), (await StatusAsync(first), await StatusAsync(second)));
        using (var third = await SendAsync(url, "Content-Length: 0\r\n"))
        {
            Assert.Equal("closed", await StatusAsync(third));
        }

        first.Dispose();
        var again = "closed";
        for (var tries = 0; tries < 6000 && again == "closed"; tries++)
        {
            await Task.Delay(10);
            using var fourth = await SendAsync(url, "Content-Length: 0\r\n");
            again = await StatusAsync(fourth);
        }

        Assert.Equal("HTTP/1.1 401", again);
    }

    // Formed like a question, and signed by nobody.
    private static string Question(int length, string witness = "nyc") => string.Create(
        CultureInfo.InvariantCulture,
        $"{WitnessSignature.WitnessHeader}: {witness}\r\n{WitnessSignature.TimeHeader}: {WitnessSignature.TimeText(DateTimeOffset.UtcNow)}\r\n{WitnessSignature.NonceHeader}: {WitnessSignature.NewNonce()}\r\n{WitnessSignature.SignatureHeader}: {new string('a', 64)}\r\nContent-Length: {length}\r\n");

    private static async Task<Connection> SendAsync(string url, string headers, IPAddress? from = null)
    {
        var there = new Uri(url);
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(from ?? IPAddress.Loopback, 0));
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, there.Port);
            await socket.SendAsync(Encoding.ASCII.GetBytes($"POST {WitnessSignature.Path} HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n"));
        }
        catch (SocketException)
        {
            // Closed already, which its status tells.
        }

        return new Connection(socket);
    }

    private static Task<string> StatusAsync(Connection connection) => connection.StatusAsync();

    private sealed class Connection(Socket socket) : IDisposable
    {
        private Task<string>? status;

        public Task<string> StatusAsync() => status ??= ReadAsync();

        /// <summary>What comes after the status, up to a line that ends the body.</summary>
        public async Task<string> RestAsync()
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
            var (rest, bytes) = ("", new byte[1024]);
            while (!rest.Contains("\r\n\r\n", StringComparison.Ordinal) || rest.EndsWith("\r\n\r\n", StringComparison.Ordinal))
            {
                var read = await socket.ReceiveAsync(bytes.AsMemory(), SocketFlags.None, patience.Token);
                if (read == 0)
                {
                    break;
                }

                rest += Encoding.ASCII.GetString(bytes, 0, read);
            }

            return rest;
        }

        public void Dispose() => socket.Dispose();

        private async Task<string> ReadAsync()
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
            var bytes = new byte["HTTP/1.1 nnn".Length];
            var got = 0;
            try
            {
                while (got < bytes.Length)
                {
                    var read = await socket.ReceiveAsync(bytes.AsMemory(got), SocketFlags.None, patience.Token);
                    if (read == 0)
                    {
                        return "closed";
                    }

                    got += read;
                }
            }
            catch (SocketException)
            {
                return "closed";
            }

            return Encoding.ASCII.GetString(bytes);
        }
    }
}
