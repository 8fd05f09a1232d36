namespace HostingOps.Engine.Ssh;

/// <summary>Values as single words of a POSIX shell (POSIX.1-2017, Shell Command Language, 2.2.2).</summary>
internal static class ShellWord
{
    /// <summary>The value in single quotes, within which nothing has a meaning.</summary>
    /// <exception cref="HostingException">InvalidArgument: a NUL, which no shell can hold.</exception>
    public static string Quote(string value) => value.Contains('\0', StringComparison.Ordinal)
        ? throw new HostingException(
            ErrorIds.InvalidArgument, HostingErrorCategory.InvalidArgument, null, "A value for a shell holds a NUL character.")
        : "'" + value.Replace("'", @"'\''", StringComparison.Ordinal) + "'";

    /// <summary>A program and its arguments as a command. Started through env, so that no word is a builtin of the shell.</summary>
    /// <exception cref="HostingException">InvalidArgument: no program, or one that env would take for something else.</exception>
    public static string Command(IReadOnlyList<string> argv) =>
        argv is [var program, ..] && program.Length > 0 && program[0] != '-' && !program.Contains('=', StringComparison.Ordinal)
            ? "env " + string.Join(' ', argv.Select(Quote))
            : throw new HostingException(
                ErrorIds.InvalidArgument,
                HostingErrorCategory.InvalidArgument,
                argv.Count > 0 ? argv[0] : null,
                "A command for another host names no program, or one that begins with '-' or has a '='.",
                "Correct 'test' or 'reload' in the inventory.");
}
