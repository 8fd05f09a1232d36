using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace HostingOps.Engine.Watch.Checking;

/// <summary>Reads an answer's head and nothing else. What it can't read is no answer; the full probe then finds out what it is.</summary>
internal static class HeadAnswerReader
{
    private const int MaxBytes = 16 * 1024;

    /// <summary>Reads up to the empty line (RFC 9112 §2.1).</summary>
    /// <returns>The answer, or null when it ends early, is too long, is not HTTP/1, or is an interim one.</returns>
    public static async ValueTask<HeadAnswer?> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(MaxBytes);
        try
        {
            var filled = 0;
            while (filled < MaxBytes)
            {
                var read = await stream.ReadAsync(buffer.AsMemory(filled, MaxBytes - filled), cancellationToken).ConfigureAwait(false);
                if (read == 0)
                {
                    return null;
                }

                // The empty line may begin in what was read before.
                var from = Math.Max(0, filled - 3);
                filled += read;
                var end = buffer.AsSpan(from, filled - from).IndexOf("\r\n\r\n"u8);
                if (end >= 0)
                {
                    return Parse(buffer.AsSpan(0, from + end + 2), isWhole: from + end + 4 == filled);
                }
            }

            return null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Reads a head whose lines all end in CR LF.</summary>
    /// <param name="head">The head without its empty line.</param>
    /// <param name="isWhole">Whether nothing came after it.</param>
    internal static HeadAnswer? Parse(ReadOnlySpan<byte> head, bool isWhole)
    {
        if (head.Length < 14 || !head.StartsWith("HTTP/1."u8) || head[8] != (byte)' '
            || !Utf8Parser.TryParse(head.Slice(9, 3), out int status, out var digits) || digits != 3 || status is < 200 or > 999
            || head[12] is not ((byte)' ' or (byte)'\r'))
        {
            return null;
        }

        // An answer to HEAD has no body (RFC 9110 §9.3.2); one that comes all the same would be read as the next answer.
        return new HeadAnswer(status, IsReusable: isWhole && head[7] == (byte)'1' && !Closes(head));
    }

    private static bool Closes(ReadOnlySpan<byte> head)
    {
        while (head.IndexOf("\r\n"u8) is >= 0 and var end)
        {
            var line = head[..end];
            head = head[(end + 2)..];
            if (line.IndexOf((byte)':') is 10 && Ascii.EqualsIgnoreCase(line[..10], "connection"u8) && Names(line[11..], "close"u8))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Names(ReadOnlySpan<byte> list, ReadOnlySpan<byte> option)
    {
        while (true)
        {
            var comma = list.IndexOf((byte)',');
            var item = comma < 0 ? list : list[..comma];
            if (Ascii.EqualsIgnoreCase(item[Ascii.Trim(item)], option))
            {
                return true;
            }

            if (comma < 0)
            {
                return false;
            }

            list = list[(comma + 1)..];
        }
    }
}
