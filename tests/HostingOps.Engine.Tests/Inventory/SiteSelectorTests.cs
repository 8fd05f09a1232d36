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
        Assert.Equal(expected, string.Join(' ', new SiteSelector(Inventory).Select(patterns).Select(static site => site.Name)));
    }

    [Fact]
    public void No_patterns_choose_all()
    {
        Assert.Equal(4, new SiteSelector(Inventory).Select(null).Count);
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
        var error = Assert.Throws<HostingException>(() => new SiteSelector(Inventory).Select(["acme", name]));

        Assert.Equal((ErrorIds.SiteNotFound, HostingErrorCategory.ObjectNotFound), (error.ErrorId, error.Category));
        Assert.Contains(action, error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void A_set_left_open_is_InvalidArgument()
    {
        Assert.Equal(ErrorIds.InvalidArgument, Assert.Throws<HostingException>(() => new SiteSelector(Inventory).Select(["acme["])).ErrorId);
    }

    [Fact]
    public void Only_the_first_of_many_unknown_names_get_a_suggestion_and_a_domain_always_gets_its_site()
    {
        var selector = new SiteSelector(Inventory);
        var actions = Enumerable.Range(0, SiteSelector.MostSuggestions + 5)
            .Select(_ => Assert.Throws<HostingException>(() => selector.Select(["acmee"])).RecommendedAction!).ToArray();

        Assert.All(actions.Take(SiteSelector.MostSuggestions), static action => Assert.StartsWith("Did you mean '", action, StringComparison.Ordinal));
        Assert.All(actions.Skip(SiteSelector.MostSuggestions), static action => Assert.Equal("Get-HostedSite lists the names.", action));
        var domain = Inventory.Sites[0].Domain;
        Assert.Contains(
            $"'{Inventory.Sites[0].Name}'", Assert.Throws<HostingException>(() => selector.Select([domain])).RecommendedAction, StringComparison.Ordinal);
    }
}
