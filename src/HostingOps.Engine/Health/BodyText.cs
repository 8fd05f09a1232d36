using System.Text;

namespace HostingOps.Engine.Health;

/// <summary>Looks for text in the beginning of a body without keeping or decoding more than is needed.</summary>
internal static class BodyText
{
    /// <summary>How much of a body is read at most.</summary>
    public const int MaxBytes = 256 * 1024;

    /// <summary>The text's bytes in the answer's own charset, UTF-8 when that is not named or not known.</summary>
    public static byte[] Encode(string text, string? charset)
    {
        var encoding = string.IsNullOrWhiteSpace(charset) ? null : Find(charset.Trim().Trim('"', '\''));
        return (encoding ?? Encoding.UTF8).GetBytes(text);
    }

    // The runtime alone knows Unicode and Latin-1; windows-1251, Shift_JIS and the like are pages that visitors can read.
    private static Encoding? Find(string charset)
    {
        if (CodePagesEncodingProvider.Instance.GetEncoding(charset) is { } page)
        {
            return page;
        }

        try
        {
            return Encoding.GetEncoding(charset);
        }
        catch (ArgumentException)
        {
            // A charset nobody knows: UTF-8 is what most of such pages really are.
            return null;
        }
    }

    /// <summary>Whether the bytes occur within the stream's first <see cref="MaxBytes"/> bytes. Stops reading once they do.</summary>
    /// <returns>Whether they were found, and how many bytes were read.</returns>
    public static async ValueTask<(bool Found, int BytesRead)> FindAsync(Stream body, ReadOnlyMemory<byte> sought, CancellationToken cancellationToken)
    {
        if (sought.IsEmpty)
        {
            return (true, 0);
        }

        // Grows with the body, since most pages are far smaller than the bound.
        var buffer = new byte[Math.Min(MaxBytes, 16 * 1024)];
        var filled = 0;
        while (filled < MaxBytes)
        {
            if (filled == buffer.Length)
            {
                Array.Resize(ref buffer, Math.Min(MaxBytes, buffer.Length * 2));
            }

            var read = await body.ReadAsync(buffer.AsMemory(filled), cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                break;
            }

            // The text may begin in what was read before.
            var from = Math.Max(0, filled - sought.Length + 1);
            filled += read;
            if (buffer.AsSpan(from, filled - from).IndexOf(sought.Span) >= 0)
            {
                return (true, filled);
            }
        }

        return (false, filled);
    }
}
