using System.Buffers.Binary;
using HostingOps.Engine.Dns.Wire;

namespace HostingOps.Sandbox.Dns;

/// <summary>From a query's bytes to its answer's bytes, for zones that are served with authority and without recursion. No bytes make it throw.</summary>
internal sealed class DnsResponder(ISandboxZoneSource source)
{
    private const int HeaderLength = 12;
    private const int ResponseBit = 0x80;

    // What a query may announce is taken up to here; more would only come in fragments.
    private const int LargestUdpAnswer = 4096;

    private readonly ZoneLookup lookup = new(source);

    /// <summary>The answer, or null for what deserves none: an answer, or less than a header.</summary>
    /// <param name="packet">The bytes received.</param>
    /// <param name="overUdp">Whether the answer must fit a datagram.</param>
    public byte[]? Answer(ReadOnlySpan<byte> packet, bool overUdp)
    {
        // To answer an answer would keep two servers talking for ever.
        if (packet.Length < HeaderLength || (packet[2] & ResponseBit) != 0)
        {
            return null;
        }

        DnsMessage query;
        try
        {
            query = DnsMessage.Decode(packet);
        }
        catch (DnsFormatException)
        {
            // The sender is told in DNS's own terms.
            return FormatError(packet);
        }

        DnsMessage answer;
        try
        {
            answer = Answer(query);
        }
#pragma warning disable CA1031 // Whatever goes wrong in the store must not end the server: RFC 1035's word for it is SERVFAIL.
        catch (Exception)
#pragma warning restore CA1031
        {
            answer = Reply(query, DnsResponseCode.ServerFailure);
        }

        int announced = query.Edns?.UdpPayloadSize ?? DnsMessage.ClassicUdpLength;
        return answer.Encode(overUdp
            ? Math.Clamp(announced, DnsMessage.ClassicUdpLength, LargestUdpAnswer)
            : DnsMessage.MaximumLength);
    }

    private DnsMessage Answer(DnsMessage query)
    {
        if (query.Opcode != DnsOpcode.Query)
        {
            return Reply(query, DnsResponseCode.NotImplemented);
        }

        if (query.Edns is { Version: not 0 })
        {
            return Reply(query, DnsResponseCode.BadVersion);
        }

        if (query.Questions.Count != 1)
        {
            return Reply(query, DnsResponseCode.FormatError);
        }

        var question = query.Questions[0];
        if (question.Class != DnsClass.IN || question.Type is DnsRecordType.AXFR or DnsRecordType.IXFR)
        {
            return Reply(query, DnsResponseCode.Refused);
        }

        var found = lookup.Ask(question);
        return Reply(query, found.ResponseCode) with
        {
            IsAuthoritative = found.IsAuthoritative,
            Answers = found.Answers,
            Authorities = found.Authorities,
            Additionals = found.Additionals,
        };
    }

    private static DnsMessage Reply(DnsMessage query, DnsResponseCode code) => new()
    {
        Id = query.Id,
        IsResponse = true,
        Opcode = query.Opcode,
        RecursionDesired = query.RecursionDesired,
        CheckingDisabled = query.CheckingDisabled,
        ResponseCode = code,
        Questions = query.Questions.Count == 1 ? query.Questions : [],
        Edns = query.Edns is null ? null : new DnsEdns { DnssecOk = query.Edns.DnssecOk },
    };

    private static byte[] FormatError(ReadOnlySpan<byte> packet) => new DnsMessage
    {
        Id = BinaryPrimitives.ReadUInt16BigEndian(packet),
        IsResponse = true,
        Opcode = (DnsOpcode)((packet[2] >> 3) & 0xF),
        RecursionDesired = (packet[2] & 1) != 0,
        ResponseCode = DnsResponseCode.FormatError,
    }.Encode();
}
