using HostingOps.Testing.HardSites;

namespace HostingOps.EndToEnd.Tests.Mirror;

/// <summary>A site that has answers which never come whole.</summary>
public sealed class WoundedMirrorTests
{
    [SkippableFact]
    public async Task What_never_comes_whole_is_not_served_and_a_run_that_lost_it_does_not_replace_a_whole_one()
    {
        HardMirror.SkipWhereItCannotRun();
        await using var site = HardSite.Begin(new HardSiteOptions { IsWounded = true });
        using var world = new MirrorWorld(site.Port, "connections: 6, timeout: 3s, maxFileBytes: 2MiB, exclude: [\"/wounds.html\"]");
        _ = await world.SaveAsync();
        Assert.True(world.Summary.GetProperty("isWhole").GetBoolean(), world.Summary.ToString());
        var whole = world.Current;
        var expected = site.Expected.Where(static wanted => wanted.Trap != "asset host" && wanted.Url != "/wounds.html").ToList();

        world.Change("/wounds.html", "/nothing.html");
        var sent = site.BodyBytes;
        var run = await world.TrySaveAsync();

        Assert.Equal(whole, world.Current);
        Assert.Contains("500", run.Error, StringComparison.Ordinal);
        Assert.True(site.BodyBytes - sent < 100L << 20, $"{site.BodyBytes - sent} bytes were sent, of endless ones too");
        await world.ServeAsync();
        var faults = await MirrorJudge.FaultsAsync(world.Visitor, expected);
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }
}
