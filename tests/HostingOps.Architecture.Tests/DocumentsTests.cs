using System.Reflection;
using System.Text.RegularExpressions;
using HostingOps.Testing;

namespace HostingOps.Architecture.Tests;

/// <summary>What the documents promise is there.</summary>
public sealed partial class DocumentsTests
{
    [Fact]
    public void Every_error_id_is_explained_once_and_no_other()
    {
        var ids = typeof(ErrorIds).GetFields(BindingFlags.Public | BindingFlags.Static).Select(static field => (string)field.GetRawConstantValue()!);
        var rows = ErrorRow().Matches(File.ReadAllText(RepositoryRoot.Combine("docs", "errors.md"))).Select(static match => match.Groups[1].Value);

        Assert.Equal(ids.Order(StringComparer.Ordinal), rows.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_error_id_reads_as_its_name()
    {
        Assert.All(
            typeof(ErrorIds).GetFields(BindingFlags.Public | BindingFlags.Static),
            static field => Assert.Equal(field.Name, field.GetRawConstantValue()));
    }

    [Fact]
    public void Links_between_the_documents_lead_somewhere()
    {
        var documents = Directory.EnumerateFiles(RepositoryRoot.Path, "*.md")
            .Concat(Directory.EnumerateFiles(RepositoryRoot.Combine("docs"), "*.md", SearchOption.AllDirectories))
            .Concat(Directory.EnumerateFiles(RepositoryRoot.Combine("bench"), "*.md", SearchOption.AllDirectories));
        var broken =
            from document in documents
            from Match match in Link().Matches(File.ReadAllText(document))
            let target = match.Groups[1].Value.Split('#')[0]
            where target.Length > 0 && !target.Contains("://", StringComparison.Ordinal)
            let path = Path.Combine(Path.GetDirectoryName(document)!, target)
            where !File.Exists(path) && !Directory.Exists(path)
            select $"{Path.GetRelativePath(RepositoryRoot.Path, document)} -> {target}";

        Assert.Equal([], broken);
    }

    [GeneratedRegex(@"^\| `(\w+)` \|", RegexOptions.Multiline)]
    private static partial Regex ErrorRow();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();
}
