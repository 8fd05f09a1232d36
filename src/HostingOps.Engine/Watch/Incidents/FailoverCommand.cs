using System.Text;
using HostingOps.Engine.Ssh;

namespace HostingOps.Engine.Watch.Incidents;

/// <summary>The very commands about failovers that alerts hold, as a person can paste them.</summary>
internal static class FailoverCommand
{
    /// <summary>For PowerShell.</summary>
    public static string PowerShell(IReadOnlyList<string> sites, string? inventoryPath) => PowerShell(sites, [], inventoryPath);

    /// <summary>For PowerShell, past these gates.</summary>
    public static string PowerShell(IReadOnlyList<string> sites, IReadOnlyList<GateName> overrides, string? inventoryPath)
    {
        var past = overrides.Count == 0 ? "" : $" -Override {string.Join(", ", overrides)} -Reason '<why>'";
        return $"Invoke-SiteFailover {PowerShellWords(sites)}{past}{Inventory(inventoryPath)}";
    }

    /// <summary>Shows where the sites' records point.</summary>
    public static string Look(IReadOnlyList<string> sites, string? inventoryPath) => $"Get-SiteDnsTarget {PowerShellWords(sites)}{Inventory(inventoryPath)}";

    /// <summary>Takes an operation back.</summary>
    public static string Undo(string operationId, string? inventoryPath) => $"Undo-SiteFailover -OperationId {operationId}{Inventory(inventoryPath)}";

    /// <summary>Finishes an operation.</summary>
    public static string Resume(string operationId, string? inventoryPath) => $"Resume-SiteFailover -OperationId {operationId}{Inventory(inventoryPath)}";

    /// <summary>For a shell, with the agent.</summary>
    public static string Agent(IReadOnlyList<string> sites, string? inventoryPath) =>
        "hostingops failover " + string.Join(' ', sites.Select(Word)) + (inventoryPath is null ? "" : $" --inventory {Word(inventoryPath)}");

    private static string PowerShellWords(IReadOnlyList<string> sites) => string.Join(", ", sites.Select(PowerShellWord));

    private static string Inventory(string? path) => path is null ? "" : $" -InventoryPath {PowerShellQuoted(path)}";

    // A bare word that begins with a digit could be read as a number, and one that begins with a dash as a parameter.
    private static string PowerShellWord(string name) => char.IsAsciiLetter(name[0]) && name.All(static character => IsPlain(character) || character is '.') ? name : PowerShellQuoted(name);

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

    private static string Word(string word) => word.Length > 0 && word[0] != '-' && word.All(static character => IsPlain(character) || character is '/' or '.' or ':' or '@')
        ? word
        : ShellWord.Quote(word);

    private static bool IsPlain(char character) => char.IsAsciiLetterOrDigit(character) || character is '-' or '_';
}
