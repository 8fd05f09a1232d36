using HostingOps.EndToEnd.Tests.World;
using HostingOps.Testing;
using HostingOps.Testing.HardSites;
using HostingOps.Testing.Http;

namespace HostingOps.EndToEnd.Tests.Mirror;

/// <summary>The hard site saved by the cmdlet, served by a real nginx from the configuration that the cmdlet makes, and compared URL by URL.</summary>
public sealed class HardMirrorTests
{
    [SkippableFact]
    public async Task The_hard_site_is_served_as_a_perfect_mirror_would_and_nothing_was_asked_that_must_not_be()
    {
        SkipWhereItCannotRun();
        await using var site = HardSite.Begin();
        using var world = new MirrorWorld(site.Port, "connections: 6");

        var saved = await world.SaveAsync();

        Assert.Equal([], site.Violations());
        Assert.InRange(site.MostAtOnce, 1, 6);
        Assert.True(world.Summary.GetProperty("isWhole").GetBoolean(), saved.ToString());
        await world.ServeAsync();
        Assert.Equal([], await MirrorJudge.FaultsAsync(world.Visitor, Expected(site)));
        Assert.Equal(503, (await world.Visitor.AskAsync("/forms.html", "POST")).Status);
        Assert.Equal(200, (await world.Visitor.AskAsync("/about?utm_source=letter&fbclid=x")).Status);
        Assert.NotNull((await world.Visitor.AskAsync("/about")).Header("X-Mirror-Age"));
        using var stranger = new SiteVisitor("other.example", world.Port);
        await Assert.ThrowsAsync<HttpRequestException>(() => stranger.AskAsync("/about"));
        NothingSecretAndNothingOutside(world);

        // Again, with nothing changed: most is confirmed by 304 or spared, and what is served is the same.
        var sent = site.BodyBytes;
        site.Forget();
        _ = await world.SaveAsync();
        Assert.Equal([], site.Violations());
        Assert.Equal(2, world.Generations.Length);
        Assert.True(site.BodyBytes - sent < sent / 2, $"{site.BodyBytes - sent} bytes after {sent}");
    }

    [SkippableFact]
    public async Task A_visitor_of_the_mirror_sees_what_one_of_the_origin_sees()
    {
        SkipWhereItCannotRun();
        using var browser = new Browser();
        await using var site = HardSite.Begin();
        using var world = new MirrorWorld(site.Port, "connections: 6");
        _ = await world.SaveAsync();
        await world.ServeAsync();

        foreach (var path in (string[])["/pictures.html", "/styles.html", "/unicode.html", "/charset/windows-1252"])
        {
            await browser.CompareAsync(MirrorWorld.HostName, path, site.Port, world.Port, colours: 3);
        }
    }

    [SkippableFact]
    public async Task What_never_comes_whole_is_not_served_and_a_run_that_lost_it_does_not_replace_a_whole_one()
    {
        SkipWhereItCannotRun();
        await using var site = HardSite.Begin(new HardSiteOptions { IsWounded = true });
        using var world = new MirrorWorld(site.Port, "connections: 6, maxFileBytes: 2MiB, exclude: [\"/wounds.html\"]");
        _ = await world.SaveAsync();
        Assert.True(world.Summary.GetProperty("isWhole").GetBoolean());
        var whole = world.Current;

        world.Desk.WriteInventory(File.ReadAllText(world.Desk.Home.Combine("hosting.yml")).Replace("/wounds.html", "/nothing.html", StringComparison.Ordinal));
        var sent = site.BodyBytes;
        var run = await world.Desk.PowerShellAsync($"Save-SiteMirror {MirrorWorld.Site} -Confirm:$false -ErrorAction SilentlyContinue -WarningAction SilentlyContinue | ConvertTo-Json -Depth 4 -EnumsAsStrings");

        Assert.Equal(whole, world.Current);
        Assert.Contains("500", run.Out, StringComparison.Ordinal);
        Assert.True(site.BodyBytes - sent < 100L << 20, $"{site.BodyBytes - sent} bytes were sent, of endless ones too");
        await world.ServeAsync();
        Assert.Equal([], await MirrorJudge.FaultsAsync(world.Visitor, Expected(site).Where(static wanted => wanted.Url != "/wounds.html")));
    }

    [SkippableFact]
    public async Task When_the_origin_begins_to_answer_500_midway_the_copy_that_is_served_stays_as_it_was()
    {
        SkipWhereItCannotRun();
        await using var site = HardSite.Begin();
        using var world = new MirrorWorld(site.Port, "connections: 6");
        _ = await world.SaveAsync();
        var whole = world.Current;

        site.Forget(failAfter: 150);
        var run = await world.Desk.PowerShellAsync($"Save-SiteMirror {MirrorWorld.Site} -Confirm:$false -WarningAction SilentlyContinue | ConvertTo-Json -Depth 4 -EnumsAsStrings");

        Assert.True(site.Requests.Count > 150);
        Assert.True(site.Requests.Count < 250, $"A site in trouble was asked {site.Requests.Count - 150} times more.");
        Assert.Equal(whole, world.Current);
        Assert.Contains("500", run.Out + run.Error, StringComparison.Ordinal);
        await world.ServeAsync();
        Assert.Equal([], await MirrorJudge.FaultsAsync(world.Visitor, Expected(site)));
    }

    [SkippableFact]
    public async Task Killed_midway_it_leaves_the_current_copy_alone_and_the_next_run_goes_on_where_it_was()
    {
        SkipWhereItCannotRun();
        await using var site = HardSite.Begin();
        using var world = new MirrorWorld(site.Port, "connections: 4");
        site.Latency = TimeSpan.FromMilliseconds(15);
        using (var save = world.BeginSave())
        {
            await Eventually.TrueAsync(() => site.Requests.Count >= 200, save);
            await save.DieAsync();
        }

        Assert.False(Path.Exists(Path.Combine(world.Mirrors, MirrorWorld.Site, "current")));
        site.Latency = TimeSpan.Zero;
        var before = site.Requests.Select(static one => one.Request.Target).ToHashSet();
        var counters = site.Requests.Count;
        site.Forget();
        _ = await world.SaveAsync();

        // What was under way when it died, and what is asked at each beginning, is asked again.
        var twice = site.Requests.Count(one => before.Contains(one.Request.Target));
        Assert.True(twice < counters / 4, $"{twice} of {counters} were asked again.");
        Assert.True(world.Summary.GetProperty("isWhole").GetBoolean());
        await world.ServeAsync();
        Assert.Equal([], await MirrorJudge.FaultsAsync(world.Visitor, Expected(site)));
    }

    // An inventory's asset host has no port, and no test may take port 80: the tests of the crawl see to asset hosts.
    private static IEnumerable<HardAnswer> Expected(HardSite site) => site.Expected.Where(static wanted => wanted.Trap != "asset host");

    private static void NothingSecretAndNothingOutside(MirrorWorld world)
    {
        var files = Directory.EnumerateFiles(world.Desk.Home.Path, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None }).ToArray();
        Assert.DoesNotContain(files, static path => path.Contains("escaped-", StringComparison.Ordinal) && !path.Contains("/content/", StringComparison.Ordinal));
        Assert.DoesNotContain(files, static path => path.EndsWith("evil.csv", StringComparison.Ordinal));
        Assert.All(files.Where(static path => path.Contains("/mirrors/", StringComparison.Ordinal)), static path => Assert.DoesNotContain("s3cr3t-cookie", File.ReadAllText(path), StringComparison.Ordinal));
        Assert.False(File.Exists("/escaped-1.html") || File.Exists("/tmp/escaped-2.html"));
    }

    private static void SkipWhereItCannotRun()
    {
        Skip.If(OperatingSystem.IsWindows() || OperatingSystem.IsMacOS(), "Only 127.0.0.1 is configured on this system's loopback.");
        _ = RealPart.Require("nginx");
        _ = RealPart.Require("pwsh");
    }
}
