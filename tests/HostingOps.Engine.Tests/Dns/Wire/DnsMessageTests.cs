using System.Net;
using FsCheck;
using FsCheck.Fluent;
using HostingOps.Engine.Dns.Wire;

namespace HostingOps.Engine.Tests.Dns.Wire;

public sealed class DnsMessageTests
{
    // Header of an answer with one question and one answer.
    private static readonly byte[] AnswerHeader = [0x12, 0x34, 0x84, 0x00, 0, 1, 0, 1, 0, 0, 0, 0];

    // www.example.com A IN
    private static readonly byte[] Question = [3, .. "www"u8, 7, .. "example"u8, 3, .. "com"u8, 0, 0, 1, 0, 1];

    [Fact]
    public void Any_message_survives_the_way_to_the_wire_and_back() =>
        Prop.ForAll(
            DnsGenerators.Message.ToArbitrary(),
            static message =>
            {
                var back = DnsMessage.Decode(message.Encode());
                return Same(message, back) && back.Encode().AsSpan().SequenceEqual(message.Encode());
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_cut_message_is_short_enough_says_so_and_keeps_the_beginning() =>
        Prop.ForAll(
            DnsGenerators.Message.ToArbitrary(),
            static message =>
            {
                var bytes = message.Encode(DnsMessage.ClassicUdpLength);
                var back = DnsMessage.Decode(bytes);
                var whole = back.Answers.Count == message.Answers.Count && back.Authorities.Count == message.Authorities.Count;
                return bytes.Length <= DnsMessage.ClassicUdpLength
                    && back.IsTruncated == !whole
                    && back.Answers.SequenceEqual(message.Answers.Take(back.Answers.Count))
                    && (back.Edns is null) == (message.Edns is null);
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void Random_bytes_are_a_message_or_a_format_error() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(2000),
            Prop.ForAll(DnsGenerators.Bytes(0, 120).ToArbitrary(), static bytes => DecodesOrFails(bytes)));

    [Fact]
    public void A_message_with_some_bytes_changed_is_a_message_or_a_format_error() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(2000),
            Prop.ForAll(
                DnsGenerators.Message.ToArbitrary(),
                DnsGenerators.Bytes(8, 8).ToArbitrary(),
                static (message, noise) =>
                {
                    var bytes = message.Encode();
                    for (var change = 0; change < noise.Length; change += 4)
                    {
                        bytes[((noise[change] << 8) | noise[change + 1]) % bytes.Length] = noise[change + 2];
                    }

                    return DecodesOrFails(bytes) && DecodesOrFails(bytes[..(noise[3] % bytes.Length)]);
                }));

    [Fact]
    public void A_pointer_to_itself_is_a_format_error() => Malformed([.. AnswerHeader[..6], 0, 0, 0, 0, 0, 0, 0xC0, 12, 0, 1, 0, 1]);

    [Fact]
    public void Pointers_to_each_other_are_a_format_error() => Malformed([.. AnswerHeader[..6], 0, 0, 0, 0, 0, 0, 0xC0, 14, 0xC0, 12, 0, 1, 0, 1]);

    [Fact]
    public void A_pointer_forward_is_a_format_error() => Malformed([.. AnswerHeader[..6], 0, 0, 0, 0, 0, 0, 0xC0, 16, 0, 1, 0, 1, 0]);

    [Fact]
    public void A_name_that_pointers_make_too_long_is_a_format_error()
    {
        var label = Enumerable.Repeat((byte)'a', 63).Prepend((byte)63).ToArray();
        byte[] name = [.. label, .. label, .. label, 0];
        byte[] bytes = [0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, .. name, 0, 1, 0, 1, .. label, 0xC0, 12, 0, 1, 0, 1];
        Malformed(bytes);
    }

    [Fact]
    public void A_compressed_answer_is_read()
    {
        byte[] bytes = [.. AnswerHeader, .. Question, 0xC0, 12, 0, 5, 0, 1, 0, 0, 0, 60, 0, 7, 4, .. "host"u8, 0xC0, 16];
        var message = DnsMessage.Decode(bytes);

        Assert.Equal(0x1234, message.Id);
        Assert.True(message.IsResponse);
        Assert.True(message.IsAuthoritative);
        Assert.False(message.RecursionDesired);
        var answer = Assert.Single(message.Answers);
        Assert.Equal("www.example.com", answer.Name.ToString());
        Assert.Equal(60u, answer.Ttl);
        Assert.Equal("host.example.com", answer.Data.Target!.ToString());
    }

    [Fact]
    public void A_written_answer_uses_compression()
    {
        var name = DnsName.Parse("www.example.com");
        var message = new DnsMessage
        {
            IsResponse = true,
            Questions = [new DnsQuestion(name, DnsRecordType.MX)],
            Answers =
            [
                new DnsResourceRecord(name, 60, DnsRecordData.Parse(DnsRecordType.MX, "10 mail.example.com")),
                new DnsResourceRecord(name, 60, DnsRecordData.Parse(DnsRecordType.SRV, "1 2 3 mail.example.com")),
            ],
        };

        // Header, question, MX with two pointers, SRV with a pointer as owner and its target in full (RFC 2782).
        Assert.Equal(12 + Question.Length + (12 + 2 + 7) + (12 + 6 + 18), message.Encode().Length);
    }

    [Theory]
    [InlineData(0, 3)]
    [InlineData(0, 5)]
    public void Data_that_lies_about_its_length_is_a_format_error(byte high, byte low) =>
        Malformed([.. AnswerHeader, .. Question, 0xC0, 12, 0, 1, 0, 1, 0, 0, 0, 60, high, low, 192, 0, 2, 1, 0]);

    [Fact]
    public void Bytes_behind_the_end_are_a_format_error() =>
        Malformed([.. AnswerHeader, .. Question, 0xC0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 192, 0, 2, 1, 0]);

    [Fact]
    public void A_ttl_with_its_top_bit_set_is_zero()
    {
        byte[] bytes = [.. AnswerHeader, .. Question, 0xC0, 12, 0, 1, 0, 1, 0x80, 0, 0, 60, 0, 4, 192, 0, 2, 1];
        var answer = DnsMessage.Decode(bytes).Answers[0];
        Assert.Equal(0u, answer.Ttl);
        Assert.Equal(IPAddress.Parse("192.0.2.1"), answer.Data.Address);
    }

    [Fact]
    public void Two_OPT_records_are_a_format_error()
    {
        byte[] opt = [0, 0, 41, 4, 208, 0, 0, 0, 0, 0, 0];
        byte[] header = [0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        Assert.Equal(1232, DnsMessage.Decode([.. header, 1, .. opt]).Edns!.UdpPayloadSize);
        Malformed([.. header, 2, .. opt, .. opt]);
    }

    [Fact]
    public void An_extended_response_code_needs_EDNS()
    {
        var message = new DnsMessage { IsResponse = true, ResponseCode = DnsResponseCode.BadVersion };
        Assert.Throws<InvalidOperationException>(() => message.Encode());
        var back = DnsMessage.Decode((message with { Edns = new DnsEdns { DnssecOk = true } }).Encode());
        Assert.Equal(DnsResponseCode.BadVersion, back.ResponseCode);
        Assert.True(back.Edns!.DnssecOk);
    }

    private static void Malformed(byte[] bytes) => Assert.Throws<DnsFormatException>(() => DnsMessage.Decode(bytes));

    private static bool DecodesOrFails(byte[] bytes)
    {
        try
        {
            // What could be read must be writable as well.
            DnsMessage.Decode(bytes).Encode();
        }
        catch (DnsFormatException)
        {
            // The one error that bad bytes may cause.
        }

        return true;
    }

    private static bool Same(DnsMessage left, DnsMessage right) =>
        (left.Id, left.IsResponse, left.IsAuthoritative, left.IsTruncated, left.Opcode, left.ResponseCode)
            == (right.Id, right.IsResponse, right.IsAuthoritative, right.IsTruncated, right.Opcode, right.ResponseCode)
        && (left.RecursionDesired, left.RecursionAvailable, left.AuthenticData, left.CheckingDisabled)
            == (right.RecursionDesired, right.RecursionAvailable, right.AuthenticData, right.CheckingDisabled)
        && left.Questions.SequenceEqual(right.Questions)
        && left.Answers.SequenceEqual(right.Answers)
        && left.Authorities.SequenceEqual(right.Authorities)
        && left.Additionals.SequenceEqual(right.Additionals)
        && left.Edns?.UdpPayloadSize == right.Edns?.UdpPayloadSize
        && left.Edns?.Options[0].Data.Span.SequenceEqual(right.Edns!.Options[0].Data.Span) != false;
}
