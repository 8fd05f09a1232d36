using HostingOps.Engine.Ssh;

namespace HostingOps.Agent.CommandLine;

/// <summary>A word of a command line as a person would type it.</summary>
internal static class ShellWord
{
    private const string Plain = "@%+=:,./-_\\";

    /// <summary>The word, quoted when a shell would otherwise split or expand it.</summary>
    public static string Of(string word) =>
        word.Length > 0 && word.All(static c => char.IsAsciiLetterOrDigit(c) || Plain.Contains(c))
            ? word
            : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    /// <summary>A whole command.</summary>
    public static string Join(IEnumerable<string> words) => string.Join(' ', words.Select(Of));
}
