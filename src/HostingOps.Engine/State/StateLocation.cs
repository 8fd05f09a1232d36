using System.Runtime.InteropServices;

namespace HostingOps.Engine.State;

/// <summary>Where the state database lives.</summary>
internal static class StateLocation
{
    /// <summary>The environment variable that names the database: a file, or a folder that gets <c>state.db</c>.</summary>
    public const string Variable = "HOSTINGOPS_STATE";

    private const string FileName = "state.db";

    /// <summary>
    /// The database's full path: <paramref name="path"/>, then <c>$HOSTINGOPS_STATE</c>, then the platform's state folder
    /// (XDG Base Directory Specification on Linux, Application Support on macOS, %LOCALAPPDATA% on Windows).
    /// </summary>
    /// <exception cref="HostingException">StateUnavailable when the account has no home folder to put it in.</exception>
    public static string Resolve(string? path) => Resolve(
        path,
        Environment.GetEnvironmentVariable,
        OperatingSystem.IsWindows() ? OSPlatform.Windows : OperatingSystem.IsMacOS() ? OSPlatform.OSX : OSPlatform.Linux,
        Environment.GetFolderPath(Environment.SpecialFolder.UserProfile),
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData));

    /// <summary>The same from given surroundings.</summary>
    public static string Resolve(
        string? path, Func<string, string?> environment, OSPlatform platform, string home, string localApplicationData)
    {
        var named = string.IsNullOrWhiteSpace(path) ? environment(Variable) : path;
        if (!string.IsNullOrWhiteSpace(named))
        {
            return Path.GetFullPath(IsFolder(named) ? Path.Combine(named, FileName) : named);
        }

        if (platform == OSPlatform.Windows && localApplicationData.Length > 0)
        {
            return Path.Combine(localApplicationData, "HostingOps", FileName);
        }

        if (platform == OSPlatform.OSX && home.Length > 0)
        {
            return Path.Combine(home, "Library", "Application Support", "HostingOps", FileName);
        }

        // The specification says that a relative path in the variable is to be ignored.
        var stateHome = environment("XDG_STATE_HOME");
        if (platform == OSPlatform.Linux && !string.IsNullOrEmpty(stateHome) && Path.IsPathRooted(stateHome))
        {
            return Path.Combine(stateHome, "hostingops", FileName);
        }

        if (platform == OSPlatform.Linux && home.Length > 0)
        {
            return Path.Combine(home, ".local", "state", "hostingops", FileName);
        }

        throw new HostingException(
            ErrorIds.StateUnavailable,
            HostingErrorCategory.ResourceUnavailable,
            null,
            "This account has no home folder, so there is no place for the state database.",
            $"Set ${Variable} to a file or folder that this account may write.");
    }

    // A name without an extension that is no file yet reads like a folder: /var/lib/hostingops.
    private static bool IsFolder(string path) =>
        Directory.Exists(path)
        || Path.EndsInDirectorySeparator(path)
        || (!Path.HasExtension(path) && !File.Exists(path));
}
