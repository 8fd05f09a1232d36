using System.Globalization;
using HostingOps.Engine.Inventory;

namespace HostingOps.Engine.Dns.ZoneFiles;

/// <summary>Gathers what is wrong in one file, by place.</summary>
internal sealed class ZoneFileProblems(string path)
{
    private const int Listed = 10;
    private readonly List<(int Line, int Column, string Message)> problems = [];

    public bool Any => problems.Count > 0;

    public void Add(int line, int column, string message) => problems.Add((line, column, message));

    /// <summary>Takes over what was found in a text that begins at that place of the file.</summary>
    public void Add(FindingCollector findings, int line = 1, int column = 1)
    {
        foreach (var finding in findings.ToList())
        {
            Add(line + finding.Line - 1, finding.Line == 1 ? column + finding.Column - 1 : finding.Column, $"{finding.Message} {finding.SuggestedFix}");
        }
    }

    /// <summary>Throws when there is anything.</summary>
    /// <exception cref="HostingException">ZoneFileInvalid, with the first problems.</exception>
    public void Throw()
    {
        if (!Any)
        {
            return;
        }

        var lines = problems.OrderBy(static problem => problem.Line).ThenBy(static problem => problem.Column).Take(Listed)
            .Select(problem => string.Create(CultureInfo.InvariantCulture, $"{Environment.NewLine}  {path}:{problem.Line}:{problem.Column} {problem.Message}"));
        var more = problems.Count > Listed ? string.Create(CultureInfo.InvariantCulture, $"{Environment.NewLine}  and {problems.Count - Listed} more") : "";
        throw new HostingException(
            ErrorIds.ZoneFileInvalid,
            HostingErrorCategory.InvalidData,
            path,
            string.Create(CultureInfo.InvariantCulture, $"The zone file '{path}' has {problems.Count} {(problems.Count == 1 ? "error" : "errors")}:{string.Concat(lines)}{more}"),
            "Nothing was changed. Mend the lines and run the command again; docs/zone-files.md describes both forms.");
    }
}
