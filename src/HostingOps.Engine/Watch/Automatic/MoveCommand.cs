namespace HostingOps.Engine.Watch.Automatic;

/// <summary>Commands for people, exactly as they are typed in PowerShell.</summary>
internal static class MoveCommand
{
    /// <summary>Fails the sites over, past these gates.</summary>
    public static string Failover(IReadOnlyList<string> siteNames, IReadOnlyList<GateName> overrides, string? inventoryPath)
    {
        var past = overrides.Count == 0 ? "" : $" -Override {string.Join(", ", overrides)} -Reason '<why>'";
        return $"Invoke-SiteFailover {Names(siteNames)}{past}{Inventory(inventoryPath)}";
    }

    /// <summary>Shows where the sites' records point.</summary>
    public static string Look(IReadOnlyList<string> siteNames, string? inventoryPath) => $"Get-SiteDnsTarget {Names(siteNames)}{Inventory(inventoryPath)}";

    /// <summary>Takes the operation back.</summary>
    public static string Undo(string operationId, string? inventoryPath) => $"Undo-SiteFailover -OperationId {operationId}{Inventory(inventoryPath)}";

    /// <summary>Finishes the operation.</summary>
    public static string Resume(string operationId, string? inventoryPath) => $"Resume-SiteFailover -OperationId {operationId}{Inventory(inventoryPath)}";

    private static string Names(IReadOnlyList<string> siteNames) => string.Join(", ", siteNames.Select(Word));

    private static string Inventory(string? path) => path is null ? "" : $" -InventoryPath {Word(path)}";

    // A bare word that begins with a digit could be read as a number, and one that begins with a dash as a parameter.
    private static string Word(string text) =>
        text.Length > 0 && (char.IsAsciiLetter(text[0]) || text[0] is '/') && text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' or '/')
            ? text
            : $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
