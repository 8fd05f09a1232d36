using HostingOps.Engine.Inventory.Yaml;

namespace HostingOps.Engine.Inventory.Reading;

/// <summary>Names of sites and hosts: they are typed in shells, matched with wildcards and used in file names.</summary>
internal static class NameSyntax
{
    private const int Longest = 64;

    public static bool IsName(string text) =>
        text.Length is >= 1 and <= Longest
        && char.IsLetterOrDigit(text[0])
        && text.All(static character => char.IsLetterOrDigit(character) || character is '.' or '_' or '-');

    public static bool Judge(YamlScalar key, string kind, FindingCollector findings)
    {
        if (IsName(key.Text))
        {
            return true;
        }

        var kept = string.Concat(key.Text.Select(static character => char.IsLetterOrDigit(character) || character is '.' or '_' ? character : '-')).Trim('-', '.', '_');
        kept = kept.Length > Longest ? kept[..Longest] : kept;
        findings.Add(
            InventoryRules.BadName,
            key,
            FormattableString.Invariant($"The {kind} name {key.Description} was found; 1 to {Longest} letters, digits, '.', '_' and '-', beginning with a letter or digit, were expected."),
            kept.Length == 0 ? null : $"Write '{kept}'.");
        return false;
    }
}
