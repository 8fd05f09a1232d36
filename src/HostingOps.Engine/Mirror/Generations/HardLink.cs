using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace HostingOps.Engine.Mirror.Generations;

/// <summary>A second name for a file's bytes, where the file system has that; else a copy.</summary>
internal static class HardLink
{
    /// <summary>Gives a file a second name. The place must be empty. A link at the source is never followed on Unix: callers look first.</summary>
    /// <exception cref="IOException">The place is taken, or can't be written.</exception>
    public static void CreateOrCopy(string source, string target)
    {
        if (!TryCreate(source, target))
        {
            File.Copy(source, target, overwrite: false);
        }
    }

    /// <summary>False when the file system has no hard links, the two places are on different ones, or the file has as many names as it can have.</summary>
    public static bool TryCreate(string source, string target) =>
        OperatingSystem.IsWindows() ? OnWindows(target, source, IntPtr.Zero) : OnUnix(source, target) == 0;

    [SupportedOSPlatform("windows")]
    [DllImport("kernel32.dll", EntryPoint = "CreateHardLinkW", CharSet = CharSet.Unicode, ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool OnWindows(string target, string source, IntPtr attributes);

    [UnsupportedOSPlatform("windows")]
    [DllImport("libc", EntryPoint = "link", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int OnUnix([MarshalAs(UnmanagedType.LPUTF8Str)] string source, [MarshalAs(UnmanagedType.LPUTF8Str)] string target);
}
