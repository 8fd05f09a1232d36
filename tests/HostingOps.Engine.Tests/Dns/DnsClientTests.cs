using System.Net;
using System.Net.Sockets;
using HostingOps.Engine.Dns;
using HostingOps.Engine.Dns.Wire;

namespace HostingOps.Engine.Tests.Dns;

public sealed class DnsClientTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly DnsClient client = new(TimeProvider.System);

    [Fact]
    public async Task An_answer_comes_back_whole()
    {
        await using var server = new ScriptedNameServer((query, _) => [ScriptedNameServer.Reply(query, "192.0.2.1", "192.0.2.2").Encode()]);
        var answer = await Ask(server);
        Assert.Equal(["192.0.2.1", "192.0.2.2"], answer.Answers.Select(record => record.Data.ToString()));
        Assert.True(answer.IsAuthoritative);
    }

    [Fact]
    public async Task A_lost_packet_is_sent_again()
    {
        await using var server = new ScriptedNameServer((query, number) => number == 1 ? [] : [ScriptedNameServer.Reply(query, "192.0.2.1").Encode()]);
        var answer = await client.QueryAsync(server.Endpoint, "www.example.test", DnsRecordType.A, TimeSpan.FromSeconds(7), CancellationToken.None);
        Assert.Single(answer.Answers);
        Assert.True(server.Queries >= 2);
    }

    [Fact]
    public async Task Answers_with_another_id_another_question_or_garbage_are_passed_over()
    {
        await using var server = new ScriptedNameServer((query, _) =>
        [
            [1, 2, 3],
            (ScriptedNameServer.Reply(query, "192.0.2.66") with { Id = (ushort)(query.Id + 1) }).Encode(),
            (ScriptedNameServer.Reply(query, "192.0.2.67") with { Questions = [new DnsQuestion(DnsName.Parse("other.test"), DnsRecordType.A)] }).Encode(),
            (ScriptedNameServer.Reply(query, "192.0.2.68") with { Questions = [] }).Encode(),
            (ScriptedNameServer.Reply(query, "192.0.2.69") with { IsResponse = false }).Encode(),
            ScriptedNameServer.Reply(query, "192.0.2.1").Encode(),
        ]);
        var answer = await Ask(server);
        Assert.Equal("192.0.2.1", Assert.Single(answer.Answers).Data.ToString());
    }

    [Fact]
    public async Task Ids_and_source_ports_vary()
    {
        await using var server = new ScriptedNameServer((query, _) => [ScriptedNameServer.Reply(query).Encode()]);
        for (var query = 0; query < 20; query++)
        {
            await Ask(server);
        }

        Assert.True(server.Ids.Distinct().Count() > 10);
        Assert.True(server.SourcePorts.Distinct().Count() > 10);
    }

    [Fact]
    public async Task A_server_without_EDNS_is_asked_without_it()
    {
        await using var server = new ScriptedNameServer((query, _) => query.Edns is null
            ? [ScriptedNameServer.Reply(query, "192.0.2.1").Encode()]
            : [new DnsMessage { Id = query.Id, IsResponse = true, ResponseCode = DnsResponseCode.FormatError }.Encode()]);
        Assert.Single((await Ask(server)).Answers);
    }

    [Fact]
    public async Task A_truncated_answer_is_fetched_over_TCP()
    {
        await using var server = new ScriptedNameServer(
            (query, _) => [(ScriptedNameServer.Reply(query) with { IsTruncated = true }).Encode()],
            query => Framed(ScriptedNameServer.Reply(query, "192.0.2.1").Encode()));
        Assert.Single((await Ask(server)).Answers);
    }

    [Fact]
    public async Task A_truncated_answer_cut_in_the_middle_of_a_record_is_fetched_over_TCP_too()
    {
        await using var server = new ScriptedNameServer(
            (query, _) => [(ScriptedNameServer.Reply(query, "192.0.2.1", "192.0.2.2") with { IsTruncated = true }).Encode()[..^3]],
            query => Framed(ScriptedNameServer.Reply(query, "192.0.2.1", "192.0.2.2").Encode()));
        Assert.Equal(2, (await Ask(server)).Answers.Count);
        Assert.Equal(1, server.Queries);
    }

    [Fact]
    public async Task A_TCP_answer_to_something_else_is_an_error()
    {
        await using var server = new ScriptedNameServer(
            (query, _) => [(ScriptedNameServer.Reply(query) with { IsTruncated = true }).Encode()],
            query => Framed((ScriptedNameServer.Reply(query, "192.0.2.66") with { Id = (ushort)(query.Id + 1) }).Encode()));
        await Fails(() => Ask(server), HostingErrorCategory.ProtocolError);
    }

    [Fact]
    public async Task A_TCP_answer_that_breaks_off_is_an_error()
    {
        await using var server = new ScriptedNameServer(
            (query, _) => [(ScriptedNameServer.Reply(query) with { IsTruncated = true }).Encode()],
            query => Framed(ScriptedNameServer.Reply(query, "192.0.2.1").Encode())[..^3]);
        await Fails(() => Ask(server), HostingErrorCategory.ProtocolError);
    }

    [Fact]
    public async Task Silence_is_a_timeout_that_names_the_server_and_the_question()
    {
        await using var server = new ScriptedNameServer((_, _) => []);
        var error = await Fails(
            () => client.QueryAsync(server.Endpoint, "www.example.test", DnsRecordType.A, TimeSpan.FromMilliseconds(300), CancellationToken.None),
            HostingErrorCategory.OperationTimeout);
        Assert.Contains(server.Endpoint.ToString(), error.Message, StringComparison.Ordinal);
        Assert.Contains("www.example.test A", error.Message, StringComparison.Ordinal);
        Assert.Contains("0.3 s", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_closed_port_is_an_error()
    {
        IPEndPoint endpoint;
        await using (var server = new ScriptedNameServer((_, _) => []))
        {
            endpoint = server.Endpoint;
        }

        await Fails(() => client.QueryAsync(endpoint, "www.example.test", DnsRecordType.A, TimeSpan.FromSeconds(3), CancellationToken.None));
    }

    [Fact]
    public async Task Cancelling_ends_the_wait_as_a_cancellation()
    {
        await using var server = new ScriptedNameServer((_, _) => []);
        using var cancel = new CancellationTokenSource();
        var query = client.QueryAsync(server.Endpoint, "www.example.test", DnsRecordType.A, Patience, cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => query);
    }

    [SkippableTheory]
    [InlineData("named")]
    [InlineData("knotd")]
    public async Task Real_servers_are_understood(string program)
    {
        await using var server = await RealNameServer.StartAsync(program, RealZone);

        Assert.Equal(["192.0.2.1", "192.0.2.2"], await Values(server, "two", DnsRecordType.A));
        Assert.Equal(["2001:db8::1"], await Values(server, "two", DnsRecordType.AAAA));
        Assert.Equal(["two.example.test."], await Values(server, "alias", DnsRecordType.CNAME));
        Assert.Equal(["10 mail.example.test."], await Values(server, "two", DnsRecordType.MX));
        Assert.Equal(["1 2 5269 two.example.test."], await Values(server, "_xmpp._tcp", DnsRecordType.SRV));
        Assert.Equal(["0 issue \"ca.example; account=1\""], await Values(server, "two", DnsRecordType.CAA));
        Assert.Equal(["\"with \\\"quotes\\\" and \\\\\" \"second \\303\\244\""], await Values(server, "two", DnsRecordType.TXT));
        Assert.Equal(["\\# 3 0A0B0C"], await Values(server, "odd", (DnsRecordType)65280));
        Assert.Equal(["192.0.2.9"], await Values(server, @"a\.b\032c", DnsRecordType.A));
        Assert.Equal(["192.0.2.8"], await Values(server, "anything.wild", DnsRecordType.A));
        Assert.Equal(["100 50 \"u\" \"E2U+sip\" \"\" sip.example.test."], await Values(server, "two", DnsRecordType.NAPTR));

        var missing = await client.QueryAsync(server.Endpoint, "missing.example.test", DnsRecordType.A, Patience, CancellationToken.None);
        Assert.Equal(DnsResponseCode.NameError, missing.ResponseCode);
        Assert.Equal(DnsRecordType.SOA, Assert.Single(missing.Authorities).Type);

        var foreign = await client.QueryAsync(server.Endpoint, "www.elsewhere.test", DnsRecordType.A, Patience, CancellationToken.None);
        Assert.Equal(DnsResponseCode.Refused, foreign.ResponseCode);
    }

    [SkippableTheory]
    [InlineData("named")]
    [InlineData("knotd")]
    public async Task A_large_set_of_a_real_server_comes_over_TCP(string program)
    {
        var records = string.Join('\n', Enumerable.Range(0, 60).Select(number => $"large IN TXT \"{number:D3} {new string('x', 200)}\""));
        await using var server = await RealNameServer.StartAsync(program, records);

        var values = await Values(server, "large", DnsRecordType.TXT);
        Assert.Equal(60, values.Count);
        Assert.Equal(60, values.Distinct().Count());
    }

    [SkippableFact]
    public async Task A_server_on_IPv6_is_asked()
    {
        Skip.IfNot(HasIPv6Loopback(), "This machine has no IPv6 loopback.");
        await using var server = await RealNameServer.StartAsync("named", "www IN A 192.0.2.1", IPAddress.IPv6Loopback);
        Assert.Equal(["192.0.2.1"], await Values(server, "www", DnsRecordType.A));
    }

    private const string RealZone = """
        two IN A 192.0.2.1
        two IN A 192.0.2.2
        two IN AAAA 2001:db8::1
        two IN MX 10 mail
        two IN CAA 0 issue "ca.example; account=1"
        two IN TXT "with \"quotes\" and \\" "second \195\164"
        two IN NAPTR 100 50 "u" "E2U+sip" "" sip
        alias IN CNAME two
        _xmpp._tcp IN SRV 1 2 5269 two
        odd IN TYPE65280 \# 3 0A0B0C
        a\.b\032c IN A 192.0.2.9
        *.wild IN A 192.0.2.8
        """;

    private Task<DnsMessage> Ask(ScriptedNameServer server) =>
        client.QueryAsync(server.Endpoint, "www.example.test", DnsRecordType.A, Patience, CancellationToken.None);

    private async Task<List<string>> Values(RealNameServer server, string label, DnsRecordType type)
    {
        var name = DnsName.Parse($"{label}.{RealNameServer.Zone}");
        var answer = await client.QueryAsync(server.Endpoint, name.ToString(), type, Patience, CancellationToken.None);
        Assert.Equal(DnsResponseCode.NoError, answer.ResponseCode);
        Assert.True(answer.IsAuthoritative);
        Assert.False(answer.IsTruncated);
        return answer.Answers.Where(record => record.Name.Equals(name)).Select(record => record.Data.ToString()).Order(StringComparer.Ordinal).ToList();
    }

    private static async Task<HostingException> Fails(Func<Task> action, HostingErrorCategory? category = null)
    {
        var error = await Assert.ThrowsAsync<HostingException>(action);
        Assert.Equal(ErrorIds.DnsQueryFailed, error.ErrorId);
        Assert.Equal(category ?? error.Category, error.Category);
        return error;
    }

    private static byte[] Framed(byte[] message) => [(byte)(message.Length >> 8), (byte)message.Length, .. message];

    private static bool HasIPv6Loopback()
    {
        try
        {
            using var socket = new Socket(AddressFamily.InterNetworkV6, SocketType.Dgram, ProtocolType.Udp);
            socket.Bind(new IPEndPoint(IPAddress.IPv6Loopback, 0));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
