using HostingOps.Engine.Apex.Redirects;
using HostingOps.Engine.Tests.Inventory;
using HostingOps.Engine.WebServers;
using static HostingOps.Engine.Tests.Apex.Redirects.ApexSites;

namespace HostingOps.Engine.Tests.Apex.Redirects;

public sealed class ApexRedirectTableTests
{
    [Fact]
    public void Domains_and_aliases_lead_to_the_www_of_their_sites_domain()
    {
        var table = Acme();

        Assert.Equal(
            [("acme-legal.example", "www.acme-legal.example"), ("acmelaw.example", "www.acme-legal.example"), ("bakery.example", "www.bakery.example")],
            table.Redirects.Select(static redirect => (redirect.Host, redirect.Target)));
        Assert.Equal(["acme", "acme", "bakery"], table.Redirects.Select(static redirect => redirect.SiteName));
        Assert.Equal([ApexRedirectKind.Domain, ApexRedirectKind.Alias, ApexRedirectKind.Domain], table.Redirects.Select(static redirect => redirect.Kind));
        Assert.Equal(2, table.SiteCount);
        Assert.Equal("https://www.acme-legal.example//a?b=%0d", table.Redirects[1].LocationOf("//a?b=%0d"));
    }

    [Fact]
    public void The_order_is_that_of_the_characters_in_any_order_of_sites()
    {
        HostedSite[] sites = [Site("a", "z.example"), Site("b", "a-b.example", "aa.example"), Site("c", "xn--bcher-kva.example"), Site("d", "a.b.example")];

        var hosts = Table(sites).Redirects.Select(static redirect => redirect.Host).ToList();

        Assert.Equal(["a-b.example", "a.b.example", "aa.example", "xn--bcher-kva.example", "z.example"], hosts);
        Assert.Equal(hosts, Table([.. sites.Reverse()]).Redirects.Select(static redirect => redirect.Host));
    }

    [Fact]
    public void A_site_that_opts_out_is_left_alone()
    {
        var table = Table(Site("acme", "acme.example"), Site("shop", "shop.big.example", "shop2.example") with { ApexRedirect = false });

        Assert.Equal("acme.example", Assert.Single(table.Redirects).Host);
        Assert.Equal(1, table.SiteCount);
    }

    [Fact]
    public void The_www_of_an_alias_is_redirected_when_asked_for_and_never_the_www_that_visitors_end_at()
    {
        var table = ApexRedirectTable.Create([Site("acme", "acme.example", "law.example")], wwwAliases: true);

        Assert.Equal(["acme.example", "law.example", "www.law.example"], table.Redirects.Select(static redirect => redirect.Host));
        Assert.All(table.Redirects, static redirect => Assert.Equal("www.acme.example", redirect.Target));
    }

    [Theory]
    [InlineData("bücher.example", "xn--bcher-kva.example")]
    [InlineData("BÜCHER.Example.", "xn--bcher-kva.example")]
    [InlineData("straße.example", "xn--strae-oqa.example")]
    [InlineData("日本語。example", "xn--wgv71a119e.example")]
    [InlineData("xn--bcher-kva.example", "xn--bcher-kva.example")]
    public void International_domains_are_in_punycode_as_browsers_write_them(string domain, string expected)
    {
        var redirect = Assert.Single(Table(Site("a", domain)).Redirects);

        Assert.Equal((expected, "www." + expected), (redirect.Host, redirect.Target));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" acme.example")]
    [InlineData("acme.example\n")]
    [InlineData("acme")]
    [InlineData("*.acme.example")]
    [InlineData("acme.example:80")]
    [InlineData("[::1]")]
    [InlineData("198.51.100.7")]
    [InlineData("xn--a-\u0001.example")]
    [InlineData("xn--zzzzzzzz-.example")]
    [InlineData("acme\u200F.example")]
    [InlineData("\uD800.example")]
    [InlineData("www.acme.example")]
    [InlineData("default")]
    public void What_is_no_bare_domain_is_refused_with_its_sites_name(string domain)
    {
        foreach (var site in new[] { Site("odd-one", domain), Site("odd-one", "good.example", domain) })
        {
            var error = Assert.Throws<HostingException>(() => Table(Site("fine", "fine.example"), site));

            Assert.Equal((ErrorIds.ApexRedirectInvalid, "odd-one"), (error.ErrorId, error.Target));
            Assert.Contains("'odd-one'", error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', error.Message);
        }
    }

    [Theory]
    [InlineData("acme.example")]
    [InlineData("ACME.example.")]
    [InlineData("BÜCHER.example")]
    public void A_name_of_two_sites_is_refused_with_both(string again)
    {
        var error = Assert.Throws<HostingException>(() => Table(Site("one", "acme.example", "bücher.example"), Site("two", "two.example", again)));

        Assert.Equal(ErrorIds.ApexRedirectInvalid, error.ErrorId);
        Assert.Contains("'two'", error.Message, StringComparison.Ordinal);
        Assert.Contains("'one'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_site_to_redirect_is_an_error_and_no_empty_configuration()
    {
        Assert.Equal(ErrorIds.ApexRedirectInvalid, Assert.Throws<HostingException>(() => Table()).ErrorId);
        Assert.Equal(ErrorIds.ApexRedirectInvalid, Assert.Throws<HostingException>(() => Table(Site("a", "a.example") with { ApexRedirect = false })).ErrorId);
    }

    [Fact]
    public async Task A_workspace_gives_the_inventorys_redirects_with_its_own_settings()
    {
        var inventory = InventoryYaml.Load(InventoryYaml.Site("aliases: [law.example]") + "apex: { elasticIp: 198.51.100.99, redirect: { wwwAliases: true, status: 308 } }\n");
        await using var workspace = HostingWorkspace.Open(inventory, new WorkspaceOptions(), SilentReporter.Instance);

        var config = await workspace.CreateApexRedirectConfigAsync(null, WebServerFormat.Nginx, test: false, CancellationToken.None);

        Assert.Equal(["acme.example", "law.example", "www.law.example"], config.Redirects.Select(static redirect => redirect.Host));
        Assert.Equal(workspace.GetApexRedirects().Redirects, config.Redirects);
        Assert.Contains("return 308 ", config.Text, StringComparison.Ordinal);
        Assert.Equal((3, 1, ServerConfigTestOutcome.Skipped), (config.DomainCount, config.SiteCount, config.Test.Outcome));
        Assert.Equal(config.Checksum, ConfigChecksum.Stated(config.Text));
        Assert.Equal(inventory.Path, config.InventoryPath);
    }
}
