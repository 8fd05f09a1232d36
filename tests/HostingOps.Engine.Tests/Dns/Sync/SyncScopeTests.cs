using HostingOps.Engine.Dns.Sync;
using HostingOps.Engine.Inventory;

namespace HostingOps.Engine.Tests.Dns.Sync;

public sealed class SyncScopeTests
{
    private static readonly HostingInventory Agency = SyncWorld.InventoryOf(
        "agency", TestSites.Acme(), TestSites.Site("shop-1"), TestSites.Site("shop-2") with { Record = "two.shop.sites.example.net" });

    [Fact]
    public void Without_names_it_is_the_whole_zone()
    {
        var scope = Scope(new SyncOptions());

        Assert.True(scope.IsWhole);
        Assert.True(scope.NeedsListing);
        Assert.Equal(Agency.Sites, scope.Sites);
        Assert.True(scope.Concerns("gone"));
    }

    [Fact]
    public void Names_and_wildcards_mean_their_sites_and_only_these_names_are_read()
    {
        var scope = Scope(new SyncOptions { Sites = ["ACME", "*-2"] });

        Assert.Equal(["acme", "shop-2"], scope.Sites.Select(static site => site.Name));
        Assert.False(scope.NeedsListing);
        Assert.Equal(
            [
                "_hostingops-owner.acme.sites.example.net", "_hostingops-owner.two.shop.sites.example.net", "acme.sites.example.net",
                "shop.sites.example.net", "two.shop.sites.example.net",
            ],
            scope.NamesToRead.Order(StringComparer.Ordinal));
        Assert.Empty(scope.Adopted);
    }

    [Fact]
    public void A_name_that_is_no_sites_is_refused_and_when_pruning_only_if_no_site_of_ours_is_gone_by_it()
    {
        Assert.Equal(ErrorIds.SiteNotFound, Assert.Throws<HostingException>(() => Scope(new SyncOptions { Sites = ["acmee"] })).ErrorId);
        Assert.Equal(ErrorIds.SiteNotFound, Assert.Throws<HostingException>(() => Scope(new SyncOptions { Adopt = ["acmee"] })).ErrorId);
        var scope = Scope(new SyncOptions { Sites = ["gone", "acme", "x*"], Prune = true });
        var ours = new ZoneContents(SyncWorld.Reference, [SyncWorld.Claim("gone")], 1);
        var theirs = new ZoneContents(SyncWorld.Reference, [SyncWorld.Claim("gone", "other")], 1);

        scope.EnsureKnown(ours, "agency");
        Assert.Equal(ErrorIds.SiteNotFound, Assert.Throws<HostingException>(() => scope.EnsureKnown(theirs, "agency")).ErrorId);
        Assert.True(scope.NeedsListing);
        Assert.True(scope.Concerns("GONE"));
        Assert.False(scope.Concerns("shop-1"));
    }

    private static SyncScope Scope(SyncOptions options) => new(Agency, new SiteSelector(Agency), options);
}
