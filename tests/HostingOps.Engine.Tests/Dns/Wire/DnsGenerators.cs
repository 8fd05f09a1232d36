using FsCheck;
using FsCheck.Fluent;
using HostingOps.Engine.Dns.Wire;

namespace HostingOps.Engine.Tests.Dns.Wire;

/// <summary>Random names, record data and messages.</summary>
internal static class DnsGenerators
{
    private static readonly DnsRecordType[] StructuredTypes =
    [
        DnsRecordType.A, DnsRecordType.AAAA, DnsRecordType.CNAME, DnsRecordType.NS, DnsRecordType.PTR, DnsRecordType.SOA,
        DnsRecordType.MX, DnsRecordType.TXT, DnsRecordType.SPF, DnsRecordType.SRV, DnsRecordType.CAA, DnsRecordType.DS,
        DnsRecordType.SSHFP, DnsRecordType.TLSA, DnsRecordType.NAPTR, DnsRecordType.HINFO,
    ];

    public static Gen<byte> Byte { get; } = Gen.Choose(0, 255).Select(static value => (byte)value);

    public static Gen<byte[]> Label { get; } = Gen.Frequency(
        (4, Gen.Elements("www"u8.ToArray(), "example"u8.ToArray(), "Com"u8.ToArray(), "net"u8.ToArray(), "*"u8.ToArray(), "a.b"u8.ToArray())),
        (2, Bytes(1, 12)),
        (1, Bytes(1, 63)));

    public static Gen<DnsName> Name { get; } =
        from count in Gen.Choose(0, 5)
        from labels in Label.ArrayOf(count)
        select DnsName.FromLabels(Fitting(labels));

    public static Gen<DnsRecordData> StructuredData { get; } =
        from type in Gen.Elements(StructuredTypes)
        from first in Name
        from second in Name
        from strings in Bytes(0, 255).ArrayOf(3)
        from numbers in Bytes(20, 20)
        from tag in Gen.Elements("issue", "issuewild", "iodef", "x1")
        select Build(type, first, second, strings, numbers, tag);

    public static Gen<DnsRecordData> UnknownData { get; } =
        from type in Gen.Choose(60000, 65000)
        from bytes in Bytes(0, 40)
        select DnsRecordData.FromBytes((DnsRecordType)type, bytes);

    public static Gen<DnsRecordData> Data { get; } = Gen.Frequency((6, StructuredData), (1, UnknownData));

    public static Gen<DnsResourceRecord> Record { get; } =
        from name in Name
        from ttl in Gen.Choose(0, int.MaxValue)
        from data in Data
        select new DnsResourceRecord(name, (uint)ttl, data);

    public static Gen<DnsMessage> Message { get; } =
        from id in Gen.Choose(0, ushort.MaxValue)
        from flags in Gen.Choose(0, 127)
        from opcode in Gen.Choose(0, 15)
        from code in Gen.Choose(0, 15)
        from name in Name
        from type in Gen.Elements(StructuredTypes)
        from answers in Records(6)
        from authorities in Records(3)
        from additionals in Records(3)
        from option in Bytes(0, 20)
        select new DnsMessage
        {
            Id = (ushort)id,
            IsResponse = (flags & 1) != 0,
            IsAuthoritative = (flags & 2) != 0,
            RecursionDesired = (flags & 4) != 0,
            RecursionAvailable = (flags & 8) != 0,
            AuthenticData = (flags & 16) != 0,
            CheckingDisabled = (flags & 32) != 0,
            Opcode = (DnsOpcode)opcode,
            ResponseCode = (DnsResponseCode)((flags & 64) != 0 ? code + 16 : code),
            Questions = [new DnsQuestion(name, type)],
            Answers = answers,
            Authorities = authorities,
            Additionals = additionals,
            Edns = (flags & 64) != 0 ? new DnsEdns { UdpPayloadSize = (ushort)id, Options = [new DnsEdnsOption(10, option)] } : null,
        };

    public static Gen<byte[]> Bytes(int minimum, int maximum) =>
        from length in Gen.Choose(minimum, maximum)
        from bytes in Byte.ArrayOf(length)
        select bytes;

    private static Gen<DnsResourceRecord[]> Records(int maximum) =>
        from count in Gen.Choose(0, maximum)
        from records in Record.ArrayOf(count)
        select records;

    private static byte[][] Fitting(byte[][] labels)
    {
        var room = DnsName.MaximumLength - 1;
        return labels.TakeWhile(label => (room -= label.Length + 1) >= 0).ToArray();
    }

    private static DnsRecordData Build(DnsRecordType type, DnsName first, DnsName second, byte[][] strings, byte[] numbers, string tag)
    {
        byte[] text = [.. strings.SelectMany(static value => value.Prepend((byte)value.Length))];
        byte[] one = [(byte)strings[0].Length, .. strings[0]];
        byte[] two = [(byte)strings[1].Length, .. strings[1]];
        byte[] bytes = type switch
        {
            DnsRecordType.A => numbers[..4],
            DnsRecordType.AAAA => numbers[..16],
            DnsRecordType.SOA => [.. first.Wire, .. second.Wire, .. numbers],
            DnsRecordType.MX => [.. numbers[..2], .. first.Wire],
            DnsRecordType.TXT or DnsRecordType.SPF => text,
            DnsRecordType.SRV => [.. numbers[..6], .. first.Wire],
            DnsRecordType.CAA => [numbers[0], (byte)tag.Length, .. tag.Select(static letter => (byte)letter), .. strings[2]],
            DnsRecordType.DS => [.. numbers[..4], .. strings[2]],
            DnsRecordType.SSHFP => [.. numbers[..2], .. strings[2]],
            DnsRecordType.TLSA => [.. numbers[..3], .. strings[2]],
            DnsRecordType.NAPTR => [.. numbers[..4], .. text, .. first.Wire],
            DnsRecordType.HINFO => [.. one, .. two],
            _ => first.Wire.ToArray(),
        };
        return DnsRecordData.FromBytes(type, bytes);
    }
}
