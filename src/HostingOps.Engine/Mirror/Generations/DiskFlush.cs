using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace HostingOps.Engine.Mirror.Generations;

/// <summary>Has what was written reach the disk, so that a power cut can't leave a current generation with empty files.</summary>
internal static class DiskFlush
{
    /// <summary>Everything written below a folder: by one call where the system has it, else file by file.</summary>
    /// <param name="folder">A run's folder.</param>
    /// <param name="file">An open file on the same file system.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static void Everything(string folder, SafeFileHandle file, CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsLinux() && SyncFileSystem(file) == 0)
        {
            return;
        }

        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            cancellationToken.ThrowIfCancellationRequested();

            // Windows flushes only what is open for writing; a file that was linked to was flushed with its own generation.
            using var handle = File.OpenHandle(path, FileMode.Open, OperatingSystem.IsWindows() ? FileAccess.ReadWrite : FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            RandomAccess.FlushToDisk(handle);
        }
    }

    /// <summary>A folder's own names, after a rename in it. Windows keeps them in its journal by itself.</summary>
    public static void Folder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var descriptor = Open(path, 0);
        if (descriptor >= 0)
        {
            using var handle = new SafeFileHandle(descriptor, ownsHandle: true);
            _ = Sync(handle);
        }
    }

    [SupportedOSPlatform("linux")]
    [DllImport("libc", EntryPoint = "syncfs", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SyncFileSystem(SafeFileHandle file);

    [UnsupportedOSPlatform("windows")]
    [DllImport("libc", EntryPoint = "open", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [UnsupportedOSPlatform("windows")]
    [DllImport("libc", EntryPoint = "fsync", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Sync(SafeFileHandle file);
}
