namespace HostingOps.Engine.Mirror;

/// <summary>A generation in the making, as the crawler sees it. Safe for several threads; one call at a time for one URL.</summary>
internal interface IMirrorRun : IAsyncDisposable
{
    /// <summary>When the run began (UTC); a resumed run keeps it.</summary>
    DateTimeOffset StartedAt { get; }

    /// <summary>What the current generation holds for a URL, or null: for conditional requests.</summary>
    MirrorEntry? Previous(string url);

    /// <summary>What this run held for a URL already when it was cut off, or null. It is not asked for again.</summary>
    MirrorEntry? Resumed(string url);

    /// <summary>Takes over the current generation's file unchanged, by a hard link where the file system has them.</summary>
    /// <param name="entry">The previous entry with this run's depth, origin and time.</param>
    /// <param name="cancellationToken">Ends it.</param>
    Task<MirrorEntry> KeepAsync(MirrorEntry entry, CancellationToken cancellationToken);

    /// <summary>Stores a body. A body that is stored already, here or in the current generation, is linked to.</summary>
    /// <param name="entry">Without File, FileHash and Length, which are added.</param>
    /// <param name="body">What is to be served, read to its end.</param>
    /// <param name="cancellationToken">Ends it; nothing is left of the URL.</param>
    Task<MirrorEntry> StoreAsync(MirrorEntry entry, Stream body, CancellationToken cancellationToken);

    /// <summary>Notes what has no body: a redirect, something missing, failed or skipped.</summary>
    Task NoteAsync(MirrorEntry entry, CancellationToken cancellationToken);

    /// <summary>Checks the generation, guards against a shrunken one, and makes it current by one rename.</summary>
    /// <param name="ended">Why the crawl ended before it had everything (time, bytes, pages, too many failures), or null.</param>
    /// <param name="cancellationToken">Ends it; the current generation stays what it was and the run can be resumed.</param>
    Task<MirrorCompletion> CompleteAsync(string? ended, CancellationToken cancellationToken);
}
