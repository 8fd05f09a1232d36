using System.Globalization;
using HostingOps.Engine.Inventory.Reading;
using HostingOps.Engine.Inventory.Yaml;

namespace HostingOps.Engine.Inventory;

/// <summary>Reads inventory files. Nothing in a file is run, and nothing outside it is read but whether a <c>caFile</c> exists.</summary>
public static class InventoryLoader
{
    private const int ListedFindings = 10;
    private const int ListedWarnings = 25;

    /// <summary>Reads a file, with all findings.</summary>
    /// <exception cref="HostingException">InventoryNotFound, InventoryUnreadable.</exception>
    public static InventoryDocument Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var full = Path.GetFullPath(path);
        var findings = new FindingCollector(full);
        string? text;
        try
        {
            using var stream = new FileStream(full, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            text = InventoryText.Read(stream, findings);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new HostingException(
                ErrorIds.InventoryNotFound,
                HostingErrorCategory.ObjectNotFound,
                full,
                $"There is no inventory file '{full}'.",
                "Correct the path, or write a starter with New-HostingInventory.",
                missing);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new HostingException(
                ErrorIds.InventoryUnreadable,
                HostingErrorCategory.ResourceUnavailable,
                full,
                Directory.Exists(full)
                    ? $"'{full}' is a folder; an inventory file was expected."
                    : $"The inventory file '{full}' cannot be read: {refused.Message}",
                "Check the path, and that your account may read the file.",
                refused);
        }

        return Read(text, full, findings);
    }

    /// <summary>Reads YAML text as though it stood in the file <paramref name="path"/>, which need not exist.</summary>
    public static InventoryDocument Parse(string yaml, string path)
    {
        ArgumentNullException.ThrowIfNull(yaml);
        ArgumentException.ThrowIfNullOrEmpty(path);
        var full = Path.GetFullPath(path);
        var findings = new FindingCollector(full);
        return Read(InventoryText.Checked(yaml, findings), full, findings);
    }

    /// <summary>Reads a file that must be free of errors; its warnings go to the reporter.</summary>
    /// <exception cref="HostingException">InventoryNotFound, InventoryUnreadable, InventoryInvalid (which lists the first findings).</exception>
    public static HostingInventory LoadOrThrow(string path, IOperationReporter reporter)
    {
        ArgumentNullException.ThrowIfNull(reporter);
        var document = Load(path);
        if (document.Inventory is null)
        {
            throw Invalid(document);
        }

        foreach (var finding in document.Findings.Take(ListedWarnings))
        {
            reporter.Warning(finding.ToString());
        }

        if (document.Findings.Count > ListedWarnings)
        {
            reporter.Warning(string.Create(
                CultureInfo.InvariantCulture,
                $"{document.Findings.Count - ListedWarnings} more warnings about '{document.Path}': Test-HostingInventory lists them."));
        }

        return document.Inventory;
    }

    private static InventoryDocument Read(string? text, string path, FindingCollector findings)
    {
        var tree = text is null ? null : YamlTreeReader.Read(text, findings);
        var inventory = tree is null ? null : new InventoryReader(path, findings).Read(tree);
        return new InventoryDocument { Path = path, Inventory = findings.HasErrors ? null : inventory, Findings = findings.ToList() };
    }

    private static HostingException Invalid(InventoryDocument document)
    {
        var errors = document.Findings.Where(static finding => finding.Severity == FindingSeverity.Error).ToList();
        var lines = errors.Take(ListedFindings).Select(static finding =>
            FormattableString.Invariant($"{Environment.NewLine}  {finding.Line}:{finding.Column} {finding.Code} {finding.Message} Fix: {finding.SuggestedFix}"));
        var more = errors.Count > ListedFindings
            ? string.Create(CultureInfo.InvariantCulture, $"{Environment.NewLine}  and {errors.Count - ListedFindings} more")
            : "";
        return new HostingException(
            ErrorIds.InventoryInvalid,
            HostingErrorCategory.InvalidData,
            document.Path,
            string.Create(CultureInfo.InvariantCulture, $"The inventory '{document.Path}' has {errors.Count} {(errors.Count == 1 ? "error" : "errors")}:{string.Concat(lines)}{more}"),
            "Mend them and check with Test-HostingInventory; docs/inventory.md explains each code.");
    }
}
