using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace HostingOps.Engine.Watch.Witnesses.Agents;

/// <summary>
/// HMAC-SHA256 (RFC 2104) over what must not be changed on the way. A question's covers method, path, time, nonce and body; an
/// answer's covers the question's nonce, the status and the body, and begins otherwise, so that neither can stand for the other.
/// </summary>
internal static class WitnessSignature
{
    public const string Path = "/v1/look";
    public const string TimeHeader = "HostingOps-Time";
    public const string NonceHeader = "HostingOps-Nonce";
    public const string SignatureHeader = "HostingOps-Signature";

    /// <summary>How far two machines' clocks may be apart.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromSeconds(60);

    private const int NonceBytes = 16;
    private const string Method = "POST";

    public static string NewNonce() => Hex(RandomNumberGenerator.GetBytes(NonceBytes));

    public static bool IsNonce(string? text) => text is { Length: NonceBytes * 2 } && text.All(char.IsAsciiHexDigitLower);

    public static string TimeText(DateTimeOffset time) => time.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);

    public static DateTimeOffset? ReadTime(string? text) =>
        text is { Length: <= 15 } && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) && milliseconds < MostMilliseconds
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : null;

    public static string OfQuestion(WitnessKey key, string time, string nonce, ReadOnlySpan<byte> body) =>
        Sign(key, $"hostingops-witness-1 question\n{Method}\n{Path}\n{time}\n{nonce}\n", body);

    public static string OfAnswer(WitnessKey key, string nonce, int status, ReadOnlySpan<byte> body) =>
        Sign(key, string.Create(CultureInfo.InvariantCulture, $"hostingops-witness-1 answer\n{nonce}\n{status}\n"), body);

    /// <summary>Compares in a time that tells nothing of where they differ.</summary>
    public static bool AreEqual(string expected, string? given) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(given ?? ""));

    private const long MostMilliseconds = 253_402_300_799_999;

    private static string Sign(WitnessKey key, string head, ReadOnlySpan<byte> body) =>
        Hex(HMACSHA256.HashData(key.Secret, Encoding.UTF8.GetBytes(head + Hex(SHA256.HashData(body)))));

    private static string Hex(byte[] bytes) => Convert.ToHexString(bytes).ToLowerInvariant();
}
