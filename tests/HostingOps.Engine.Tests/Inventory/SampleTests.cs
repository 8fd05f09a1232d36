using HostingOps.Engine.Inventory;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.Inventory;

public sealed class SampleTests
{
    [Fact]
    public void The_sample_loads_without_findings_and_half_its_sites_live_on_each_host()
    {
        var document = InventoryLoader.Load(RepositoryRoot.Combine("samples", "hosting.yml"));

        Assert.Empty(document.Findings);
        var inventory = document.Inventory!;
        Assert.Equal(8, inventory.Sites.Count);
        Assert.Equal(["do-1", "li-1"], inventory.Hosts.Keys);
        Assert.Equal(4, inventory.Sites.Count(static site => site.Primary.Name == "do-1"));
        Assert.All(inventory.Hosts.Values, static host => Assert.True(host is { Address: not null, AddressV6: not null }));
        Assert.Equal((5, 60), (inventory.Policy.MaxFailovers, inventory.Policy.MaxFailoverPercent));
        Assert.All(inventory.Sites, static site => Assert.Equal(TimeSpan.FromSeconds(1), site.Check.ConfirmInterval));
        // Hooks run for real, in a drill too.
        Assert.All(inventory.Sites, static site => Assert.Empty(site.Hooks.Fence.Concat(site.Hooks.Promote).Concat(site.Hooks.After)));
    }

    [Fact]
    public void The_starter_loads_without_findings_and_names_its_schema()
    {
        var starter = InventoryWriter.Starter("../module/hosting.schema.json");

        Assert.Empty(InventoryYaml.Parse(starter).Findings);
        Assert.StartsWith("# yaml-language-server: $schema=../module/hosting.schema.json\n", starter, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', starter);
        Assert.EndsWith("\n", starter, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("starter")]
    [InlineData("sample")]
    public void What_is_commented_out_loads_as_well_once_it_is_used(string which)
    {
        var text = which == "starter" ? InventoryWriter.Starter() : File.ReadAllText(RepositoryRoot.Combine("samples", "hosting.yml"));
        // A comment that is a key or a list item, not prose, becomes part of the file.
        var used = System.Text.RegularExpressions.Regex.Replace(text, @"(?m)^(\s*)# (?=\s*(hooks:|promote:|observerChecks:|notifications:|apex:|dynamicDns:|maintenance:|dnsAudit:|witnesses:|mirror:|- \{))", "$1");
        Assert.NotEqual(text, used);

        var document = InventoryYaml.Parse(used);

        Assert.Empty(document.Findings);
        Assert.NotNull(document.Inventory!.Apex);
        Assert.NotEmpty(document.Inventory.Sites.First(static site => site.Name == "acme").Hooks.Promote);
        Assert.NotEmpty(document.Inventory.Policy.ObserverChecks);
        Assert.NotEmpty(document.Inventory.DynamicDns);
        Assert.Equal(TimeSpan.FromMinutes(30), document.Inventory.DnsAudit.MaxSwitchTime);
        Assert.NotEmpty(document.Inventory.Notifications);
        Assert.Equal(["sun"], Assert.Single(document.Inventory.Maintenance).Weekly);
        Assert.Equal(["/calendar/*"], document.Inventory.Sites.First(static site => site.Name == "acme").Mirror!.Exclude);
        Assert.Equal("2 of 3", document.Inventory.Witnesses!.ToString());
    }

    [Fact]
    public void The_example_in_the_docs_loads()
    {
        var docs = File.ReadAllText(RepositoryRoot.Combine("docs", "inventory.md")).ReplaceLineEndings("\n");
        var start = docs.IndexOf("```yaml\n", StringComparison.Ordinal) + 8;
        var example = docs[start..docs.IndexOf("```", start, StringComparison.Ordinal)];

        // The certificate file of the example is not there.
        Assert.Equal("INV045", InventoryYaml.Single(example).Code);
    }

    [Fact]
    public void Every_key_is_in_the_docs_example()
    {
        var docs = File.ReadAllText(RepositoryRoot.Combine("docs", "inventory.md"));

        Assert.All(
            HostingOps.Engine.Inventory.Reading.InventoryKeys.All.SelectMany(static keys => keys.Keys).Distinct(),
            key => Assert.Contains(key + ":", docs, StringComparison.Ordinal));
    }
}
