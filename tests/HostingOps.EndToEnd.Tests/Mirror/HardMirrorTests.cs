using System.Text;
using HostingOps.EndToEnd.Tests.World;
using HostingOps.Testing.HardSites;
using HostingOps.Testing.Http;

namespace HostingOps.EndToEnd.Tests.Mirror;

/// <summary>The hard site saved by the cmdlet, served by a real nginx from the configuration that the cmdlet makes, and compared URL by URL.</summary>
public sealed class HardMirrorTests(HardMirror mirror) : IClassFixture<HardMirror>
{
    private MirrorWorld World => mirror.World;

    private HardSite Site => mirror.Site;

    [SkippableFact]
    public async Task The_hard_site_is_served_as_a_perfect_mirror_would_and_nothing_was_asked_that_must_not_be()
    {
        await mirror.ReadyAsync();

        Assert.Equal([], mirror.Violations);
        Assert.All(mirror.Requests, one => Assert.Equal(one.Host == Site.HostName ? MirrorWorld.Secret : null, one.Request.Header("Authorization")));
        Assert.InRange(mirror.MostAtOnce, 1, HardMirror.Connections);
        Assert.True(World.Summary.GetProperty("isWhole").GetBoolean(), World.Summary.ToString());
        await ServedAsItShouldBeAsync();
        Assert.Equal(503, (await World.Visitor.AskAsync("/forms.html", "POST")).Status);
        Assert.Equal(200, (await World.Visitor.AskAsync("/about?utm_source=letter&fbclid=x")).Status);
        Assert.NotNull((await World.Visitor.AskAsync("/about")).Header("X-Mirror-Age"));
        using var stranger = new SiteVisitor("other.example", World.Port);
        await Assert.ThrowsAsync<HttpRequestException>(() => stranger.AskAsync("/about"));
        NothingSecretAndNothingOutside();
    }

    [SkippableFact]
    public async Task A_visitor_of_the_mirror_sees_what_one_of_the_origin_sees()
    {
        using var browser = new Browser();
        await mirror.ReadyAsync();

        foreach (var path in (string[])["/pictures.html", "/styles.html", "/unicode.html", "/assets.html"])
        {
            await browser.CompareAsync(MirrorWorld.HostName, path, Site.Port, World.Port, colours: 3);
        }

        // The asset host's pictures and style are not at the origin of the mirror's page but in the mirror.
        Assert.Contains(Site.Requests, one => one.Host == Site.AssetHost);
        Site.Forget();
        _ = await browser.LookAsync(MirrorWorld.HostName, "/assets.html", World.Port);
        Assert.Empty(Site.Requests);
    }

    [SkippableFact]
    public async Task Caddy_serves_the_same()
    {
        await mirror.ReadyAsync();

        using var visitor = await World.ServeByCaddyAsync();

        await ServedAsItShouldBeAsync(visitor);
        Assert.Equal(503, (await visitor.AskAsync("/forms.html", "POST")).Status);
        Assert.NotNull((await visitor.AskAsync("/about")).Header("X-Mirror-Age"));
    }

    [SkippableFact]
    public async Task A_second_run_takes_the_place_of_the_first_at_a_reload_and_most_of_what_has_not_changed_is_not_sent_again()
    {
        await mirror.ReadyAsync();
        var (before, sent) = (World.Current, Site.BodyBytes);

        _ = await World.SaveAsync();

        Assert.Equal([], Site.Violations());
        Assert.NotEqual(before, World.Current);
        Assert.True(Site.BodyBytes - sent < mirror.BodyBytes / 2, $"{Site.BodyBytes - sent} bytes after {mirror.BodyBytes}");
        Assert.NotEqual(World.Current, await World.ServedAsync());
        await World.ReloadAsync();
        Assert.Equal(World.Current, await World.ServedAsync());
        await ServedAsItShouldBeAsync();
    }

    [SkippableFact]
    public async Task When_the_origin_begins_to_answer_500_midway_the_copy_that_is_served_stays_as_it_was()
    {
        await mirror.ReadyAsync();
        var whole = World.Current;
        Site.Forget(failAfter: 150);

        var run = await World.TrySaveAsync();

        Assert.InRange(Site.Requests.Count, 151, 250);
        Assert.Equal(whole, World.Current);
        Assert.Contains("500", run.Error, StringComparison.Ordinal);
        await World.ReloadAsync();
        await ServedAsItShouldBeAsync();
    }

    [SkippableFact]
    public async Task Killed_midway_it_leaves_the_current_copy_alone_and_the_next_run_goes_on_where_it_was()
    {
        await mirror.ReadyAsync();
        var whole = World.Current;
        Site.Latency = TimeSpan.FromMilliseconds(15);
        using (var save = World.BeginSave())
        {
            // By then it has redirects, and where they lead.
            await save.UntilAsync(() => Site.Requests is { Count: >= 300 } asked && asked.Any(static one => one.Request.Target == "/r/permanent"));
            await save.DieAsync();
        }

        Assert.Equal(whole, World.Current);
        await World.ReloadAsync();
        await ServedAsItShouldBeAsync();
        Site.Latency = TimeSpan.Zero;
        var before = Site.Requests.Select(static one => one.Request.Target).ToHashSet();
        Site.Forget();
        _ = await World.SaveAsync();

        // What was under way when it died, and what is asked at each beginning, is asked again.
        var twice = Site.Requests.Count(one => before.Contains(one.Request.Target));
        Assert.True(twice < before.Count / 4, $"{twice} of {before.Count} were asked again.");
        Assert.NotEqual(whole, World.Current);
        Assert.True(World.Summary.GetProperty("isWhole").GetBoolean(), World.Summary.ToString());
        await World.ReloadAsync();
        await ServedAsItShouldBeAsync();
    }

    private async Task ServedAsItShouldBeAsync(SiteVisitor? visitor = null)
    {
        var faults = await MirrorJudge.FaultsAsync(visitor ?? World.Visitor, Site.Expected);
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    private void NothingSecretAndNothingOutside()
    {
        var files = Directory.EnumerateFiles(World.Desk.Home.Path, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None }).ToArray();
        Assert.DoesNotContain(files, static path => path.Contains("escaped-", StringComparison.Ordinal) && !path.Contains("/content/", StringComparison.Ordinal));
        Assert.DoesNotContain(files, static path => path.EndsWith("evil.csv", StringComparison.Ordinal));
        Assert.All(files.Where(static path => !path.EndsWith(".ps1", StringComparison.Ordinal)), static path => Assert.DoesNotContain("s3cr3t", Encoding.Latin1.GetString(File.ReadAllBytes(path)), StringComparison.Ordinal));
        Assert.False(File.Exists("/escaped-1.html") || File.Exists("/tmp/escaped-2.html"));
    }
}
