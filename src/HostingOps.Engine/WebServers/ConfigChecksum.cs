using System.Security.Cryptography;
using System.Text;

namespace HostingOps.Engine.WebServers;

/// <summary>The line of a generated configuration that tells a hand edit: SHA-256 of all other lines.</summary>
public static class ConfigChecksum
{
    private const string Prefix = "# checksum: sha256 ";
    private const int HexLength = 64;

    // Nobody's own file has our line further down by accident.
    private const int LinesLookedAt = 5;

    /// <summary>Puts the checksum line under the first line of a text.</summary>
    internal static (string Text, string Checksum) Seal(string text)
    {
        var firstLine = text.IndexOf('\n', StringComparison.Ordinal) + 1;
        var checksum = Of(text);
        return (text[..firstLine] + Prefix + checksum + "\n" + text[firstLine..], checksum);
    }

    /// <summary>Whether a configuration is as it was generated.</summary>
    /// <param name="text">The whole file.</param>
    public static ConfigOrigin Judge(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Read(text) is not { } found ? ConfigOrigin.Foreign
            : Of(text.Remove(found.At, Prefix.Length + HexLength + 1)) == found.Checksum ? ConfigOrigin.Generated
            : ConfigOrigin.Edited;
    }

    /// <summary>The checksum that a configuration states, or null when it states none.</summary>
    public static string? Stated(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Read(text)?.Checksum;
    }

    private static (int At, string Checksum)? Read(string text)
    {
        var at = 0;
        for (var line = 0; line < LinesLookedAt && at < text.Length; line++)
        {
            var end = text.IndexOf('\n', at);
            if (end < 0)
            {
                return null;
            }

            if (end - at == Prefix.Length + HexLength && string.CompareOrdinal(text, at, Prefix, 0, Prefix.Length) == 0)
            {
                return (at, text[(at + Prefix.Length)..end]);
            }

            at = end + 1;
        }

        return null;
    }

    private static string Of(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text))).ToLowerInvariant();
}
