using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace HostingOps.Sandbox.Apex;

/// <summary>The text in user data, with what cloud-init would unpack: gzip as a whole, and base64 (also of gzip) in write_files.</summary>
internal static partial class UserDataText
{
    private const int LargestText = 16 * 1024 * 1024;

    /// <summary>All of it as one text, for looking things up in.</summary>
    public static string Of(ReadOnlyMemory<byte> userData) => string.Join('\n', Parts(userData));

    /// <summary>The user data itself, then whatever is packed in it.</summary>
    public static IEnumerable<string> Parts(ReadOnlyMemory<byte> userData)
    {
        var text = Unpacked(userData.ToArray());
        yield return text;
        foreach (Match match in Base64().Matches(text))
        {
            var bytes = new byte[match.Length];
            if (Convert.TryFromBase64String(match.Value, bytes, out var length))
            {
                yield return Unpacked(bytes[..length]);
            }
        }
    }

    private static string Unpacked(byte[] bytes)
    {
        if (bytes is not [0x1f, 0x8b, ..])
        {
            return Encoding.UTF8.GetString(bytes);
        }

        try
        {
            using var unpacking = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
            var text = new byte[LargestText];
            return Encoding.UTF8.GetString(text, 0, unpacking.ReadAtLeast(text, LargestText, throwOnEndOfStream: false));
        }
        catch (InvalidDataException)
        {
            return "";
        }
    }

    [GeneratedRegex(@"[A-Za-z0-9+/]{40,}={0,2}", RegexOptions.CultureInvariant)]
    private static partial Regex Base64();
}
