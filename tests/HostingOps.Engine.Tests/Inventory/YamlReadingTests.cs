using System.Text;
using HostingOps.Engine.Inventory;
using HostingOps.Testing;
using static HostingOps.Engine.Tests.Inventory.InventoryYaml;

namespace HostingOps.Engine.Tests.Inventory;

public sealed class YamlReadingTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    public static TheoryData<string, int, int, string> BrokenYaml => new()
    {
        { "a: b: c\n", 1, 5, "A ': ' stands inside" },
        { "a: [1, 2\nb: 3\n", 1, 4, "The '[' that opens here" },
        { "a: {x: 1\nb: 2\n", 1, 4, "The '{' that opens here" },
        { "a: [1, {x: 2 ]\n", 1, 8, "The '{' that opens here" },
        { "a: [1 2, }\n", 1, 4, "The '[' that opens here" },
        { "a: \"abc\nb: 2\n", 1, 4, "The quote that opens here is not closed" },
        { "a: 'abc\nb: 2\n", 1, 4, "The quote that opens here is not closed" },
        { "a:\n\tb: 1\n", 2, 1, "A tab stands in the indentation" },
        { "a:\n  b: 1\n \tc: 2\n", 3, 2, "A tab stands in the indentation" },
        { "a:\n  b: 1\n c: 2\n", 3, 2, "A 'key: value' was expected" },
        { "a: @x\n", 1, 4, "cannot begin with this character" },
        { "a: ]\n", 1, 4, "A value was expected here" },
        { "a: &\n", 1, 4, "without a name" },
        { "a: \"\\q\"\n", 1, 4, "A backslash in double quotes" },
        { "a: - b\n", 1, 4, "A list begins on the line of its key" },
        { "a:\n - b\n c: d\n", 3, 2, "A list item '- ' was expected" },
        { "a: 1\nb\nc: 1\n", 2, 1, "A 'key: value' was expected" },
        { "a: >x\n", 1, 4, "The '|' or '>' here" },
        { "a: !<x\n", 1, 4, "A '!' begins a YAML tag" },
        { "%YAML 3.0\n---\na: 1\n", 1, 1, "%YAML directive" },
        { "a: [\n", 1, 4, "The '[' that opens here" },
    };

    [Theory]
    [MemberData(nameof(BrokenYaml))]
    public void Broken_YAML_is_one_finding_in_plain_words(string yaml, int line, int column, string says)
    {
        var finding = Single(yaml);

        Assert.Equal("INV001", finding.Code);
        Assert.Equal((line, column), (finding.Line, finding.Column));
        Assert.Contains(says, finding.Message, StringComparison.Ordinal);
        Assert.False(string.IsNullOrEmpty(finding.SuggestedFix));
    }

    [Fact]
    public void Any_cut_or_spoiled_file_gives_findings_and_never_an_exception()
    {
        var sample = File.ReadAllText(RepositoryRoot.Combine("samples", "hosting.yml"));
        var random = new Random(20260301);
        const string Spoilers = "{}[]:,&*!|>'\"%@`#-?\t\n \\~<x0\u00e9";
        for (var round = 0; round < 600; round++)
        {
            var spoiled = new StringBuilder(round % 3 == 0 ? sample[..random.Next(sample.Length)] : sample);
            for (var change = random.Next(4); change >= 0; change--)
            {
                spoiled.Insert(random.Next(spoiled.Length + 1), Spoilers[random.Next(Spoilers.Length)]);
            }

            var document = Parse(spoiled.ToString());

            Assert.True(document.IsValid || document.Findings.Count > 0);
            Assert.All(document.Findings, static finding => Assert.True(finding is { Line: > 0, Column: > 0 }));
        }
    }

    [Fact]
    public void A_bomb_of_aliases_is_refused_before_it_goes_off()
    {
        var bomb = new StringBuilder("x-0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
        for (var level = 1; level < 12; level++)
        {
            bomb.Append($"x-{level}: &a{level} [{string.Join(", ", Enumerable.Repeat($"*a{level - 1}", 10))}]\n");
        }

        var finding = Single(And(bomb.ToString()));

        Assert.Equal("INV003", finding.Code);
        Assert.Contains("1000000 values", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bomb_of_merges_is_refused_as_well()
    {
        var wide = string.Join(", ", Enumerable.Range(0, 1000).Select(static number => $"k{number}: [a, b, c, d, e, f, g, h, i, j]"));
        var merges = string.Concat(Enumerable.Range(0, 200).Select(static number => $"x-m{number}: {{ <<: *wide }}\n"));

        Assert.Equal("INV003", Single(And($"x-w: &wide {{ {wide} }}\n{merges}")).Code);
    }

    [Fact]
    public void A_document_may_be_32_levels_deep_and_no_deeper_with_or_without_aliases()
    {
        Assert.True(Parse(And($"x-a: {new string('[', 31)}{new string(']', 31)}\n")).IsValid);
        Assert.Equal("INV003", Single(And($"x-a: {new string('[', 32)}{new string(']', 32)}\n")).Code);
        Assert.Equal("INV003", Single(And($"x-a: &deep {new string('[', 20)}{new string(']', 20)}\nx-b: {new string('[', 15)}*deep{new string(']', 15)}\n")).Code);
    }

    [Fact]
    public void A_hundred_thousand_brackets_do_not_overflow_the_stack()
    {
        Assert.Equal("INV003", Single(new string('[', 100_000)).Code);
    }

    [Fact]
    public void A_file_over_16_MiB_is_refused()
    {
        var path = folder.Write("hosting.yml", Good + "# " + new string('x', 16 * 1024 * 1024));

        var finding = Assert.Single(InventoryLoader.Load(path).Findings);

        Assert.Equal("INV003", finding.Code);
        Assert.Contains("16 MiB", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Aliases_and_merge_keys_work_and_own_keys_win()
    {
        var inventory = Load(And("""
                check: &slow { timeout: 9s, interval: 90s }
              beta:
                domain: beta.example
                primary: li-1
                secondary: do-1
                check: *slow
              gamma:
                domain: gamma.example
                primary: li-1
                secondary: do-1
                check: { <<: *slow, timeout: 7s }
            """));

        Assert.Equal(
            [(9, 90), (9, 90), (7, 90)],
            inventory.Sites.Select(static site => ((int)site.Check.Timeout.TotalSeconds, (int)site.Check.Interval.TotalSeconds)));
    }

    public static TheoryData<string> EncodingNames => ["utf-8", "utf-16", "utf-16BE", "utf-32", "utf-32BE"];

    [Theory]
    [MemberData(nameof(EncodingNames))]
    public void Every_Unicode_encoding_with_a_byte_order_mark_reads_alike(string name)
    {
        var encoding = Encoding.GetEncoding(name);
        var path = folder.Combine("hosting.yml");
        File.WriteAllBytes(path, [.. encoding.GetPreamble(), .. encoding.GetBytes(With("acme.example", "café.example"))]);

        var document = InventoryLoader.Load(path);

        Assert.Empty(document.Findings);
        Assert.Equal("xn--caf-dma.example", document.Inventory!.Sites[0].Domain);
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public void UTF_16_without_a_byte_order_mark_is_recognized(string name)
    {
        var path = folder.Combine("hosting.yml");
        File.WriteAllBytes(path, Encoding.GetEncoding(name).GetBytes(Good));

        Assert.Empty(InventoryLoader.Load(path).Findings);
    }

    [Fact]
    public void Bytes_that_are_no_UTF_8_are_reported_at_their_place()
    {
        var path = folder.Combine("hosting.yml");
        File.WriteAllBytes(path, Encoding.Latin1.GetBytes(With("acme.example", "café.example")));

        var finding = Assert.Single(InventoryLoader.Load(path).Findings);

        Assert.Equal(("INV002", 8, 16), (finding.Code, finding.Line, finding.Column));
        Assert.Contains("UTF-8", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CRLF_reads_like_LF_with_the_same_places()
    {
        var yaml = Site("ttl: sixty");

        Assert.Equivalent(Single(yaml), Single(yaml.ReplaceLineEndings("\r\n")));
        Assert.True(Parse(Good.ReplaceLineEndings("\r\n")).IsValid);
    }

    [Fact]
    public void Tags_are_refused_and_nothing_is_made_of_them()
    {
        var findings = Parse(And("x-a: !!python/object/apply:os.system [touch owned]\nx-b: !<tag:yaml.org,2002:System.IO.FileInfo> /etc/passwd\nx-c: !!str 1\n")).Findings;

        Assert.Equal(["INV006", "INV006", "INV006"], findings.Select(static finding => finding.Code));
        Assert.Equal(["INV006"], Parse(With("zone: sites", "zone: !local sites")).Findings.Select(static finding => finding.Code));
    }
}
