namespace HostingOps.Engine.Mirror.Parsing;

/// <summary>A stream that fails once it has given more than a number of bytes: a small answer can unpack to anything.</summary>
internal sealed class BoundedStream(Stream inner, long most) : ForwardStream
{
    /// <summary>Bytes given so far.</summary>
    public long Given { get; private set; }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Count(inner.Read(buffer, offset, count));

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Count(await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false));

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Count(int read)
    {
        Given += read;
        return Given <= most ? read : throw new InvalidDataException(FormattableString.Invariant($"it is larger than {most} bytes"));
    }
}
