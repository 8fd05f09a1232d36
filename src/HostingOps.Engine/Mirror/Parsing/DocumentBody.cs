namespace HostingOps.Engine.Mirror.Parsing;

/// <summary>A body whose first bytes were read already, to be read from its beginning.</summary>
internal sealed class DocumentBody(byte[] beginning, Stream rest) : ForwardStream
{
    private const int SmallestBuffer = 16 * 1024;
    private int given;

    /// <summary>Reads a body as far as memory may hold it.</summary>
    /// <param name="body">The body.</param>
    /// <param name="most">Bytes at most.</param>
    /// <param name="expected">Bytes that it is said to have, or null.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What was read, and whether that is all.</returns>
    public static async Task<(byte[] Bytes, bool IsWhole)> ReadAsync(Stream body, int most, long? expected, CancellationToken cancellationToken)
    {
        // One byte more than is expected, so that the end shows without growing.
        var buffer = new byte[Math.Clamp((expected ?? 0) + 1, SmallestBuffer, most + 1L)];
        for (var length = 0; ;)
        {
            var read = await body.ReadAsync(buffer.AsMemory(length), cancellationToken).ConfigureAwait(false);
            length += read;
            if (read == 0 || length > most)
            {
                Array.Resize(ref buffer, length);
                return (buffer, length <= most);
            }

            if (length == buffer.Length)
            {
                Array.Resize(ref buffer, (int)Math.Min(buffer.Length * 2L, most + 1L));
            }
        }
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) =>
        given < beginning.Length ? Give(buffer.AsSpan(offset, count)) : rest.Read(buffer, offset, count);

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        given < beginning.Length ? Give(buffer.Span) : await rest.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);

    private int Give(Span<byte> buffer)
    {
        var part = beginning.AsSpan(given, Math.Min(buffer.Length, beginning.Length - given));
        part.CopyTo(buffer);
        given += part.Length;
        return part.Length;
    }
}
