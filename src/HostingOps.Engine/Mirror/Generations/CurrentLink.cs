using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace HostingOps.Engine.Mirror.Generations;

/// <summary>Which generation is current: a relative link, or on Windows, where links need a privilege, a file with its id. Both are replaced by a rename.</summary>
internal static class CurrentLink
{
    /// <summary>The current generation's id, or null when there is none.</summary>
    public static string? Read(MirrorFolder folder)
    {
        try
        {
            var target = new FileInfo(folder.Current).LinkTarget
                ?? (File.Exists(folder.Current) ? File.ReadAllText(folder.Current).Trim() : null);
            var id = Path.GetFileName(target?.Replace('\\', '/').TrimEnd('/'));
            return string.IsNullOrEmpty(id) || !Directory.Exists(folder.Generation(id)) ? null : id;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw MirrorErrors.Store(folder.Current, error.Message, error);
        }
    }

    /// <summary>Makes a generation the current one, at once for every reader.</summary>
    public static void Switch(MirrorFolder folder, string id)
    {
        var next = folder.Current + ".next";
        File.Delete(next);
        var target = "generations/" + id;
        if (OperatingSystem.IsWindows())
        {
            using (var file = new FileStream(next, FileMode.CreateNew, FileAccess.Write))
            {
                file.Write(System.Text.Encoding.ASCII.GetBytes(target));
                file.Flush(flushToDisk: true);
            }

            File.Move(next, folder.Current, overwrite: true);
            return;
        }

        File.CreateSymbolicLink(next, target);

        // File.Move follows a link to a folder and finds no file there.
        if (Rename(next, folder.Current) != 0)
        {
            throw new IOException(Marshal.GetLastPInvokeErrorMessage());
        }

        DiskFlush.Folder(folder.Root);
    }

    [UnsupportedOSPlatform("windows")]
    [DllImport("libc", EntryPoint = "rename", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Rename([MarshalAs(UnmanagedType.LPUTF8Str)] string source, [MarshalAs(UnmanagedType.LPUTF8Str)] string target);
}
