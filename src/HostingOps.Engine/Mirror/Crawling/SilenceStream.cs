using HostingOps.Engine.Mirror.Parsing;

namespace HostingOps.Engine.Mirror.Crawling;

/// <summary>A body that fails when nothing of it comes for a time. Read by one at a time.</summary>
internal sealed class SilenceStream(Stream inner, TimeSpan longest, TimeProvider clock, CancellationToken cancellationToken) : ForwardStream
{
    private readonly CancellationTokenSource silence = new(Timeout.InfiniteTimeSpan, clock);

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => ReadAsync(buffer.AsMemory(offset, count), CancellationToken.None).AsTask().GetAwaiter().GetResult();

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellation = default)
    {
        silence.CancelAfter(longest);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, cancellationToken, cancellation);
        try
        {
            return await inner.ReadAsync(buffer, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (silence.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new IOException(FormattableString.Invariant($"nothing of the body came for {longest.TotalSeconds:0.#} s"));
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            silence.Dispose();
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
