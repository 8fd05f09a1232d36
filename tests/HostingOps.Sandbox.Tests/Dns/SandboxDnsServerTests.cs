using System.Net;
using System.Net.Sockets;
using FsCheck;
using FsCheck.Fluent;
using HostingOps.Engine.Dns;
using HostingOps.Engine.Dns.Wire;
using HostingOps.Sandbox.Dns;

namespace HostingOps.Sandbox.Tests.Dns;

public sealed class SandboxDnsServerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly MemoryZone zone = new MemoryZone("example.test").Set("www.example.test", "A", 60, "192.0.2.1");
    private readonly DnsClient client = new();

    [Fact]
    public void No_bytes_make_the_responder_throw_or_answer_what_can_not_be_read()
    {
        var responder = new DnsResponder(zone);
        var bytes = Gen.Choose(0, 255).Select(static value => (byte)value).ArrayOf();
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(bytes.ToArbitrary(), packet => Readable(responder, packet)));
    }

    [Fact]
    public void No_damage_to_a_query_makes_the_responder_throw()
    {
        var responder = new DnsResponder(zone);
        var query = Query("www.example.test").Encode();
        var damage =
            from at in Gen.Choose(0, query.Length - 1)
            from value in Gen.Choose(0, 255)
            from cut in Gen.Choose(0, query.Length)
            select (at, (byte)value, cut);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(damage.ToArbitrary(), hurt =>
        {
            var packet = query.ToArray();
            packet[hurt.at] = hurt.Item2;
            return Readable(responder, packet) && Readable(responder, packet[..hurt.cut]);
        }));
    }

    [Fact]
    public void Unreadable_queries_get_FORMERR_with_their_id_and_answers_get_nothing()
    {
        var responder = new DnsResponder(zone);
        var query = Query("www.example.test").Encode();
        var error = DnsMessage.Decode(responder.Answer(query.AsSpan(0, query.Length - 3), overUdp: true));
        Assert.Equal((DnsResponseCode.FormatError, Query("www.example.test").Id, true), (error.ResponseCode, error.Id, error.IsResponse));
        Assert.Null(responder.Answer(query.AsSpan(0, 11), overUdp: true));
        Assert.Null(responder.Answer((Query("www.example.test") with { IsResponse = true }).Encode(), overUdp: true));
        var two = Query("www.example.test") with { Questions = [.. Query("www.example.test").Questions, .. Query("example.test").Questions] };
        Assert.Equal(DnsResponseCode.FormatError, DnsMessage.Decode(responder.Answer(two.Encode(), overUdp: true)).ResponseCode);
    }

    [Theory]
    [InlineData(DnsRecordType.AXFR)]
    [InlineData(DnsRecordType.IXFR)]
    public async Task Transfers_are_refused_over_UDP_too(DnsRecordType type)
    {
        await using var server = Start();
        var answer = await client.QueryAsync(server.Endpoint, "example.test", type, Patience, CancellationToken.None);
        Assert.Equal(DnsResponseCode.Refused, answer.ResponseCode);
    }

    [Fact]
    public async Task Garbage_over_UDP_and_TCP_does_not_stop_the_server()
    {
        await using var server = Start();
        using (var udp = new UdpClient(AddressFamily.InterNetwork))
        {
            udp.Connect(server.Endpoint);
            for (var length = 0; length < 600; length += 7)
            {
                await udp.SendAsync(Enumerable.Range(0, length).Select(static value => (byte)(value * 31)).ToArray());
            }
        }

        foreach (var bytes in new byte[][] { [], [0], [0, 0], [0, 3, 1, 2, 3], [0xFF, 0xFF, 1] })
        {
            using var tcp = new TcpClient();
            await tcp.ConnectAsync(server.Endpoint);
            await tcp.Client.SendAsync(bytes);
        }

        Assert.Equal(["192.0.2.1"], await Values(server));
        Assert.Equal(["192.0.2.1"], await ValuesOverTcp(server));
    }

    [Fact]
    public async Task A_failing_store_is_SERVFAIL_and_the_server_lives_on()
    {
        await using var server = Start();
        zone.IsBroken = true;
        var answer = await client.QueryAsync(server.Endpoint, "www.example.test", DnsRecordType.A, Patience, CancellationToken.None);
        Assert.Equal(DnsResponseCode.ServerFailure, answer.ResponseCode);
        zone.IsBroken = false;
        Assert.Equal(["192.0.2.1"], await Values(server));
    }

    [Fact]
    public async Task A_value_that_has_no_wire_form_is_left_out()
    {
        zone.Set("svc.example.test", "HTTPS", 60, "1 . from-the-future=h2");
        await using var server = Start();
        var answer = await client.QueryAsync(server.Endpoint, "svc.example.test", DnsRecordType.HTTPS, Patience, CancellationToken.None);
        Assert.Equal((DnsResponseCode.NoError, 0), (answer.ResponseCode, answer.Answers.Count));
    }

    [Fact]
    public async Task UDP_and_TCP_share_a_port_and_a_taken_one_is_an_error()
    {
        await using var server = Start();
        Assert.NotEqual(0, server.Endpoint.Port);
        var error = Assert.Throws<HostingException>(() => SandboxDnsServer.Start(zone, TimeProvider.System, IPAddress.Loopback, server.Endpoint.Port));
        Assert.Equal(ErrorIds.SandboxFailed, error.ErrorId);
        Assert.Equal(["192.0.2.1"], await ValuesOverTcp(server));
    }

    [Fact]
    public async Task Stopping_ends_open_connections_and_frees_the_port()
    {
        var server = Start();
        using var open = new TcpClient();
        await open.ConnectAsync(server.Endpoint);
        Assert.Equal(["192.0.2.1"], await Values(server));
        await server.DisposeAsync().AsTask().WaitAsync(Patience);
        await server.DisposeAsync();
        await using var next = SandboxDnsServer.Start(zone, TimeProvider.System, IPAddress.Loopback, server.Endpoint.Port);
        Assert.Equal(["192.0.2.1"], await Values(next));
    }

    [Fact]
    public async Task A_switch_is_proven_as_soon_as_the_zone_has_it()
    {
        zone.Set("site.example.test", "CNAME", 60, "old.elsewhere.test");
        await using var server = Start();
        var change = new DnsSwitch
        {
            SiteName = "site",
            Record = "site.example.test",
            Before = [new DnsRecordSet { Name = "site.example.test", Type = "CNAME", Ttl = 60, Values = ["old.elsewhere.test"] }],
            After =
            [
                new DnsRecordSet { Name = "site.example.test", Type = "A", Ttl = 60, Values = ["192.0.2.1"] },
                new DnsRecordSet { Name = "site.example.test", Type = "AAAA", Ttl = 60, Values = ["2001:db8::1"] },
            ],
        };
        var servers = await new AuthoritativeServers().FindAsync(
            new HostingInventory { Zone = "example.test", NameServers = [server.Endpoint.ToString()] }, [], CancellationToken.None);
        var waiting = new SwitchVerifier(client, TimeProvider.System).VerifyAsync(servers, [change], Patience, CancellationToken.None);
        zone.Remove("site.example.test", "CNAME");
        zone.Set("site.example.test", "A", 60, "192.0.2.1");
        zone.Set("site.example.test", "AAAA", 60, "2001:db8:0::1");
        var result = Assert.Single(await waiting);
        Assert.True(result.Verified, result.Reason);
    }

    private static DnsMessage Query(string name) =>
        new() { Id = 4711, Questions = [new DnsQuestion(DnsName.Parse(name), DnsRecordType.A)], Edns = new DnsEdns() };

    private static bool Readable(DnsResponder responder, byte[] packet) =>
        responder.Answer(packet, overUdp: true) is not { } answer
        || (DnsMessage.Decode(answer).IsResponse && answer.AsSpan(0, 2).SequenceEqual(packet.AsSpan(0, 2)));

    private SandboxDnsServer Start() => SandboxDnsServer.Start(zone, TimeProvider.System);

    private async Task<List<string>> Values(SandboxDnsServer server)
    {
        var answer = await client.QueryAsync(server.Endpoint, "www.example.test", DnsRecordType.A, Patience, CancellationToken.None);
        return answer.Answers.Select(record => record.Data.ToString()).ToList();
    }

    private static async Task<List<string>> ValuesOverTcp(SandboxDnsServer server)
    {
        using var timeout = new CancellationTokenSource(Patience);
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(server.Endpoint, timeout.Token);
        var query = Query("www.example.test").Encode();
        await tcp.Client.SendAsync(new byte[] { 0, (byte)query.Length }.Concat(query).ToArray(), timeout.Token);
        var stream = tcp.GetStream();
        var length = new byte[2];
        await stream.ReadExactlyAsync(length, timeout.Token);
        var answer = new byte[(length[0] << 8) | length[1]];
        await stream.ReadExactlyAsync(answer, timeout.Token);
        return DnsMessage.Decode(answer).Answers.Select(record => record.Data.ToString()).ToList();
    }
}
