using System.Buffers.Binary;
using System.Text;

namespace HostingOps.Engine.Apex.Recovery;

/// <summary>A host's public key, taken apart and found to be one (RFC 4253 §6.6, RFC 5656 §3.1, RFC 8709 §4).</summary>
internal sealed record SshHostKey
{
    private const int LongestLine = 8192;

    private SshHostKey(string type, string base64) => (Type, Base64) = (type, base64);

    /// <summary><c>ssh-ed25519</c>, <c>ecdsa-sha2-nistp256</c>, <c>-nistp384</c>, <c>-nistp521</c> or <c>ssh-rsa</c>.</summary>
    public string Type { get; }

    /// <summary>The key, in base64's one form for these bytes.</summary>
    public string Base64 { get; }

    /// <summary>A line <c>type key comment</c>, the comment left out or not; null when it is anything else.</summary>
    public static SshHostKey? Parse(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        if (line.Length > LongestLine || line.Split(' ', 3) is not [var type, var base64, ..])
        {
            return null;
        }

        // .NET reads base64 with blanks in it, too; known_hosts has it in one piece.
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var length)
            && Convert.ToBase64String(bytes, 0, length) == base64
            && IsKey(type, bytes.AsSpan(0, length))
                ? new SshHostKey(type, base64)
                : null;
    }

    private static bool IsKey(string type, ReadOnlySpan<byte> blob) =>
        Take(ref blob, out var name) && name.SequenceEqual(Encoding.ASCII.GetBytes(type)) && type switch
        {
            "ssh-ed25519" => Take(ref blob, out var key) && key.Length == 32 && blob.IsEmpty,
            "ecdsa-sha2-nistp256" => IsPoint(blob, "nistp256", 32),
            "ecdsa-sha2-nistp384" => IsPoint(blob, "nistp384", 48),
            "ecdsa-sha2-nistp521" => IsPoint(blob, "nistp521", 66),
            "ssh-rsa" => Take(ref blob, out var exponent) && IsPositive(exponent, 1, 8)
                && Take(ref blob, out var modulus) && IsPositive(modulus, 128, 2048) && blob.IsEmpty,
            _ => false,
        };

    private static bool IsPoint(ReadOnlySpan<byte> blob, string curve, int size) =>
        Take(ref blob, out var name) && name.SequenceEqual(Encoding.ASCII.GetBytes(curve))
        && Take(ref blob, out var point) && point.Length == 1 + (2 * size) && point[0] == 4 && blob.IsEmpty;

    private static bool IsPositive(ReadOnlySpan<byte> number, int least, int most) =>
        number.Length >= least && number.Length <= most + 1 && number[0] < 0x80 && number.ContainsAnyExcept((byte)0);

    private static bool Take(ref ReadOnlySpan<byte> blob, out ReadOnlySpan<byte> part)
    {
        part = default;
        if (blob.Length < 4 || BinaryPrimitives.ReadUInt32BigEndian(blob) is var length && length > blob.Length - 4)
        {
            return false;
        }

        part = blob.Slice(4, (int)length);
        blob = blob[(4 + (int)length)..];
        return true;
    }
}
