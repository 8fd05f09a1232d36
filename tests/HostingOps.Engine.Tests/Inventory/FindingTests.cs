using HostingOps.Engine.Inventory;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.Inventory;

public sealed class FindingTests
{
    public static TheoryData<FindingCase> Cases => [.. FindingCases.All];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_finding_names_its_code_place_and_fix(FindingCase example)
    {
        var mark = example.Yaml.IndexOf('§', StringComparison.Ordinal);
        var yaml = example.Yaml.Remove(mark, 1);
        var before = yaml[..mark];
        var rule = InventoryRules.All.Single(candidate => candidate.Code == example.Code);

        var document = InventoryYaml.Parse(yaml);

        Assert.True(document.Findings.Count == 1, string.Join(Environment.NewLine, document.Findings));
        var finding = document.Findings[0];
        Assert.Equal(example.Code, finding.Code);
        Assert.Equal(rule.Severity, finding.Severity);
        Assert.Contains(example.Says, finding.Message, StringComparison.Ordinal);
        Assert.Contains(example.Fix, finding.SuggestedFix, StringComparison.Ordinal);
        Assert.Equal((1 + before.Count(static character => character == '\n'), mark - before.LastIndexOf('\n')), (finding.Line, finding.Column));
        Assert.Equal(InventoryYaml.FilePath, finding.Path);
        Assert.Equal(rule.Severity == FindingSeverity.Warning, document.IsValid);
    }

    [Fact]
    public void Every_code_has_a_case()
    {
        // INV053 counts other findings, and has a test of its own below.
        var untested = InventoryRules.All.Select(static rule => rule.Code).Except(FindingCases.All.Select(static example => example.Code));

        Assert.Equal(["INV053"], untested);
    }

    [Fact]
    public void Codes_run_from_INV001_without_a_gap()
    {
        Assert.Equal(
            Enumerable.Range(1, InventoryRules.All.Count).Select(static number => $"INV{number:D3}"),
            InventoryRules.All.Select(static rule => rule.Code));
    }

    [Fact]
    public void Every_code_is_in_the_docs_as_the_code_says_it()
    {
        var documented = File.ReadLines(RepositoryRoot.Combine("docs", "inventory.md")).Where(static line => line.StartsWith("| INV", StringComparison.Ordinal));

        Assert.Equal(InventoryRules.All.Select(static rule => $"| {rule.Code} | {rule.Severity} | {rule.Title} | {rule.Remedy} |"), documented);
    }

    [Fact]
    public void The_good_inventory_has_no_findings()
    {
        Assert.Empty(InventoryYaml.Parse(InventoryYaml.Good).Findings);
    }

    [Fact]
    public void Several_mistakes_are_all_reported_in_the_order_of_the_file()
    {
        var yaml = InventoryYaml.Good.Replace("203.0.113.10", "203.0.113", StringComparison.Ordinal) + "    ttl: sixty\n    check: { failAfter: 0, tiemout: 5s }\n";

        var findings = InventoryYaml.Parse(yaml).Findings;

        Assert.Equal(["INV028", "INV011", "INV012", "INV008"], findings.Select(static finding => finding.Code));
    }

    [Fact]
    public void A_thousand_findings_are_enough()
    {
        var sites = string.Concat(Enumerable.Range(0, 1500).Select(static number => $"  s{number}: {{ domain: s{number}.example, primary: do-1, secondary: li-1, ttl: 9999 }}\n"));

        var document = InventoryYaml.Parse(InventoryYaml.And(sites + "  broken: {}\n"));

        Assert.Equal(1000, document.Findings.Count(static finding => finding.Code == "INV041"));
        var last = document.Findings[^1];
        Assert.Equal(("INV053", FindingSeverity.Warning), (last.Code, last.Severity));
        Assert.Contains("500 more", last.Message, StringComparison.Ordinal);
        // Many warnings never hide an error.
        Assert.Equal(3, document.Findings.Count(static finding => finding.Code == "INV010"));
    }

    [Fact]
    public void A_mistake_in_the_defaults_is_reported_once_for_all_sites()
    {
        var yaml = InventoryYaml.And("  beta: { domain: beta.example, primary: li-1, secondary: do-1 }\ndefaults: { ttl: 3600, check: { timeout: 1m } }\n");

        Assert.Equal(["INV041", "INV043"], InventoryYaml.Parse(yaml).Findings.Select(static finding => finding.Code));
    }

    [Fact]
    public void A_mistake_behind_an_anchor_is_reported_once_for_all_its_aliases()
    {
        var yaml = InventoryYaml.And("    check: &check { failAfter: 0 }\n  beta: { domain: beta.example, primary: li-1, secondary: do-1, check: *check }\n");

        // The messages differ only in nothing: the place and the text are the anchor's.
        Assert.Equal("INV012", InventoryYaml.Single(yaml).Code);
    }

    [Fact]
    public void No_message_repeats_a_webhook_or_an_address_with_a_password()
    {
        var findings = InventoryYaml.Parse(InventoryYaml.And("""
            notifications: [{ webhook: "https://chat.example/T0/hunter2" }, { webhook: "chat hunter2" }, { webhook: "${hunter2 }" }]
            aws: { endpointUrl: "ftp://me:hunter2@x" }
            """)).Findings;

        Assert.Equal(4, findings.Count);
        Assert.DoesNotContain(findings, static finding => finding.ToString().Contains("hunter2", StringComparison.Ordinal));
    }
}
