using System.Security.Cryptography;
using System.Text;
using HostingOps.Engine.Mirror.Generations;
using HostingOps.Engine.Mirror.Serving;

namespace HostingOps.Engine.Mirror.Transport;

/// <summary>The files that must be on the other host, by their SHA-256: those of the manifest by what it says, the others by what they are.</summary>
/// <param name="Digests">Hash in lower-case hex by path within the generation's folder.</param>
/// <param name="Bytes">Bytes of them all.</param>
internal sealed record SentFiles(IReadOnlyDictionary<string, string> Digests, long Bytes)
{
    private const string Content = MirrorFolder.ContentName + "/";
    private static readonly string[] Summaries = [MirrorFolder.ManifestName, MirrorFolder.SummaryName];

    /// <summary>Reads what is not in the manifest.</summary>
    /// <param name="folder">The generation's folder.</param>
    /// <param name="entries">Its manifest.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="IOException">A file can't be read.</exception>
    public static async Task<SentFiles> ReadAsync(string folder, IReadOnlyList<MirrorEntry> entries, CancellationToken cancellationToken)
    {
        var digests = new Dictionary<string, string>(entries.Count, StringComparer.Ordinal);
        long bytes = 0;
        foreach (var entry in entries)
        {
            if (entry is { File: { } file, FileHash: { } hash } && digests.TryAdd(Content + file, hash))
            {
                bytes += entry.Length;
            }
        }

        var others = Summaries.Concat(Directory.EnumerateFiles(Path.Combine(folder, MirrorServing.FolderName)).Select(static path => MirrorServing.FolderName + "/" + Path.GetFileName(path)));
        foreach (var other in others)
        {
            var file = new FileStream(Path.Combine(folder, other), FileMode.Open, FileAccess.Read, FileShare.Read);
            await using (file.ConfigureAwait(false))
            {
                digests[other] = Convert.ToHexString(await SHA256.HashDataAsync(file, cancellationToken).ConfigureAwait(false)).ToLowerInvariant();
                bytes += file.Length;
            }
        }

        return new SentFiles(digests, bytes);
    }

    /// <summary>The list that <c>sha256sum --check</c> reads.</summary>
    public string CheckList()
    {
        var list = new StringBuilder(Digests.Count * 120);
        foreach (var (file, digest) in Digests)
        {
            // A line with an escaped name begins with the sign that escapes.
            var escaped = file.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal);
            list.Append(escaped == file ? "" : "\\").Append(digest).Append("  ./").Append(escaped).Append('\n');
        }

        return list.ToString();
    }
}
