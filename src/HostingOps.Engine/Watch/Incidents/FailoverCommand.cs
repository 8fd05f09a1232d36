using System.Text;

namespace HostingOps.Engine.Watch.Incidents;

/// <summary>The very commands that fail sites over, as a person can paste them.</summary>
internal static class FailoverCommand
{
    /// <summary>For PowerShell.</summary>
    public static string PowerShell(IReadOnlyList<string> sites, string? inventoryPath) =>
        "Invoke-SiteFailover " + string.Join(", ", sites.Select(PowerShellWord)) + (inventoryPath is null ? "" : $" -InventoryPath {PowerShellQuoted(inventoryPath)}");

    /// <summary>For a shell, with the agent.</summary>
    public static string Agent(IReadOnlyList<string> sites, string? inventoryPath) =>
        "hostingops failover " + string.Join(' ', sites.Select(ShellWord)) + (inventoryPath is null ? "" : $" --inventory {ShellWord(inventoryPath)}");

    private static string PowerShellWord(string name) => char.IsAsciiLetter(name[0]) && name.All(IsPlain) ? name : PowerShellQuoted(name);

    // PowerShell takes the typographic quotes for the plain one.
    private static string PowerShellQuoted(string text)
    {
        var quoted = new StringBuilder("'");
        foreach (var character in text)
        {
            quoted.Append(character, character is '\'' or '\u2018' or '\u2019' or '\u201A' or '\u201B' ? 2 : 1);
        }

        return quoted.Append('\'').ToString();
    }

    private static string ShellWord(string word) => word.Length > 0 && word[0] != '-' && word.All(static character => IsPlain(character) || character is '/' or '.' or ':' or '@')
        ? word
        : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static bool IsPlain(char character) => char.IsAsciiLetterOrDigit(character) || character is '-' or '_';
}
