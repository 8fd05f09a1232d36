using System.Runtime.Versioning;

namespace HostingOps.Engine.State;

/// <summary>Prepares the folder and the file of the state database so that only its owner can read them, or the group of a folder that was made for sharing.</summary>
internal static class StateFile
{
    private const UnixFileMode OwnerOnlyFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OwnerOnlyFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode GroupFile = OwnerOnlyFile | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;
    private const UnixFileMode SharedFolder = UnixFileMode.SetGroup | UnixFileMode.GroupWrite;

    /// <summary>Makes what is missing; what exists is left as it is.</summary>
    /// <exception cref="HostingException">StateUnavailable.</exception>
    public static void Prepare(string path)
    {
        try
        {
            var folder = Path.GetDirectoryName(path)!;
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(folder);
                return;
            }

            if (!Directory.Exists(folder))
            {
                Directory.CreateDirectory(folder, OwnerOnlyFolder);
            }

            if (!File.Exists(path))
            {
                CreatePrivately(path);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw StateErrors.Translate(exception, path);
        }
    }

    /// <summary>
    /// Refuses a file too short for a database: SQLite takes some of those for empty ones and writes over them. The smallest
    /// page has 512 bytes (sqlite.org/fileformat2.html §1.3).
    /// </summary>
    /// <exception cref="HostingException">StateCorrupt.</exception>
    public static void RefuseStump(string path)
    {
        // Only asks for the length: opening and closing the file would drop this process's POSIX locks on it.
        var file = new FileInfo(path);
        if (file.Exists && file.Length is > 0 and < 512)
        {
            throw StateErrors.NotOurs(path, "it is not an SQLite database");
        }
    }

    // The empty file gets its mode under another name first. Under its own name it may be opened by a second connection
    // of this process at once, and closing any descriptor of a file drops the process's POSIX locks on it.
    [UnsupportedOSPlatform("windows")]
    private static void CreatePrivately(string path)
    {
        var draft = FormattableString.Invariant($"{path}.{Environment.ProcessId}-{Environment.CurrentManagedThreadId}.new");

        // Left by a process of the same id that died in between; in a container every start has it.
        File.Delete(draft);
        new FileStream(draft, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = OwnerOnlyFile,
        }).Dispose();
        try
        {
            // A folder that hands its group on and lets it write is shared on purpose; SQLite gives its other files the same mode.
            if ((File.GetUnixFileMode(Path.GetDirectoryName(path)!) & SharedFolder) == SharedFolder)
            {
                File.SetUnixFileMode(draft, GroupFile);
            }

            File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process, or thread, was first; its file serves as well.
            File.Delete(draft);
        }
        catch
        {
            File.Delete(draft);
            throw;
        }
    }
}
