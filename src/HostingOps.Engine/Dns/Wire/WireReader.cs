using System.Buffers.Binary;

namespace HostingOps.Engine.Dns.Wire;

/// <summary>Reads a message from its bytes. Every read is checked against the end; anything wrong is a <see cref="DnsFormatException"/>.</summary>
internal ref struct WireReader(ReadOnlySpan<byte> message)
{
    private readonly ReadOnlySpan<byte> message = message;

    /// <summary>Where the next read begins.</summary>
    public int Position { get; private set; }

    public readonly bool AtEnd => Position == message.Length;

    public byte ReadByte() => ReadBytes(1)[0];

    public ushort ReadUInt16() => BinaryPrimitives.ReadUInt16BigEndian(ReadBytes(2));

    public uint ReadUInt32() => BinaryPrimitives.ReadUInt32BigEndian(ReadBytes(4));

    public ReadOnlySpan<byte> ReadBytes(int count)
    {
        if (count > message.Length - Position)
        {
            throw new DnsFormatException($"The message ends at byte {message.Length}, in the middle of something that begins at {Position}.");
        }

        var bytes = message.Slice(Position, count);
        Position += count;
        return bytes;
    }

    /// <summary>Reads a name and follows its compression pointers (RFC 1035 §4.1.4).</summary>
    public DnsName ReadName()
    {
        Span<byte> name = stackalloc byte[DnsName.MaximumLength];
        var length = 0;
        var at = Position;
        var floor = Position;
        var jumped = false;
        while (true)
        {
            var head = ByteAt(at);
            if ((head & 0xC0) == 0xC0)
            {
                var target = ((head & 0x3F) << 8) | ByteAt(at + 1);
                Position = jumped ? Position : at + 2;
                jumped = true;

                // "A prior occurrence" of the name: each jump must go further back than any before, so none can loop.
                if (target >= floor)
                {
                    throw new DnsFormatException($"The compression pointer at byte {at} does not point back.");
                }

                at = floor = target;
                continue;
            }

            if (head > DnsName.MaximumLabelLength)
            {
                throw new DnsFormatException($"The label at byte {at} is of an unknown kind.");
            }

            if (length + head + 1 > DnsName.MaximumLength)
            {
                throw new DnsFormatException("A name is longer than 255 bytes.");
            }

            if (at + head >= message.Length)
            {
                throw new DnsFormatException("The message ends within a name.");
            }

            message.Slice(at, head + 1).CopyTo(name[length..]);
            length += head + 1;
            at += head + 1;
            if (head == 0)
            {
                Position = jumped ? Position : at;
                return new DnsName(name[..length].ToArray());
            }
        }
    }

    private readonly byte ByteAt(int index) =>
        index < message.Length ? message[index] : throw new DnsFormatException("The message ends within a name.");
}
