namespace HostingOps.Engine.Mirror.Crawling;

/// <summary>A run that keeps nothing: for looking at what a crawl would begin with.</summary>
internal sealed class ReadOnlyRun(DateTimeOffset now) : IMirrorRun
{
    /// <inheritdoc/>
    public DateTimeOffset StartedAt => now;

    /// <inheritdoc/>
    public MirrorEntry? Previous(string url) => null;

    /// <inheritdoc/>
    public MirrorEntry? Resumed(string url) => null;

    /// <inheritdoc/>
    public Task<MirrorEntry> KeepAsync(MirrorEntry entry, CancellationToken cancellationToken) => Task.FromResult(entry);

    /// <inheritdoc/>
    public async Task<MirrorEntry> StoreAsync(MirrorEntry entry, Stream body, CancellationToken cancellationToken)
    {
        await body.CopyToAsync(Stream.Null, cancellationToken).ConfigureAwait(false);
        return entry;
    }

    /// <inheritdoc/>
    public Task NoteAsync(MirrorEntry entry, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task<MirrorCompletion> CompleteAsync(string? ended, CancellationToken cancellationToken) => throw new NotSupportedException("Nothing was kept.");

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
