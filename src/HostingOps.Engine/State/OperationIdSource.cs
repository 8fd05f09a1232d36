using System.Security.Cryptography;

namespace HostingOps.Engine.State;

/// <summary>
/// Makes operation ids: 26 characters of Crockford's base 32 that sort by time, 48 bits of Unix milliseconds and
/// 80 random bits (the layout of a ULID). Ids of one source always grow, also within a millisecond and when the clock steps back.
/// </summary>
internal sealed class OperationIdSource(TimeProvider time, Action<byte[]>? fillRandom = null)
{
    private const string Digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Length = 26;

    private readonly Action<byte[]> fillRandom = fillRandom ?? (static bytes => RandomNumberGenerator.Fill(bytes));
    private readonly object gate = new();
    private UInt128 last;

    /// <summary>The next id.</summary>
    public string Next()
    {
        lock (gate)
        {
            var random = new byte[10];
            fillRandom(random);
            var value = (UInt128)(ulong)time.GetUtcNow().ToUnixTimeMilliseconds() << 80;
            for (var index = 0; index < random.Length; index++)
            {
                value |= (UInt128)random[index] << (8 * (random.Length - 1 - index));
            }

            last = value > last ? value : last + 1;
            return Encode(last);
        }
    }

    private static string Encode(UInt128 value) => string.Create(Length, value, static (text, rest) =>
    {
        for (var index = text.Length - 1; index >= 0; index--)
        {
            text[index] = Digits[(int)(rest & 31)];
            rest >>= 5;
        }
    });
}
