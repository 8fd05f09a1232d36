using System.Text;
using HostingOps.Engine.Ssh;

namespace HostingOps.Engine.Watch.Registration;

/// <summary>A word of a command line as each scheduler reads it back.</summary>
internal static class QuotedWord
{
    /// <summary>A command for ExecStart= (systemd.service(5), "Command lines"): quoted, with % and $ doubled.</summary>
    public static string Systemd(IEnumerable<string> words) => string.Join(' ', words.Select(SystemdWord));

    /// <summary>A value of one assignment, as for Environment=.</summary>
    public static string SystemdWord(string word)
    {
        Refuse(word);
        var text = word.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "%%", StringComparison.Ordinal).Replace("$", "$$", StringComparison.Ordinal);
        return text.Length > 0 && text.All(static letter => char.IsAsciiLetterOrDigit(letter) || "@%+=:,./-_".Contains(letter, StringComparison.Ordinal))
            ? text
            : $"\"{text.Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
    }

    /// <summary>A path in a setting of systemd that takes one path or a list of them.</summary>
    public static string SystemdPath(string path)
    {
        Refuse(path);
        return path.Contains(' ', StringComparison.Ordinal) || path.Contains('"', StringComparison.Ordinal)
            ? $"\"{path.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("%", "%%", StringComparison.Ordinal)}\""
            : path.Replace("%", "%%", StringComparison.Ordinal);
    }

    /// <summary>A path for EnvironmentFile=, which systemd takes as it stands, blanks included, but for its patterns (glob(7)).</summary>
    public static string SystemdFile(string path)
    {
        Refuse(path);
        return path.AsSpan().ContainsAny("*?[\\") || path.EndsWith(' ')
            ? throw RegistrationErrors.Unfit(path, $"systemd would take '{path}' for a pattern, not a file.", "Give the file a name without *, ?, [ and \\.")
            : path.Replace("%", "%%", StringComparison.Ordinal);
    }

    /// <summary>A command for a line of cron (crontab(5)): words of the shell, in which cron itself takes an unescaped % for a line's end.</summary>
    public static string Cron(IEnumerable<string> words) => string.Join(' ', words.Select(static word =>
    {
        Refuse(word);
        var quoted = word.Length > 0 && word.All(static letter => char.IsAsciiLetterOrDigit(letter) || "@+=:,./-_".Contains(letter, StringComparison.Ordinal))
            ? word
            : ShellWord.Quote(word);
        return quoted.Replace("%", "\\%", StringComparison.Ordinal);
    }));

    /// <summary>Arguments for Windows (CommandLineToArgvW): backslashes count only before a quote.</summary>
    public static string Windows(IEnumerable<string> words) => string.Join(' ', words.Select(static word =>
    {
        Refuse(word);
        if (word.Length > 0 && !word.AsSpan().ContainsAny(" \t\""))
        {
            return word;
        }

        var text = new StringBuilder("\"");
        var slashes = 0;
        foreach (var letter in word)
        {
            if (letter == '\\')
            {
                slashes++;
                continue;
            }

            text.Append('\\', letter == '"' ? (slashes * 2) + 1 : slashes).Append(letter);
            slashes = 0;
        }

        return text.Append('\\', slashes * 2).Append('"').ToString();
    }));

    // None of the three can hold one, and a new line would begin another setting.
    private static void Refuse(string word)
    {
        if (word.Any(char.IsControl))
        {
            throw RegistrationErrors.Unfit(word, $"A path or name holds a control character: '{word.ReplaceLineEndings("\\n")}'.", "Give the file another name.");
        }
    }
}
