namespace HostingOps.Engine.Dns.Wire;

/// <summary>
/// An absolute domain name: labels of 1 to 63 bytes, 255 bytes in all on the wire (RFC 1035 §2.3.4). Any byte may
/// stand in a label (RFC 2181 §11). Equality ignores the case of ASCII letters (RFC 4343); the case itself is kept.
/// </summary>
public sealed class DnsName : IEquatable<DnsName>
{
    /// <summary>Longest label in bytes.</summary>
    public const int MaximumLabelLength = 63;

    /// <summary>Longest name in bytes on the wire, length bytes and root included.</summary>
    public const int MaximumLength = 255;

    private readonly byte[] wire;

    // Only for bytes that are known to be a valid uncompressed name.
    internal DnsName(byte[] validWire) => wire = validWire;

    /// <summary>The root, <c>.</c>.</summary>
    public static DnsName Root { get; } = new([0]);

    /// <summary>The name uncompressed as on the wire: each label after its length, and a zero.</summary>
    public ReadOnlySpan<byte> Wire => wire;

    /// <summary>Whether this is the root.</summary>
    public bool IsRoot => wire.Length == 1;

    /// <summary>How many labels, the root not counted.</summary>
    public int LabelCount
    {
        get
        {
            var count = 0;
            for (var at = 0; wire[at] != 0; at += wire[at] + 1)
            {
                count++;
            }

            return count;
        }
    }

    /// <summary>The name without its first label, or null for the root.</summary>
    public DnsName? Parent => IsRoot ? null : new DnsName(wire[(wire[0] + 1)..]);

    /// <summary>
    /// Reads presentation form (RFC 1035 §5.1): <c>\.</c> and the like stand for the character itself, <c>\ddd</c> for
    /// a byte in decimal. Every name is taken as absolute; the trailing dot may be left out.
    /// </summary>
    /// <exception cref="DnsFormatException">An empty or too long label or name, a broken escape, or a character beyond ASCII.</exception>
    public static DnsName Parse(string text) =>
        new(DnsNameText.TryRead(text, DnsNameText.Decimal, out var problem)
            ?? throw new DnsFormatException($"'{text}' is no domain name: {problem}"));

    /// <summary>As <see cref="Parse"/>, with false instead of the error.</summary>
    public static bool TryParse(string? text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out DnsName? name)
    {
        var bytes = text is null ? null : DnsNameText.TryRead(text, DnsNameText.Decimal, out _);
        name = bytes is null ? null : new DnsName(bytes);
        return name is not null;
    }

    /// <summary>Makes a name of its labels, the leftmost first.</summary>
    /// <exception cref="DnsFormatException">An empty or too long label, or too long a name.</exception>
    public static DnsName FromLabels(params byte[][] labels)
    {
        if (labels.Any(static label => label.Length is 0 or > MaximumLabelLength))
        {
            throw new DnsFormatException("A label has 1 to 63 bytes.");
        }

        byte[] bytes = [.. labels.SelectMany(static label => label.Prepend((byte)label.Length)), 0];
        return bytes.Length <= MaximumLength
            ? new DnsName(bytes)
            : throw new DnsFormatException("A name has at most 255 bytes.");
    }

    /// <summary>Whether this is the other name or lies under it.</summary>
    public bool IsAtOrBelow(DnsName ancestor)
    {
        var surplus = wire.Length - ancestor.wire.Length;
        var at = 0;
        while (at < surplus)
        {
            at += wire[at] + 1;
        }

        return at == surplus && SameFolded(wire.AsSpan(at), ancestor.wire);
    }

    /// <summary>The wildcard directly under this name, <c>*.name</c>, or null when that would be too long.</summary>
    public DnsName? Wildcard() =>
        wire.Length + 2 <= MaximumLength ? new DnsName([1, (byte)'*', .. wire]) : null;

    /// <summary>The same name with ASCII letters in lower case.</summary>
    public DnsName ToLower()
    {
        var lower = new byte[wire.Length];
        for (var at = 0; at < wire.Length; at++)
        {
            // Length bytes are at most 63, below 'A', so they fold to themselves.
            lower[at] = Fold(wire[at]);
        }

        return new DnsName(lower);
    }

    /// <summary>Presentation form without the trailing dot; <c>.</c> for the root. <see cref="Parse"/> reads it back.</summary>
    public override string ToString() => DnsNameText.Write(wire, DnsNameText.Decimal);

    /// <inheritdoc/>
    public bool Equals(DnsName? other) => other is not null && SameFolded(wire, other.wire);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as DnsName);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var value in wire)
        {
            hash.Add(Fold(value));
        }

        return hash.ToHashCode();
    }

    internal static byte Fold(byte value) => value is >= (byte)'A' and <= (byte)'Z' ? (byte)(value | 0x20) : value;

    private static bool SameFolded(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        if (left.Length != right.Length)
        {
            return false;
        }

        for (var at = 0; at < left.Length; at++)
        {
            if (Fold(left[at]) != Fold(right[at]))
            {
                return false;
            }
        }

        return true;
    }
}
