using System.Net;
using System.Text;
using HostingOps.Engine.Dns.Wire;
using HostingOps.Engine.DynamicDns.Asking;
using HostingOps.Engine.Tests.Dns;

namespace HostingOps.Engine.Tests.DynamicDns;

public sealed class DnsSourceTests
{
    [Fact]
    public async Task An_address_record_is_heard_and_only_the_name_asked_for()
    {
        await using var server = new ScriptedNameServer((query, _) => [ScriptedNameServer.Reply(query, "5.9.1.1").Encode()]);

        Assert.Equal("5.9.1.1", (await AskAsync($"dns:myip.opendns.example@{server.Endpoint}")).Address);
    }

    [Fact]
    public async Task A_text_of_the_CHAOS_class_is_heard()
    {
        DnsQuestion? asked = null;
        await using var server = new ScriptedNameServer((query, _) =>
        {
            asked = query.Questions[0];
            return [Text(query, "5.9.1.1").Encode()];
        });

        Assert.Equal("5.9.1.1", (await AskAsync($"dns:whoami.cloudflare/TXT/CH@{server.Endpoint}")).Address);
        Assert.Equal((DnsRecordType.TXT, DnsClass.CH), (asked!.Type, asked.Class));
    }

    [Fact]
    public async Task Lies_are_refused()
    {
        await RefusedAsync(query => ScriptedNameServer.Reply(query, "192.168.1.1"), "private");
        await RefusedAsync(query => ScriptedNameServer.Reply(query, "5.9.1.1", "5.9.1.2"), "2 records");
        await RefusedAsync(query => ScriptedNameServer.Reply(query), "without a record");
        await RefusedAsync(query => ScriptedNameServer.Reply(query) with { ResponseCode = DnsResponseCode.Refused }, "Refused");
        await RefusedAsync(query => ScriptedNameServer.Reply(query) with { ResponseCode = DnsResponseCode.NameError }, "NameError");
        await RefusedAsync(
            query => ScriptedNameServer.Reply(query) with
            {
                Answers = [new DnsResourceRecord(DnsName.Parse("elsewhere.example"), 60, DnsRecordData.FromAddress(IPAddress.Parse("5.9.1.1")))],
            },
            "without a record");
        await RefusedAsync(query => Text(query, "<html>"), "HTML", "/TXT");
        await RefusedAsync(query => Text(query, "edns0-client-subnet 5.9.1.0/24"), "more than one", "/TXT");
        await RefusedAsync(query => Text(query, "5.9.1.1", "5.9.1.1"), "several strings", "/TXT");
        await RefusedAsync(query => Text(query, "5.9.1.1", other: "6.6.6.6"), "2 records", "/TXT");
    }

    [Fact]
    public async Task A_forged_answer_does_not_end_the_wait_for_the_true_one()
    {
        await using var server = new ScriptedNameServer((query, _) =>
        [
            (ScriptedNameServer.Reply(query, "6.6.6.6") with { Id = (ushort)(query.Id + 1) }).Encode(),
            ScriptedNameServer.Reply(query, "5.9.1.1").Encode(),
        ]);

        Assert.Equal("5.9.1.1", (await AskAsync($"dns:myip.example@{server.Endpoint}")).Address);
    }

    [Fact]
    public async Task A_server_that_keeps_silent_is_given_up()
    {
        await using var server = new ScriptedNameServer(static (_, _) => []);

        var answer = await AskAsync($"dns:myip.example@{server.Endpoint}", TimeSpan.FromMilliseconds(200));

        Assert.Equal(AddressAnswerOutcome.NoAnswer, answer.Outcome);
        Assert.Contains("0.2 s", answer.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_named_by_its_IPv4_address_is_not_asked_for_IPv6()
    {
        var record = new DynamicDnsRecord { Record = "office", Sources = ["dns:myip.example@127.0.0.1:1", "dns:myip.example/A@ns.example", "https://127.0.0.1:1/"] };

        Assert.Empty(await new AddressAsker(TimeProvider.System, SilentReporter.Instance).AskAsync(record, PublicAddressFamily.IPv6, CancellationToken.None));
    }

    [Fact]
    public async Task A_server_that_has_no_address_is_no_answer()
    {
        Assert.Equal(AddressAnswerOutcome.NoAnswer, (await AskAsync("dns:myip.example@no-such-server.invalid")).Outcome);
    }

    [SkippableFact]
    public async Task A_real_bind9_is_understood()
    {
        await using var named = await RealNameServer.StartAsync(
            "named", "myip IN A 5.9.1.1\ntext IN TXT \"5.9.1.1\"\nhtml IN TXT \"<html>\"\nprivate IN A 192.168.1.1\nalias IN CNAME myip\nsix IN AAAA 2a01:4f8::1");
        var at = named.Endpoint;

        Assert.Equal("5.9.1.1", (await AskAsync($"dns:myip.example.test@{at}")).Address);
        Assert.Equal("5.9.1.1", (await AskAsync($"dns:text.example.test/TXT@{at}")).Address);
        Assert.Contains("HTML", (await AskAsync($"dns:html.example.test/TXT@{at}")).Reason, StringComparison.Ordinal);
        Assert.Contains("private", (await AskAsync($"dns:private.example.test@{at}")).Reason, StringComparison.Ordinal);
        Assert.Contains("without a record", (await AskAsync($"dns:alias.example.test@{at}")).Reason, StringComparison.Ordinal);
        Assert.Contains("NameError", (await AskAsync($"dns:none.example.test@{at}")).Reason, StringComparison.Ordinal);

        // bind answers its own version in the CHAOS class: a text, and no address.
        Assert.Equal(AddressAnswerOutcome.Refused, (await AskAsync($"dns:version.bind/TXT/CH@{at}")).Outcome);
    }

    private static async Task RefusedAsync(Func<DnsMessage, DnsMessage> answer, string says, string type = "")
    {
        await using var server = new ScriptedNameServer((query, _) => [answer(query).Encode()]);

        var heard = await AskAsync($"dns:myip.example{type}@{server.Endpoint}");

        Assert.Equal(AddressAnswerOutcome.Refused, heard.Outcome);
        Assert.Contains(says, heard.Reason, StringComparison.Ordinal);
    }

    private static DnsMessage Text(DnsMessage query, string text, string? second = null, string? other = null)
    {
        static byte[] Strings(params string?[] parts) =>
            [.. parts.OfType<string>().SelectMany(static part => (byte[])[(byte)part.Length, .. Encoding.ASCII.GetBytes(part)])];
        return ScriptedNameServer.Reply(query) with
        {
            Answers = [.. new[] { Strings(text, second), other is null ? null : Strings(other) }.OfType<byte[]>().Select(bytes =>
                new DnsResourceRecord(query.Questions[0].Name, 0, DnsRecordData.FromBytes(DnsRecordType.TXT, bytes), query.Questions[0].Class))],
        };
    }

    private static async Task<AddressAnswer> AskAsync(string source, TimeSpan? timeout = null) => Assert.Single(
        await new AddressAsker(TimeProvider.System, SilentReporter.Instance).AskAsync(
            new DynamicDnsRecord { Record = "office", Sources = [source], Timeout = timeout ?? TimeSpan.FromSeconds(20) }, PublicAddressFamily.IPv4, CancellationToken.None));
}
