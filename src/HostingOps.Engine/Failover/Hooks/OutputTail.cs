using System.Text;

namespace HostingOps.Engine.Failover.Hooks;

/// <summary>Keeps the end of a program's output, however much there is. Safe for use from several threads.</summary>
/// <param name="mask">Blots out secrets.</param>
internal sealed class OutputTail(SecretMask mask)
{
    /// <summary>Bytes of UTF-8 that are kept.</summary>
    public const int Limit = 64 * 1024;

    private readonly object gate = new();

    // Holds a secret's length more than is given out: a secret that the kept part begins within must still be recognised.
    private readonly char[] ring = new char[Limit + mask.Longest];
    private long written;

    /// <summary>Adds to the end.</summary>
    public void Append(ReadOnlySpan<char> text)
    {
        lock (gate)
        {
            if (text.Length > ring.Length)
            {
                written += text.Length - ring.Length;
                text = text[^ring.Length..];
            }

            var at = (int)(written % ring.Length);
            var first = Math.Min(text.Length, ring.Length - at);
            text[..first].CopyTo(ring.AsSpan(at));
            text[first..].CopyTo(ring);
            written += text.Length;
        }
    }

    /// <summary>The kept end with secrets masked, and how many characters before it were dropped.</summary>
    public (string Text, long Omitted) Take()
    {
        lock (gate)
        {
            var wrapped = written > ring.Length;
            var at = (int)(written % ring.Length);
            var raw = wrapped ? new string(ring, at, ring.Length - at) + new string(ring, 0, at) : new string(ring, 0, (int)written);
            var dropped = wrapped ? mask.Longest : 0;
            var text = mask.Hide(raw, dropped);
            var excess = Excess(text);
            return (text[excess..], (wrapped ? written - ring.Length : 0) + dropped + excess);
        }
    }

    // How many characters must go from the beginning so that the rest fits, without cutting one in half.
    private static int Excess(string text)
    {
        var bytes = Encoding.UTF8.GetByteCount(text);
        var excess = 0;
        while (bytes > Limit || (excess < text.Length && char.IsLowSurrogate(text[excess])))
        {
            Rune.DecodeFromUtf16(text.AsSpan(excess), out var rune, out var length);
            bytes -= rune.Utf8SequenceLength;
            excess += length;
        }

        return excess;
    }
}
