using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace HostingOps.Engine.State;

/// <summary>
/// SHA-256 over a list of column values. Every value goes in with its kind and length, so that no two lists
/// share an encoding: moving a character from one column to the next changes the hash.
/// </summary>
internal sealed class Fingerprint : IDisposable
{
    private const byte NullKind = 0;
    private const byte TextKind = 1;
    private const byte NumberKind = 2;
    private const byte BytesKind = 3;

    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Adds a text or null.</summary>
    public Fingerprint Add(string? text)
    {
        if (text is null)
        {
            hash.AppendData([NullKind]);
            return this;
        }

        return Add(TextKind, Encoding.UTF8.GetBytes(text));
    }

    /// <summary>Adds a number.</summary>
    public Fingerprint Add(long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        return Add(NumberKind, bytes);
    }

    /// <summary>Adds bytes or null.</summary>
    public Fingerprint Add(byte[]? bytes)
    {
        if (bytes is null)
        {
            hash.AppendData([NullKind]);
            return this;
        }

        return Add(BytesKind, bytes);
    }

    /// <summary>The hash of all that was added; begins anew.</summary>
    public byte[] Take() => hash.GetHashAndReset();

    /// <inheritdoc/>
    public void Dispose() => hash.Dispose();

    private Fingerprint Add(byte kind, ReadOnlySpan<byte> bytes)
    {
        Span<byte> head = stackalloc byte[1 + sizeof(int)];
        head[0] = kind;
        BinaryPrimitives.WriteInt32BigEndian(head[1..], bytes.Length);
        hash.AppendData(head);
        hash.AppendData(bytes);
        return this;
    }
}
