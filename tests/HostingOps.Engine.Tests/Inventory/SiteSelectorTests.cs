using HostingOps.Engine.Inventory;

namespace HostingOps.Engine.Tests.Inventory;

public sealed class SiteSelectorTests
{
    private static readonly HostingInventory Inventory = InventoryYaml.Load(InventoryYaml.And("""
          bakery: { domain: bakery.example, aliases: [bread.example], primary: li-1, secondary: do-1 }
          clinic-1: { domain: clinic1.example, primary: li-1, secondary: do-1 }
          clinic-2: { domain: clinic2.example, primary: do-1, secondary: li-1 }
        """));

    public static TheoryData<string[], string> Choices => new()
    {
        { [], "acme bakery clinic-1 clinic-2" },
        { ["acme"], "acme" },
        { ["ACME"], "acme" },
        { ["clinic*"], "clinic-1 clinic-2" },
        { ["clinic-?"], "clinic-1 clinic-2" },
        { ["CLINIC-[2-9]"], "clinic-2" },
        { ["clinic-2", "acme", "*-2"], "acme clinic-2" },
        { ["nothing*"], "" },
        { ["`acme"], "acme" },
        { ["*"], "acme bakery clinic-1 clinic-2" },
    };

    [Theory]
    [MemberData(nameof(Choices))]
    public void Names_and_wildcards_choose_sites_once_and_in_the_files_order(string[] patterns, string expected)
    {
        Assert.Equal(expected, string.Join(' ', SiteSelector.Select(Inventory, patterns).Select(static site => site.Name)));
    }

    [Fact]
    public void No_patterns_choose_all()
    {
        Assert.Equal(4, SiteSelector.Select(Inventory, null).Count);
    }

    [Theory]
    [InlineData("bakrey", "Did you mean 'bakery'?")]
    [InlineData("clin", "Get-HostedSite")]
    [InlineData("bak", "Did you mean 'bakery'?")]
    [InlineData("www.bakery.example", "domain of the site 'bakery'")]
    [InlineData("bread.example", "domain of the site 'bakery'")]
    [InlineData("`*", "Get-HostedSite")]
    [InlineData("", "Get-HostedSite")]
    public void A_name_that_is_no_sites_is_SiteNotFound_with_the_nearest(string name, string action)
    {
        var error = Assert.Throws<HostingException>(() => SiteSelector.Select(Inventory, ["acme", name]));

        Assert.Equal((ErrorIds.SiteNotFound, HostingErrorCategory.ObjectNotFound), (error.ErrorId, error.Category));
        Assert.Contains(action, error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void A_set_left_open_is_InvalidArgument()
    {
        Assert.Equal(ErrorIds.InvalidArgument, Assert.Throws<HostingException>(() => SiteSelector.Select(Inventory, ["acme["])).ErrorId);
    }
}
