using HostingOps.Engine;
using HostingOps.Engine.Apex.Checks;
using HostingOps.Engine.Dns.Audit;
using HostingOps.Testing;

namespace HostingOps.Sandbox.Tests.World;

/// <summary>In good times, nobody finds anything wrong with the names of a rehearsal; and nothing outside is asked.</summary>
public sealed class Audits_in_a_sandbox
{
    [Fact]
    public async Task Find_every_name_where_it_should_lead()
    {
        using var folder = new TemporaryFolder();
        var sample = SampleInventory.Create();
        var international = sample.Sites[0] with { Name = "eiscafe", Domain = "xn--eiscaf-gva.example", Aliases = [], Record = "eiscafe." + sample.Zone };
        await using var sandbox = await QuickSandbox.StartAsync(
            sample with { Sites = [.. sample.Sites, international], Apex = new ApexSettings { ElasticIp = "198.51.100.99" } }, QuickSandbox.Options);
        await using var workspace = HostingWorkspace.Open(
            new WorkspaceOptions { InventoryPath = sandbox.InventoryPath, StatePath = folder.Combine("state.db") }, SilentReporter.Instance);

        var audits = await ToListAsync(workspace.AuditDnsAsync(workspace.Inventory.Sites, new SiteDnsAuditOptions(), CancellationToken.None));
        var tests = await ToListAsync(workspace.TestApexRedirectsAsync(null, new ApexRedirectTestOptions(), CancellationToken.None));

        Assert.Equal(workspace.Inventory.Sites.Count, audits.Count);
        Assert.All(audits, static audit => Assert.True(audit.Status == SiteDnsStatus.Passed, $"{audit.SiteName}: {string.Join(' ', audit.Findings.Select(static finding => finding.Seen))}"));
        Assert.Contains(tests, static test => test is { Host: "xn--eiscaf-gva.example", Scheme: "https" });
        Assert.All(tests, static test => Assert.True(test.Outcome == ApexRedirectOutcome.Passed, $"{test.Host}: {string.Join(' ', test.Findings.Select(static finding => finding.Message))}"));
    }

    private static async Task<List<T>> ToListAsync<T>(IAsyncEnumerable<T> items)
    {
        var list = new List<T>();
        await foreach (var item in items)
        {
            list.Add(item);
        }

        return list;
    }
}
