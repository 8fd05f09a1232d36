using System.IO.Enumeration;
using System.Security.Cryptography;

namespace HostingOps.Engine.Mirror.Generations;

/// <summary>
/// The files of a generation in the making. A body is written under a name of its own and then renamed, so that no name ever stands
/// for half a body, and a file that an older generation shares is never written into. No link is followed. Safe for several threads.
/// </summary>
internal sealed class ContentFolder
{
    private const UnixFileMode ReadableFile = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode ReadableFolder = ReadableFile
        | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private readonly string run;
    private readonly string incoming;
    private readonly HashSet<string> folders = new(StringComparer.Ordinal);
    private long bodies;

    /// <summary>Opens a run's folders, made if need be.</summary>
    public ContentFolder(string run)
    {
        this.run = run;
        incoming = Path.Combine(run, MirrorFolder.IncomingName);
        if (Directory.Exists(incoming) && new DirectoryInfo(incoming).LinkTarget is null)
        {
            // What a dead process was in the middle of.
            Directory.Delete(incoming, recursive: true);
        }

        MakeFolder(incoming);
        MakeFolder(Path.Combine(run, MirrorFolder.ContentName));
    }

    /// <summary>Writes a body beside the content.</summary>
    /// <returns>Its file, hash and length.</returns>
    /// <exception cref="HostingException">MirrorStoreFailed. What reading the body throws is thrown as it is.</exception>
    public async Task<(string Path, string Hash, long Length)> ReceiveAsync(Stream body, CancellationToken cancellationToken)
    {
        var path = NewName();
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var buffer = System.Buffers.ArrayPool<byte>.Shared.Rent(64 * 1024);
            long length = 0;
            try
            {
                using var file = OnDisk(() => File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.None));
                int read;
                while ((read = await body.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
                {
                    hash.AppendData(buffer, 0, read);
                    OnDisk(() =>
                    {
                        RandomAccess.Write(file, buffer.AsSpan(0, read), length);
                        return length += read;
                    });
                }
            }
            finally
            {
                System.Buffers.ArrayPool<byte>.Shared.Return(buffer);
            }

            if (!OperatingSystem.IsWindows())
            {
                // Other generations will share it: nobody should edit it in place. A web server reads it as another user.
                File.SetUnixFileMode(path, ReadableFile);
            }

            return (path, Convert.ToHexString(hash.GetHashAndReset()).ToLowerInvariant(), length);
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }

    /// <summary>Puts a received body in its place; what was there by that name goes.</summary>
    public void Place(string received, string file)
    {
        var target = Target(file);
        if (Directory.Exists(target) && new DirectoryInfo(target).LinkTarget is null)
        {
            throw MirrorErrors.Store(target, "a folder is where a file should be");
        }

        File.Move(received, target, overwrite: true);
    }

    /// <summary>Gives a stored file a second name here.</summary>
    public void Link(string source, string file)
    {
        var target = Target(file);
        if (HardLink.TryCreate(source, target))
        {
            return;
        }

        // Something is there already, or the file system has no links: by way of a name of its own, then.
        var name = NewName();
        try
        {
            HardLink.CreateOrCopy(source, name);
            File.Move(name, target, overwrite: true);
        }
        finally
        {
            // Renaming one name of a file to another of the same file does nothing at all (rename(2)).
            File.Delete(name);
        }
    }

    /// <summary>Whether a regular file has these very bytes.</summary>
    public static bool Holds(string path, string hash, long length)
    {
        try
        {
            if (!IsRegular(path, length))
            {
                return false;
            }

            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            return Convert.ToHexString(SHA256.HashData(file)).Equals(hash, StringComparison.OrdinalIgnoreCase);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Whether there is a file of that length, and no link.</summary>
    public static bool IsRegular(string path, long length) => TimeOf(path, length) is not null;

    /// <summary>When a file of that length was last written to, or null when there is none, or a link.</summary>
    public static DateTimeOffset? TimeOf(string path, long length)
    {
        var info = new FileInfo(path);
        return info.Exists && (info.Attributes & FileAttributes.ReparsePoint) == 0 && info.Length == length ? new DateTimeOffset(info.LastWriteTimeUtc) : null;
    }

    /// <summary>Takes away what is in the content and no entry's: it would be served.</summary>
    /// <param name="known">The entries' files, looked at already: none of them is a link.</param>
    public void Sweep(IReadOnlySet<string> known) => Sweep(new DirectoryInfo(Path.Combine(run, MirrorFolder.ContentName)), "", known);

    // HFS+ gives names back in another form of Unicode than they were given in; ours are all in form C.
    private static void Sweep(DirectoryInfo folder, string prefix, IReadOnlySet<string> known)
    {
        // Names only: to ask for each file's times and target would cost more than all else that is done for it.
        var items = new FileSystemEnumerable<(string Name, bool IsFolder)>(
            folder.FullName, static (ref FileSystemEntry entry) => (entry.FileName.ToString(), entry.IsDirectory), new EnumerationOptions { AttributesToSkip = 0, IgnoreInaccessible = false });
        foreach (var (name, isFolder) in items)
        {
            var path = Path.Combine(folder.FullName, name);
            if (isFolder && new DirectoryInfo(path) is { LinkTarget: null } below)
            {
                Sweep(below, prefix + name.Normalize() + "/", known);
            }
            else if (isFolder)
            {
                Directory.Delete(path);
            }
            else if (!known.Contains(prefix + name.Normalize()))
            {
                File.Delete(path);
            }
        }
    }

    private T OnDisk<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw MirrorErrors.Store(run, error.Message, error);
        }
    }

    private string NewName() => Path.Combine(incoming, FormattableString.Invariant($"{Interlocked.Increment(ref bodies)}"));

    private string Target(string file)
    {
        var content = Path.Combine(run, MirrorFolder.ContentName);
        lock (folders)
        {
            for (var slash = file.IndexOf('/'); slash >= 0; slash = file.IndexOf('/', slash + 1))
            {
                var folder = file[..slash];
                if (!folders.Contains(folder))
                {
                    MakeFolder(Path.Combine(content, folder.Replace('/', Path.DirectorySeparatorChar)));
                    folders.Add(folder);
                }
            }
        }

        return MirrorFolder.ContentFile(run, file);
    }

    private static void MakeFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else if (!Directory.Exists(path))
        {
            Directory.CreateDirectory(path);
            File.SetUnixFileMode(path, ReadableFolder);
        }

        if (new DirectoryInfo(path).LinkTarget is not null)
        {
            throw MirrorErrors.Store(path, "a link is where a folder should be, and no link is followed");
        }
    }
}
