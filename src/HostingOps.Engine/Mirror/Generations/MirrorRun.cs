using System.Security.Cryptography;

namespace HostingOps.Engine.Mirror.Generations;

/// <summary>A run on this machine's disk. Holds the site's lock as long as it lives; what it has is in its folder at once, so that the next run goes on after a crash.</summary>
internal sealed class MirrorRun : IMirrorRun
{
    // Of the files that nobody seems to have touched one in so many is read.
    private const int OneOfRead = 16;

    // Some file systems tell times no finer.
    private static readonly TimeSpan CoarsestTime = TimeSpan.FromSeconds(2);

    private readonly MirrorRunContext context;
    private readonly ContentFolder content;
    private readonly EntryLog journal;
    private readonly FileClaims claims = new();
    private bool isCompleted;

    /// <summary>Opens a run's folder: a new one, or one with what an earlier process left.</summary>
    public MirrorRun(MirrorRunContext context)
    {
        this.context = context;
        content = new ContentFolder(context.Folder);
        journal = EntryLog.OpenJournal(Path.Combine(context.Folder, MirrorFolder.JournalName));
        foreach (var (_, entry) in journal.ReadSorted())
        {
            if (entry.File is { } file && !claims.TryRestore(file, entry.Url))
            {
                // Begun by a HostingOps that named files in another way: it is asked for again.
                journal.Append(entry with { Kind = MirrorEntryKind.Failed, File = null, FileHash = null, Reason = "Its file is another URL's." });
            }
        }
    }

    /// <inheritdoc/>
    public DateTimeOffset StartedAt => context.Start.StartedAt;

    /// <summary>Name of the generation that it makes.</summary>
    public string Id => context.Id;

    /// <summary>Whether it goes on with what an earlier run left.</summary>
    public bool IsResumed => context.IsResumed;

    /// <inheritdoc/>
    public MirrorEntry? Previous(string url) =>
        context.Previous is { IsKeepable: true } previous && previous.Entries?.Find(url) is { } entry
            ? entry.File is null ? entry : Untouched(entry, previous)
            : null;

    /// <inheritdoc/>
    public MirrorEntry? Resumed(string url) =>
        context.IsResumed
        && journal.Find(url) is { Kind: not (MirrorEntryKind.Failed or MirrorEntryKind.Skipped) } entry
        && IsThere(entry, context.Folder)
            ? entry
            : null;

    /// <inheritdoc/>
    public Task<MirrorEntry> KeepAsync(MirrorEntry entry, CancellationToken cancellationToken) => Guarded(() =>
    {
        cancellationToken.ThrowIfCancellationRequested();
        CheckUrl(entry);
        if (entry.File is not { } file || context.Previous is not { } previous)
        {
            throw new InvalidOperationException($"The current generation has no file for '{entry.Url}'.");
        }

        var kept = entry with { File = claims.Claim(entry.Url, entry.ContentType) };
        content.Link(MirrorFolder.ContentFile(previous.Folder, file), kept.File);
        journal.Append(kept);
        return Task.FromResult(kept);
    });

    /// <inheritdoc/>
    public async Task<MirrorEntry> StoreAsync(MirrorEntry entry, Stream body, CancellationToken cancellationToken)
    {
        CheckUrl(entry);
        var (received, hash, length) = await content.ReceiveAsync(body, cancellationToken).ConfigureAwait(false);
        return await Guarded(() =>
        {
            try
            {
                var stored = entry with { File = claims.Claim(entry.Url, entry.ContentType), FileHash = hash, Length = length };
                if (FindBody(hash, length) is { } same)
                {
                    content.Link(same, stored.File);
                }
                else
                {
                    content.Place(received, stored.File);
                }

                stored = stored with { FileTime = ContentFolder.TimeOf(MirrorFolder.ContentFile(context.Folder, stored.File), length) };
                journal.Append(stored);
                return Task.FromResult(stored);
            }
            finally
            {
                File.Delete(received);
            }
        }).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task NoteAsync(MirrorEntry entry, CancellationToken cancellationToken) => Guarded(() =>
    {
        cancellationToken.ThrowIfCancellationRequested();
        CheckUrl(entry);
        journal.Append(entry with { File = null, FileHash = null, Length = 0 });
        return Task.FromResult(entry);
    });

    /// <inheritdoc/>
    public Task<MirrorCompletion> CompleteAsync(string? ended, CancellationToken cancellationToken) => Guarded(async () =>
    {
        var finishedAt = context.Time.GetUtcNow();
        var check = new WholeCheck();
        var (manifestHash, damaged) = WriteManifest(check, cancellationToken);
        var verdict = check.Judge(context.Settings.MaxMissingPercent, ended);
        var reason = damaged > 0 ? FormattableString.Invariant($"{damaged} stored files are damaged or gone.") : verdict.Reason;
        var generation = new MirrorGeneration
        {
            SiteName = context.Site.Name,
            Id = context.Id,
            StartedAt = StartedAt,
            FinishedAt = finishedAt,
            HostName = context.Site.HostName,
            Pages = check.Pages,
            Assets = check.Assets,
            Redirects = check.Redirects,
            Bytes = check.Bytes,
            MissingAssets = verdict.MissingAssets.Count,
            BrokenLinks = verdict.BrokenLinks.Count,
            IsWhole = reason is null,
            Reason = reason,
            ManifestHash = manifestHash,
        };
        var current = context.Previous?.Summary.Generation;
        var refusal = damaged > 0 ? reason
            : context.AcceptLoss && generation.Pages > 0 ? null
            : ShrinkGuard.Judge(current, generation, Lost(check), context.Settings.MinPercent);
        var summary = new GenerationSummary(GenerationSummary.CurrentFormat, context.Start.Rewriting, generation);
        if (refusal is not null)
        {
            await new RefusedRun(generation, refusal).WriteAsync(context.Mirror.Refused, cancellationToken).ConfigureAwait(false);
            journal.Dispose();
            isCompleted = true;
            Directory.Delete(context.Folder, recursive: true);
            return new MirrorCompletion(generation, IsCurrent: false, refusal);
        }

        await summary.WriteAsync(Path.Combine(context.Folder, MirrorFolder.SummaryName), cancellationToken).ConfigureAwait(false);
        if (context.Prepare is { } prepare)
        {
            await prepare(generation, context.Folder, check.Entries, cancellationToken).ConfigureAwait(false);
        }

        DiskFlush.Everything(context.Folder, journal.Handle, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        journal.Dispose();
        isCompleted = true;
        context.Previous?.Entries?.Dispose();
        GenerationShelf.Finish(context.Mirror, context.Id);
        return new MirrorCompletion(generation, IsCurrent: true, TidyUp() is { } left ? $"{generation.Reason} {left}".TrimStart() : null);
    });

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        journal.Dispose();
        context.Previous?.Entries?.Dispose();
        context.Lock.Dispose();
        return ValueTask.CompletedTask;
    }

    // It is current, whatever cannot be taken away behind it.
    private string? TidyUp()
    {
        try
        {
            File.Delete(context.Mirror.Refused);
            GenerationShelf.Prune(context.Mirror, context.Settings.Keep);
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return $"It is current, but what is old could not be taken away: {error.Message}";
        }
    }

    private static void CheckUrl(MirrorEntry entry)
    {
        // Whatever was asked over HTTP has this form; anything else could not be told from another URL in the manifest.
        if (entry.Url is not ['/', ..] || entry.Url.AsSpan().ContainsAnyExceptInRange('!', '~') || entry.Url.Contains('#', StringComparison.Ordinal))
        {
            throw new ArgumentException($"'{entry.Url}' is no path and query as sent.", nameof(entry));
        }
    }

    private static bool IsThere(MirrorEntry entry, string folder) =>
        entry.File is null
        || (entry.FileHash is { } hash && ContentFolder.Holds(MirrorFolder.ContentFile(folder, entry.File), hash, entry.Length));

    // As rsync does it: what has its length and its time has its bytes. A disk that fails changes no time, so a share is read all the
    // same, other files in each run. Of what was written just before the run ended, the time does not tell what came after.
    private MirrorEntry? Untouched(MirrorEntry entry, PreviousGeneration previous)
    {
        var path = MirrorFolder.ContentFile(previous.Folder, entry.File!);
        if (ContentFolder.TimeOf(path, entry.Length) is not { } time || entry.FileHash is not { } hash)
        {
            return null;
        }

        var seemsUntouched = time == entry.FileTime && time + CoarsestTime <= previous.Summary.Generation.FinishedAt;
        return seemsUntouched && !Lot.FallsOn(entry.Url, Id, OneOfRead) ? entry
            : ContentFolder.Holds(path, hash, entry.Length) ? entry with { FileTime = time }
            : null;
    }

    private string? FindBody(string hash, long length)
    {
        if (journal.FindBody(hash) is { } here && MirrorFolder.ContentFile(context.Folder, here) is var own && ContentFolder.Holds(own, hash, length))
        {
            return own;
        }

        return context.Previous?.Entries?.FindBody(hash) is { } there
            && MirrorFolder.ContentFile(context.Previous.Folder, there) is var older
            && ContentFolder.Holds(older, hash, length)
                ? older
                : null;
    }

    private (string Hash, int Damaged) WriteManifest(WholeCheck check, CancellationToken cancellationToken)
    {
        var damaged = 0;
        var files = new HashSet<string>(StringComparer.Ordinal);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using (var manifest = new FileStream(Path.Combine(context.Folder, MirrorFolder.ManifestName), FileMode.Create, FileAccess.Write, FileShare.Read, 128 * 1024))
        {
            foreach (var (line, entry) in journal.ReadSorted())
            {
                cancellationToken.ThrowIfCancellationRequested();
                hash.AppendData(line);
                manifest.Write(line);
                check.Add(entry);
                if (entry.File is { } file)
                {
                    files.Add(file);
                    damaged += ContentFolder.IsRegular(MirrorFolder.ContentFile(context.Folder, file), entry.Length) ? 0 : 1;
                }
            }
        }

        content.Sweep(files);
        return (Convert.ToHexString(hash.GetHashAndReset()).ToLowerInvariant(), damaged);
    }

    private MirrorEntry[] Lost(WholeCheck check) =>
        [.. check.Failures.Where(entry => context.Previous?.Entries?.Find(entry.Url) is { Kind: MirrorEntryKind.Page or MirrorEntryKind.Asset or MirrorEntryKind.Redirect })];

    private async Task<T> Guarded<T>(Func<Task<T>> work)
    {
        ObjectDisposedException.ThrowIf(isCompleted, this);
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw MirrorErrors.Store(context.Folder, error.Message, error);
        }
    }
}
