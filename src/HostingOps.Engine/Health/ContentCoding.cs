using System.IO.Compression;

namespace HostingOps.Engine.Health;

/// <summary>Undoes the content codings that some servers use though plain text was asked for (RFC 9110 §8.4.1).</summary>
internal static class ContentCoding
{
    // No server has a reason for more, and each costs a decoder.
    private const int MostCodings = 2;

    /// <summary>The body as it was before it was coded, or null when a coding is not known.</summary>
    /// <param name="body">The body as sent; closed with the result.</param>
    /// <param name="codings">Content-Encoding, in the order in which the codings were applied.</param>
    public static Stream? Undo(Stream body, IEnumerable<string> codings)
    {
        var applied = codings.Where(static coding => !coding.Equals("identity", StringComparison.OrdinalIgnoreCase)).ToList();
        if (applied.Count > MostCodings)
        {
            return null;
        }

        Stream? plain = body;
        for (var i = applied.Count - 1; i >= 0 && plain is not null; i--)
        {
            plain = applied[i].ToUpperInvariant() switch
            {
                "GZIP" or "X-GZIP" => new GZipStream(plain, CompressionMode.Decompress),
                "DEFLATE" => new ZLibStream(plain, CompressionMode.Decompress),
                "BR" => new BrotliStream(plain, CompressionMode.Decompress),
                _ => null,
            };
        }

        return plain;
    }

    /// <summary>Whether a decoder throws this for bytes that are not of its coding.</summary>
    public static bool IsDecoderFailure(Exception exception) => exception is InvalidDataException or InvalidOperationException;
}
