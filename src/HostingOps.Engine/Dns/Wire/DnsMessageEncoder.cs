namespace HostingOps.Engine.Dns.Wire;

/// <summary>Message to bytes.</summary>
internal static class DnsMessageEncoder
{
    // Owner, type, class, TTL and length of an OPT record without options.
    private const int BareOptLength = 11;
    private const int FlagsAt = 2;
    private const int CountsAt = 4;

    public static byte[] Encode(DnsMessage message, int maximumLength)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maximumLength, DnsMessage.ClassicUdpLength);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maximumLength, DnsMessage.MaximumLength);
        if ((int)message.ResponseCode > DnsHeaderBits.FourBits && message.Edns is null)
        {
            throw new InvalidOperationException($"Response code {(int)message.ResponseCode} can only be sent with EDNS.");
        }

        var writer = new WireWriter();
        writer.WriteUInt16(message.Id);
        writer.WriteUInt16(0);
        for (var section = 0; section < 4; section++)
        {
            writer.WriteUInt16(0);
        }

        foreach (var question in message.Questions)
        {
            writer.WriteCompressedName(question.Name.Wire);
            writer.WriteUInt16((ushort)question.Type);
            writer.WriteUInt16((ushort)question.Class);
        }

        // The OPT record must come along however much is cut.
        var room = maximumLength - OptLength(message.Edns);
        var answers = WriteRecords(writer, message.Answers, room);
        var answersFit = answers == message.Answers.Count;
        var authorities = answersFit ? WriteRecords(writer, message.Authorities, room) : 0;
        var fits = answersFit && authorities == message.Authorities.Count;
        var additionals = fits ? WriteRecords(writer, message.Additionals, room) : 0;
        WriteOpt(writer, message);

        writer.PatchUInt16(FlagsAt, Flags(message, message.IsTruncated || !fits));
        writer.PatchUInt16(CountsAt, (ushort)message.Questions.Count);
        writer.PatchUInt16(CountsAt + 2, (ushort)answers);
        writer.PatchUInt16(CountsAt + 4, (ushort)authorities);
        writer.PatchUInt16(CountsAt + 6, (ushort)(additionals + (message.Edns is null ? 0 : 1)));
        return writer.ToArray();
    }

    private static int WriteRecords(WireWriter writer, IReadOnlyList<DnsResourceRecord> records, int room)
    {
        for (var written = 0; written < records.Count; written++)
        {
            var start = writer.Position;
            var record = records[written];
            writer.WriteCompressedName(record.Name.Wire);
            writer.WriteUInt16((ushort)record.Type);
            writer.WriteUInt16((ushort)record.Class);
            writer.WriteUInt32(record.Ttl);
            var lengthAt = writer.Position;
            writer.WriteUInt16(0);
            RdataWire.Write(writer, record.Type, record.Data.Bytes.Span);
            writer.PatchUInt16(lengthAt, (ushort)(writer.Position - lengthAt - 2));
            if (writer.Position > room)
            {
                writer.Rewind(start);
                return written;
            }
        }

        return records.Count;
    }

    private static int OptLength(DnsEdns? edns) =>
        edns is null ? 0 : BareOptLength + edns.Options.Sum(static option => 4 + option.Data.Length);

    private static void WriteOpt(WireWriter writer, DnsMessage message)
    {
        if (message.Edns is not { } edns)
        {
            return;
        }

        writer.WriteByte(0);
        writer.WriteUInt16((ushort)DnsRecordType.OPT);
        writer.WriteUInt16(edns.UdpPayloadSize);
        writer.WriteUInt32(((uint)message.ResponseCode >> 4 << 24) | ((uint)edns.Version << 16) | (edns.DnssecOk ? DnsHeaderBits.DnssecOk : 0));
        writer.WriteUInt16((ushort)(OptLength(edns) - BareOptLength));
        foreach (var option in edns.Options)
        {
            writer.WriteUInt16(option.Code);
            writer.WriteUInt16((ushort)option.Data.Length);
            writer.WriteBytes(option.Data.Span);
        }
    }

    private static ushort Flags(DnsMessage message, bool truncated)
    {
        var flags = ((int)message.Opcode & DnsHeaderBits.FourBits) << DnsHeaderBits.OpcodeShift;
        flags |= message.IsResponse ? DnsHeaderBits.Response : 0;
        flags |= message.IsAuthoritative ? DnsHeaderBits.Authoritative : 0;
        flags |= truncated ? DnsHeaderBits.Truncated : 0;
        flags |= message.RecursionDesired ? DnsHeaderBits.RecursionDesired : 0;
        flags |= message.RecursionAvailable ? DnsHeaderBits.RecursionAvailable : 0;
        flags |= message.AuthenticData ? DnsHeaderBits.AuthenticData : 0;
        flags |= message.CheckingDisabled ? DnsHeaderBits.CheckingDisabled : 0;
        flags |= (int)message.ResponseCode & DnsHeaderBits.FourBits;
        return (ushort)flags;
    }
}
