namespace HostingOps.Engine.Dns.Wire;

/// <summary>Bytes to message.</summary>
internal static class DnsMessageDecoder
{
    /// <summary>Reads a message.</summary>
    /// <param name="bytes">The message.</param>
    /// <param name="mayBeCutShort">
    /// Whether one that says it is truncated may end anywhere behind its question, as some servers and middleboxes cut it.
    /// </param>
    public static DnsMessage Decode(ReadOnlySpan<byte> bytes, bool mayBeCutShort = false)
    {
        var reader = new WireReader(bytes);
        var id = reader.ReadUInt16();
        var flags = reader.ReadUInt16();
        var questionCount = reader.ReadUInt16();
        var answerCount = reader.ReadUInt16();
        var authorityCount = reader.ReadUInt16();
        var additionalCount = reader.ReadUInt16();

        var questions = new List<DnsQuestion>();
        for (var count = 0; count < questionCount; count++)
        {
            questions.Add(new DnsQuestion(reader.ReadName(), (DnsRecordType)reader.ReadUInt16(), (DnsClass)reader.ReadUInt16()));
        }

        var opt = default(Opt);
        List<DnsResourceRecord> answers = [], authorities = [], additionals = [];
        try
        {
            answers = ReadRecords(ref reader, answerCount, mayHoldOpt: false, ref opt);
            authorities = ReadRecords(ref reader, authorityCount, mayHoldOpt: false, ref opt);
            additionals = ReadRecords(ref reader, additionalCount, mayHoldOpt: true, ref opt);
            if (!reader.AtEnd)
            {
                throw new DnsFormatException($"The message has {bytes.Length - reader.Position} bytes behind its last record.");
            }
        }
        catch (DnsFormatException) when (mayBeCutShort && (flags & DnsHeaderBits.Truncated) != 0)
        {
            // The whole of it comes over TCP; what could be read of this does not matter.
        }

        return new DnsMessage
        {
            Id = id,
            IsResponse = (flags & DnsHeaderBits.Response) != 0,
            Opcode = (DnsOpcode)((flags >> DnsHeaderBits.OpcodeShift) & DnsHeaderBits.FourBits),
            IsAuthoritative = (flags & DnsHeaderBits.Authoritative) != 0,
            IsTruncated = (flags & DnsHeaderBits.Truncated) != 0,
            RecursionDesired = (flags & DnsHeaderBits.RecursionDesired) != 0,
            RecursionAvailable = (flags & DnsHeaderBits.RecursionAvailable) != 0,
            AuthenticData = (flags & DnsHeaderBits.AuthenticData) != 0,
            CheckingDisabled = (flags & DnsHeaderBits.CheckingDisabled) != 0,
            ResponseCode = (DnsResponseCode)((opt.ExtendedCode << 4) | (flags & DnsHeaderBits.FourBits)),
            Questions = questions,
            Answers = answers,
            Authorities = authorities,
            Additionals = additionals,
            Edns = opt.Edns,
        };
    }

    private static List<DnsResourceRecord> ReadRecords(ref WireReader reader, int count, bool mayHoldOpt, ref Opt opt)
    {
        var records = new List<DnsResourceRecord>();
        for (var read = 0; read < count; read++)
        {
            var name = reader.ReadName();
            var type = (DnsRecordType)reader.ReadUInt16();
            var recordClass = reader.ReadUInt16();
            var ttl = reader.ReadUInt32();
            var length = reader.ReadUInt16();
            if (type == DnsRecordType.OPT)
            {
                // RFC 6891 §6.1.1: one, of the root, in the additional section.
                if (!mayHoldOpt || opt.Edns is not null || !name.IsRoot)
                {
                    throw new DnsFormatException("There is an OPT record too many, in the wrong section, or with an owner.");
                }

                opt = ReadOpt(recordClass, ttl, reader.ReadBytes(length));
                continue;
            }

            var data = new DnsRecordData(type, RdataWire.Read(ref reader, type, length));

            // RFC 2181 §8: a TTL with its top bit set counts as zero.
            records.Add(new DnsResourceRecord(name, ttl > int.MaxValue ? 0 : ttl, data, (DnsClass)recordClass));
        }

        return records;
    }

    private static Opt ReadOpt(ushort payloadSize, uint ttl, ReadOnlySpan<byte> data)
    {
        var reader = new WireReader(data);
        var options = new List<DnsEdnsOption>();
        while (!reader.AtEnd)
        {
            var code = reader.ReadUInt16();
            options.Add(new DnsEdnsOption(code, reader.ReadBytes(reader.ReadUInt16()).ToArray()));
        }

        var edns = new DnsEdns
        {
            UdpPayloadSize = payloadSize,
            Version = (byte)(ttl >> 16),
            DnssecOk = (ttl & DnsHeaderBits.DnssecOk) != 0,
            Options = options,
        };
        return new Opt(edns, (byte)(ttl >> 24));
    }

    private readonly record struct Opt(DnsEdns? Edns, byte ExtendedCode);
}
