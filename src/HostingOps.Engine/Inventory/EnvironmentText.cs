using System.Text.RegularExpressions;

namespace HostingOps.Engine.Inventory;

/// <summary>Texts of the inventory that name environment variables, which hold what must not stand in it.</summary>
internal static partial class EnvironmentText
{
    /// <summary>The text with every <c>${NAME}</c> filled in.</summary>
    /// <param name="text">As the inventory has it.</param>
    /// <param name="environment">Reads an environment variable.</param>
    /// <exception cref="MissingVariableException">A variable is not set, or empty.</exception>
    public static string Fill(string text, Func<string, string?> environment) => Variable().Replace(text, match => environment(match.Groups[1].Value) is { Length: > 0 } value
        ? value.Trim()
        : throw new MissingVariableException(match.Groups[1].Value));

    [GeneratedRegex(@"\$\{([A-Za-z_][A-Za-z0-9_]*)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Variable();
}
