using System.Collections.Concurrent;
using System.Security.Cryptography;
using HostingOps.Engine.Mirror;

namespace HostingOps.Engine.Tests.Mirror.Crawling;

/// <summary>A run that keeps everything in memory, and what became of the one before as its current generation.</summary>
internal sealed class MemoryMirrorRun(MemoryMirrorRun? current = null, MemoryMirrorRun? cutOff = null) : IMirrorRun
{
    private readonly ConcurrentDictionary<string, byte> busy = new();

    public ConcurrentDictionary<string, MirrorEntry> Entries { get; } = new();

    public ConcurrentDictionary<string, byte[]> Bodies { get; } = new();

    public DateTimeOffset StartedAt { get; init; } = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public MirrorEntry this[string url] => Entries[url];

    public string Text(string url) => System.Text.Encoding.UTF8.GetString(Bodies[url]);

    public string[] Urls(MirrorEntryKind kind) => [.. Entries.Values.Where(entry => entry.Kind == kind).Select(static entry => entry.Url).Order(StringComparer.Ordinal)];

    public MirrorEntry? Previous(string url) => current?.Entries.GetValueOrDefault(url);

    // A run that goes on writes in the journal of the one that was cut off.
    public MirrorEntry? Resumed(string url) => cutOff is not null && (Entries.GetValueOrDefault(url) ?? cutOff.Entries.GetValueOrDefault(url)) is { Kind: not (MirrorEntryKind.Failed or MirrorEntryKind.Skipped) } entry ? entry : null;

    public Task<MirrorEntry> KeepAsync(MirrorEntry entry, CancellationToken cancellationToken) => Alone(entry.Url, () =>
    {
        cancellationToken.ThrowIfCancellationRequested();
        var previous = current?.Entries.GetValueOrDefault(entry.Url) ?? throw new InvalidOperationException("Nothing to keep for " + entry.Url);
        Bodies[entry.Url] = current!.Bodies[entry.Url];
        return Task.FromResult(Entries[entry.Url] = entry with { File = previous.File, FileHash = previous.FileHash, OriginHash = previous.OriginHash, Length = previous.Length });
    });

    public Task<MirrorEntry> StoreAsync(MirrorEntry entry, Stream body, CancellationToken cancellationToken) => Alone(entry.Url, async () =>
    {
        using var buffer = new MemoryStream();
        await body.CopyToAsync(buffer, cancellationToken);
        var bytes = buffer.ToArray();
        Bodies[entry.Url] = bytes;
        return Entries[entry.Url] = entry with { File = "f", FileHash = Convert.ToHexString(SHA256.HashData(bytes)).ToLowerInvariant(), Length = bytes.Length };
    });

    public Task NoteAsync(MirrorEntry entry, CancellationToken cancellationToken) => Alone(entry.Url, () =>
    {
        Entries[entry.Url] = entry;
        return Task.FromResult(entry);
    });

    public Task<MirrorCompletion> CompleteAsync(string? ended, CancellationToken cancellationToken) => throw new NotSupportedException("The crawl does not complete its run.");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    // The store is promised one call at a time for one URL.
    private async Task<MirrorEntry> Alone(string url, Func<Task<MirrorEntry>> work)
    {
        Assert.True(busy.TryAdd(url, 0), "two calls at once for " + url);
        try
        {
            return await work();
        }
        finally
        {
            busy.TryRemove(url, out _);
        }
    }
}
