using HostingOps.Engine.Apex.Redirects;
using HostingOps.Engine.Mirror.Serving;
using HostingOps.Engine.WebServers;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.Mirror.Serving;

/// <summary>Mirrors and the apex redirector in one nginx.</summary>
public sealed class BesideApexRedirectTests
{
    [SkippableTheory]
    [InlineData(true, ServerConfigTestOutcome.Failed)]
    [InlineData(false, ServerConfigTestOutcome.Passed)]
    public async Task Both_are_taken_in_one_http_block_when_the_mirrors_leave_the_sizes_of_maps_out(bool mapHash, ServerConfigTestOutcome expected)
    {
        RealPart.Require("nginx");
        using var folder = new TemporaryFolder();
        var mirror = new HandMadeMirror(folder.Path).Page("/list?page=" + new string('z', ServingTable.LongestKey - 11), ".mirror/files/z.html");
        await mirror.CompleteAsync();
        var site = TestSites.Acme() with { Mirror = new MirrorSettings { Folder = folder.Path } };
        HostedSite[] sites = [TestSites.Site("bakery"), site with { ApexRedirect = false }];

        var test = await new ServerConfigTester(TimeProvider.System).TestAsync(
            WebServerFormat.Nginx,
            "both.conf",
            listeners => NginxRedirectConfig.Write(ApexRedirectTable.Create(sites, wwwAliases: false), ApexRedirectSettings.Default, listeners).Text
                + MirrorConfigs.Write(WebServerFormat.Nginx, MirrorConfigTable.Create(sites, null).Single(), listeners, mapHash).Text,
            CancellationToken.None);

        Assert.True(test.Outcome == expected, test.Output);
        Assert.DoesNotContain("warn", test.Output, StringComparison.Ordinal);
        Assert.Equal(mapHash, test.Output.Contains("\"map_hash_max_size\" directive is duplicate", StringComparison.Ordinal));
    }

    [Fact]
    public void Without_mirrors_the_redirector_sets_no_larger_sizes_than_its_own()
    {
        Assert.Contains("map_hash_bucket_size 256;", Sizes(TestSites.Acme()), StringComparison.Ordinal);
        Assert.Contains("map_hash_bucket_size 4096;", Sizes(TestSites.Acme() with { Mirror = new MirrorSettings() }), StringComparison.Ordinal);

        static string Sizes(HostedSite site) => NginxRedirectConfig.Write(ApexRedirectTable.Create([site], wwwAliases: false), ApexRedirectSettings.Default).Text;
    }
}
