using System.Runtime.Versioning;

namespace HostingOps.Engine.State;

/// <summary>Prepares the folder and the file of the state database so that only its owner can read them.</summary>
internal static class StateFile
{
    private const UnixFileMode OwnerOnlyFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OwnerOnlyFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

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

    // The empty file gets its mode under another name first. Under its own name it may be opened by a second connection
    // of this process at once, and closing any descriptor of a file drops the process's POSIX locks on it.
    [UnsupportedOSPlatform("windows")]
    private static void CreatePrivately(string path)
    {
        var draft = FormattableString.Invariant($"{path}.{Environment.ProcessId}-{Environment.CurrentManagedThreadId}.new");
        new FileStream(draft, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = OwnerOnlyFile,
        }).Dispose();
        try
        {
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
