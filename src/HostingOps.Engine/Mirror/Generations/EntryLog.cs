using System.Text.Json;
using Microsoft.Win32.SafeHandles;

namespace HostingOps.Engine.Mirror.Generations;

/// <summary>
/// A file with a line for each entry, and where each URL's last line is: a finished manifest or a run's journal. Entries stay on disk
/// until they are asked for, since a large site's links would fill the memory. Safe for several threads.
/// </summary>
internal sealed class EntryLog : IDisposable
{
    private readonly SafeFileHandle file;
    private readonly Dictionary<string, Position> positions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> bodies = new(StringComparer.Ordinal);
    private readonly object gate = new();
    private long end;

    private EntryLog(SafeFileHandle file) => this.file = file;

    /// <summary>URLs.</summary>
    public int Count
    {
        get
        {
            lock (gate)
            {
                return positions.Count;
            }
        }
    }

    /// <summary>What the file's bytes can be made durable by.</summary>
    public SafeFileHandle Handle => file;

    /// <summary>Opens a finished manifest for reading.</summary>
    /// <exception cref="IOException">It can't be read.</exception>
    /// <exception cref="JsonException">A line is none of a manifest's.</exception>
    public static EntryLog OpenManifest(string path)
    {
        var log = new EntryLog(File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        try
        {
            log.Index(keepTorn: false);
            return log;
        }
        catch
        {
            log.Dispose();
            throw;
        }
    }

    /// <summary>A generation's entries, one after the other in its manifest's order, without their links, which are most of a large one.</summary>
    /// <exception cref="IOException">It can't be read.</exception>
    /// <exception cref="JsonException">A line is none of a manifest's.</exception>
    public static IEnumerable<MirrorEntry> ReadManifest(string generationFolder)
    {
        using var log = OpenManifest(Path.Combine(generationFolder, MirrorFolder.ManifestName));
        foreach (var (_, entry) in log.ReadSorted(withLinks: false))
        {
            yield return entry;
        }
    }

    /// <summary>Opens a run's journal, or begins one. A line that was cut off by a crash, and what is behind it, goes.</summary>
    /// <exception cref="IOException">It can't be written.</exception>
    public static EntryLog OpenJournal(string path)
    {
        var log = new EntryLog(File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete));
        try
        {
            log.Index(keepTorn: true);
            RandomAccess.SetLength(log.file, log.end);
            return log;
        }
        catch
        {
            log.Dispose();
            throw;
        }
    }

    /// <summary>The last entry of a URL, or null.</summary>
    public MirrorEntry? Find(string url)
    {
        Position position;
        lock (gate)
        {
            if (!positions.TryGetValue(url, out position))
            {
                return null;
            }
        }

        return MirrorEntryJson.Read(Line(position));
    }

    /// <summary>A file whose bytes have that hash, or null.</summary>
    public string? FindBody(string fileHash)
    {
        lock (gate)
        {
            return bodies.GetValueOrDefault(fileHash);
        }
    }

    /// <summary>Adds an entry; it holds from now on for its URL.</summary>
    public void Append(MirrorEntry entry)
    {
        var line = MirrorEntryJson.Write(entry);
        lock (gate)
        {
            RandomAccess.Write(file, line, end);
            Note(entry.Url, entry.File, entry.FileHash, new Position(end, line.Length));
            end += line.Length;
        }
    }

    /// <summary>Every URL's last line with its line break and its entry, ordered by URL (ordinal), read one after the other.</summary>
    /// <param name="withLinks">Whether the entries have their links.</param>
    public IEnumerable<(byte[] Line, MirrorEntry Entry)> ReadSorted(bool withLinks = true)
    {
        KeyValuePair<string, Position>[] sorted;
        lock (gate)
        {
            sorted = [.. positions];
        }

        Array.Sort(sorted, static (left, right) => string.CompareOrdinal(left.Key, right.Key));
        foreach (var (_, position) in sorted)
        {
            var line = Line(position);
            yield return (line, MirrorEntryJson.Read(line, withLinks));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();

    private byte[] Line(Position position)
    {
        var line = new byte[position.Length];
        for (var read = 0; read < line.Length;)
        {
            var more = RandomAccess.Read(file, line.AsSpan(read), position.Offset + read);
            read += more > 0 ? more : throw new EndOfStreamException("The manifest is shorter than it was.");
        }

        return line;
    }

    private void Index(bool keepTorn)
    {
        var buffer = new byte[128 * 1024];
        var filled = 0;
        while (true)
        {
            var more = RandomAccess.Read(file, buffer.AsSpan(filled), end + filled);
            if (more == 0)
            {
                break;
            }

            filled += more;
            var used = 0;
            for (int length; (length = buffer.AsSpan(used, filled - used).IndexOf((byte)'\n') + 1) > 0; used += length)
            {
                try
                {
                    var (url, body, hash) = MirrorEntryJson.ReadKey(buffer.AsSpan(used, length));
                    Note(url, body, hash, new Position(end + used, length));
                }
                catch (JsonException) when (keepTorn)
                {
                    end += used;
                    return;
                }
            }

            end += used;
            filled -= used;
            buffer.AsSpan(used, filled).CopyTo(buffer);
            if (filled == buffer.Length)
            {
                Array.Resize(ref buffer, buffer.Length * 2);
            }
        }

        if (filled > 0 && !keepTorn)
        {
            throw new JsonException("The last line of the manifest is cut off.");
        }
    }

    private void Note(string url, string? body, string? hash, Position position)
    {
        positions[url] = position;
        if (body is not null && hash is not null)
        {
            bodies[hash] = body;
        }
    }

    private readonly record struct Position(long Offset, int Length);
}
