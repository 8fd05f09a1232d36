using System.Buffers.Binary;
using System.Text;

namespace HostingOps.Engine.Dns.Wire;

/// <summary>Writes a message's bytes and remembers the names in it for compression.</summary>
internal sealed class WireWriter
{
    // A compression pointer has 14 bits (RFC 1035 §4.1.4).
    private const int PointerReach = 0x4000;

    // Keyed by the exact bytes, so that a pointer never changes the case of what is decoded.
    private readonly Dictionary<string, int> suffixes = new(StringComparer.Ordinal);
    private byte[] buffer = new byte[512];

    public int Position { get; private set; }

    public void WriteByte(byte value) => Take(1)[0] = value;

    public void WriteUInt16(ushort value) => BinaryPrimitives.WriteUInt16BigEndian(Take(2), value);

    public void WriteUInt32(uint value) => BinaryPrimitives.WriteUInt32BigEndian(Take(4), value);

    public void WriteBytes(ReadOnlySpan<byte> value) => value.CopyTo(Take(value.Length));

    /// <summary>Overwrites two bytes written before.</summary>
    public void PatchUInt16(int at, ushort value) => BinaryPrimitives.WriteUInt16BigEndian(buffer.AsSpan(at, 2), value);

    /// <summary>Writes an uncompressed name, as a pointer from the longest suffix on that stands in the message already.</summary>
    public void WriteCompressedName(ReadOnlySpan<byte> name)
    {
        while (name[0] != 0)
        {
            var suffix = Encoding.Latin1.GetString(name);
            if (suffixes.TryGetValue(suffix, out var earlier))
            {
                WriteUInt16((ushort)(0xC000 | earlier));
                return;
            }

            if (Position < PointerReach)
            {
                suffixes.Add(suffix, Position);
            }

            WriteBytes(name[..(name[0] + 1)]);
            name = name[(name[0] + 1)..];
        }

        WriteByte(0);
    }

    /// <summary>Takes back everything from a position on.</summary>
    public void Rewind(int position)
    {
        foreach (var suffix in suffixes.Where(entry => entry.Value >= position).Select(static entry => entry.Key).ToList())
        {
            suffixes.Remove(suffix);
        }

        Position = position;
    }

    public byte[] ToArray() => buffer.AsSpan(0, Position).ToArray();

    private Span<byte> Take(int count)
    {
        if (Position + count > buffer.Length)
        {
            Array.Resize(ref buffer, Math.Max(buffer.Length * 2, Position + count));
        }

        Position += count;
        return buffer.AsSpan(Position - count, count);
    }
}
