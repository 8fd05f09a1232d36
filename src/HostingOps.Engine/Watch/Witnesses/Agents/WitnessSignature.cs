using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace HostingOps.Engine.Watch.Witnesses.Agents;

/// <summary>
/// HMAC-SHA256 (RFC 2104) over what must not be changed on the way. A question's covers method, path, the witness asked, time,
/// nonce and body, so that nobody can pass it on to another witness; an answer's covers the question's nonce, the status, the
/// machine that answers and the body, and begins otherwise, so that neither can stand for the other.
/// </summary>
internal static class WitnessSignature
{
    public const string Path = "/v1/look";
    public const string WitnessHeader = "HostingOps-Witness";
    public const string MachineHeader = "HostingOps-Machine";
    public const string TimeHeader = "HostingOps-Time";
    public const string NonceHeader = "HostingOps-Nonce";
    public const string SignatureHeader = "HostingOps-Signature";

    /// <summary>How far two machines' clocks may be apart.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromSeconds(60);

    private const int NonceBytes = 16;
    private const string Method = "POST";

    public static string NewNonce() => Hex(RandomNumberGenerator.GetBytes(NonceBytes));

    public static bool IsNonce(string? text) => text is { Length: NonceBytes * 2 } && text.All(char.IsAsciiHexDigitLower);

    /// <summary>Whether it has a signature's form, or that of a machine's mark.</summary>
    public static bool IsHash(string? text) => text is { Length: SHA256.HashSizeInBytes * 2 } && text.All(char.IsAsciiHexDigitLower);

    /// <summary>A witness's name as a header can hold it.</summary>
    public static string WitnessText(string name) => Uri.EscapeDataString(name);

    public static string TimeText(DateTimeOffset time) => time.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);

    public static DateTimeOffset? ReadTime(string? text) =>
        text is { Length: <= 15 } && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) && milliseconds < MostMilliseconds
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : null;

    public static string OfQuestion(WitnessKey key, string witness, string time, string nonce, ReadOnlySpan<byte> body) =>
        Sign(key, $"hostingops-witness-1 question\n{Method}\n{Path}\n{witness}\n{time}\n{nonce}\n", body);

    public static string OfAnswer(WitnessKey key, string nonce, int status, string machine, ReadOnlySpan<byte> body) =>
        Sign(key, string.Create(CultureInfo.InvariantCulture, $"hostingops-witness-1 answer\n{nonce}\n{status}\n{machine}\n"), body);

    /// <summary>Compares in a time that tells nothing of where they differ.</summary>
    public static bool AreEqual(string expected, string? given) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(given ?? ""));

    private const long MostMilliseconds = 253_402_300_799_999;

    private static string Sign(WitnessKey key, string head, ReadOnlySpan<byte> body) =>
        Hex(HMACSHA256.HashData(key.Secret, Encoding.UTF8.GetBytes(head + Hex(SHA256.HashData(body)))));

    private static string Hex(byte[] bytes) => Convert.ToHexString(bytes).ToLowerInvariant();
}
