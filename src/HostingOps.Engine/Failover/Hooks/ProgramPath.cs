namespace HostingOps.Engine.Failover.Hooks;

/// <summary>
/// Finds a hook's program. A bare name is looked for on PATH and nowhere else: neither the current folder nor the folder of
/// the running executable, where a stray file named <c>ssh</c> must not be run.
/// </summary>
internal static class ProgramPath
{
    /// <summary>The program's full path, or null when there is none.</summary>
    /// <param name="program">A name, or a path; a relative one is taken from <paramref name="workingDirectory"/>.</param>
    /// <param name="path">The value of PATH.</param>
    /// <param name="workingDirectory">Folder against which a relative path is resolved.</param>
    public static string? Find(string program, string? path, string workingDirectory)
    {
        if (program.Contains(Path.DirectorySeparatorChar) || program.Contains(Path.AltDirectorySeparatorChar))
        {
            return FirstFile(Path.GetFullPath(program, workingDirectory));
        }

        return (path ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Where(Path.IsPathFullyQualified)
            .Select(folder => FirstFile(Path.Combine(folder, program)))
            .FirstOrDefault(static found => found is not null);
    }

    // Batch files are left out on Windows: cmd.exe reads their arguments once more, so a value could become a command.
    private static string? FirstFile(string candidate)
    {
        if (!OperatingSystem.IsWindows())
        {
            return File.Exists(candidate) && IsExecutable(candidate) ? candidate : null;
        }

        return Path.GetExtension(candidate).ToUpperInvariant() is ".EXE" or ".COM"
            ? (File.Exists(candidate) ? candidate : null)
            : new[] { candidate + ".exe", candidate + ".com" }.FirstOrDefault(File.Exists);
    }

    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private static bool IsExecutable(string file) =>
        (File.GetUnixFileMode(file) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0;
}
