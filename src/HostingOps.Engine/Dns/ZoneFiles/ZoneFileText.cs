using HostingOps.Engine.Dns.ZoneFiles.Bind;
using HostingOps.Engine.Dns.ZoneFiles.Yaml;
using HostingOps.Engine.Inventory;
using HostingOps.Engine.Inventory.Yaml;

namespace HostingOps.Engine.Dns.ZoneFiles;

/// <summary>Hosted zones as text, and back.</summary>
public static class ZoneFileText
{
    /// <summary>Writes the record sets of a zone. The same sets give the same text, whatever their order.</summary>
    /// <returns>The text, lines ending in LF, and the record sets that a name server would not serve from it.</returns>
    public static (string Text, IReadOnlyList<DnsRecordSet> NotServed) Write(ZoneFileFormat format, string zone, IReadOnlyList<DnsRecordSet> sets)
    {
        ArgumentNullException.ThrowIfNull(zone);
        ArgumentNullException.ThrowIfNull(sets);
        return format == ZoneFileFormat.Yaml ? (ZoneYamlWriter.Write(zone, sets), []) : new BindWriter(zone).Write(sets);
    }

    /// <summary>Reads a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="format">Its form, or null to tell by the text.</param>
    /// <param name="zone">The zone's name when the text does not say it.</param>
    /// <param name="path">For messages.</param>
    /// <exception cref="HostingException">ZoneFileInvalid, with line and column of each problem.</exception>
    public static ZoneFile Read(string text, ZoneFileFormat? format, string zone, string path)
    {
        ArgumentNullException.ThrowIfNull(text);
        var problems = new ZoneFileProblems(path);
        var findings = new FindingCollector(path);
        var clean = InventoryText.Checked(text, findings);
        problems.Add(findings);
        problems.Throw();
        return Parse(clean!, format, zone, problems);
    }

    /// <summary>Reads a file of at most 16 MiB, in UTF-8 or UTF-16.</summary>
    /// <param name="path">The file.</param>
    /// <param name="format">Its form, or null to tell by its name's ending (yml, yaml), then by the text.</param>
    /// <param name="zone">The zone's name when the file does not say it.</param>
    /// <exception cref="HostingException">ZoneFileUnreadable, ZoneFileInvalid.</exception>
    public static ZoneFile Load(string path, ZoneFileFormat? format, string zone)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var problems = new ZoneFileProblems(path);
        var findings = new FindingCollector(path);
        string? text;
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            text = InventoryText.Read(stream, findings);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            var missing = refused is FileNotFoundException or DirectoryNotFoundException;
            throw new HostingException(
                ErrorIds.ZoneFileUnreadable,
                missing ? HostingErrorCategory.ObjectNotFound : HostingErrorCategory.ResourceUnavailable,
                path,
                missing ? $"There is no zone file '{path}'."
                : Directory.Exists(path) ? $"'{path}' is a folder; a zone file was expected."
                : $"The zone file '{path}' can't be read: {refused.Message}",
                "Check the path, and that your account may read the file.",
                refused);
        }

        problems.Add(findings);
        problems.Throw();
        var byName = Path.GetExtension(path).ToLowerInvariant() is ".yml" or ".yaml" ? ZoneFileFormat.Yaml : (ZoneFileFormat?)null;
        return Parse(text!, format ?? byName, zone, problems);
    }

    private static ZoneFile Parse(string text, ZoneFileFormat? format, string zone, ZoneFileProblems problems)
    {
        var read = (format ?? FormatOf(text)) == ZoneFileFormat.Yaml ? ZoneYamlReader.Read(text, problems) : BindReader.Read(text, zone, problems);
        if (read is { } file && !problems.Any)
        {
            if (file.Sets.Count == 0)
            {
                problems.Add(1, 1, "The file has no records.");
            }

            ZoneFileRules.Check(file.Zone, file.Sets, problems);
        }

        problems.Throw();
        return new ZoneFile(read!.Value.Zone, [.. read.Value.Sets.Select(static placed => placed.Set)]);
    }

    // Our YAML begins with "version:" behind its comments, which no record of a zone file does.
    private static ZoneFileFormat FormatOf(string text)
    {
        foreach (var raw in text.AsSpan().EnumerateLines())
        {
            var line = raw.Trim();
            if (line.Length > 0 && line[0] != '#' && !line.SequenceEqual("---"))
            {
                return line.StartsWith("version:", StringComparison.Ordinal) || line.StartsWith("zone:", StringComparison.Ordinal)
                    || line.StartsWith("recordSets:", StringComparison.Ordinal) || line[0] == '{'
                        ? ZoneFileFormat.Yaml
                        : ZoneFileFormat.Bind;
            }
        }

        return ZoneFileFormat.Bind;
    }
}
