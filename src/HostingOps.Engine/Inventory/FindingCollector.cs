using HostingOps.Engine.Inventory.Yaml;

namespace HostingOps.Engine.Inventory;

/// <summary>Gathers the findings of one file: each once, at most <see cref="Limit"/> per severity.</summary>
internal sealed class FindingCollector(string path)
{
    public const int Limit = 1000;

    private readonly List<InventoryFinding> findings = [];
    // An alias makes the reader pass the same place many times; what is wrong there is said once.
    private readonly HashSet<(string Code, int Line, int Column, string Message)> seen = [];
    private int errors;
    private int warnings;
    private int dropped;

    public bool HasErrors => errors > 0;

    public void Add(InventoryRule rule, YamlValue at, string message, string? fix = null) =>
        Add(rule, at.Line, at.Column, message, fix);

    public void Add(InventoryRule rule, int line, int column, string message, string? fix = null)
    {
        if (!seen.Add((rule.Code, line, column, message)))
        {
            return;
        }

        var count = rule.Severity == FindingSeverity.Error ? ++errors : ++warnings;
        if (count > Limit)
        {
            dropped++;
            return;
        }

        findings.Add(new InventoryFinding
        {
            Severity = rule.Severity,
            Code = rule.Code,
            Message = message,
            SuggestedFix = fix ?? rule.Remedy + ".",
            Path = path,
            Line = line,
            Column = column,
        });
    }

    public IReadOnlyList<InventoryFinding> ToList()
    {
        var ordered = findings.OrderBy(static finding => finding.Line).ThenBy(static finding => finding.Column).ToList();
        if (dropped > 0)
        {
            var last = ordered[^1];
            ordered.Add(new InventoryFinding
            {
                Severity = InventoryRules.MoreFindings.Severity,
                Code = InventoryRules.MoreFindings.Code,
                Message = FormattableString.Invariant($"{dropped} more findings are not listed."),
                SuggestedFix = InventoryRules.MoreFindings.Remedy + ".",
                Path = path,
                Line = last.Line,
                Column = last.Column,
            });
        }

        return ordered;
    }
}
