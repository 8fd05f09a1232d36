using System.Text;
using HostingOps.Engine.Mirror.Checking;
using HostingOps.Engine.Mirror.Generations;
using HostingOps.Engine.Tests.Failover;
using HostingOps.Engine.Tests.Health;
using HostingOps.Engine.Tests.Mirror.Generations;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.Mirror.Checking;

/// <summary>Real answers of a server on loopback, compared with what is stored.</summary>
public sealed class MirrorTesterTests : IDisposable
{
    private const string Health = """{"site":"acme","generation":"20260301T120000Z","startedAt":"2026-03-01T12:00:00Z","pages":2,"isWhole":true}""";
    private readonly TemporaryFolder folder = new();
    private readonly ManualTimeProvider time = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task What_is_served_as_it_is_stored_is_good()
    {
        var summary = await SaveAsync();
        await using var server = Serving(summary);

        var test = await TestAsync(server);

        Assert.Equal((SiteMirrorStatus.Good, "acme", "li-1", summary.Id), (test.Status, test.SiteName, test.HostName, test.Generation));
        Assert.Equal((TimeSpan.FromHours(2), 2, true, 0, 1, 5), (test.Age, test.Pages, test.IsWhole, test.MissingAssets, test.BrokenLinks, test.Sampled));
        Assert.EndsWith("whole; 36 h are allowed. 5 samples are as stored.", test.Reason, StringComparison.Ordinal);
        Assert.Empty(test.Differences);
        Assert.Equal(6, server.Requests.Count);
        Assert.All(server.Requests, static request => Assert.Equal("www.acme.example", request.Host));
    }

    [Fact]
    public async Task What_is_served_otherwise_is_told_of_each()
    {
        var summary = await SaveAsync();
        await using var server = Serving(summary, request => request.Target switch
        {
            "/style.css" => LoopbackServer.Ok("other", "Content-Type: text/css\r\n"),
            "/q?a=%2e%2e" => LoopbackServer.Status("404 Not Found"),
            _ => null,
        });

        var test = await TestAsync(server);

        Assert.Equal(SiteMirrorStatus.Different, test.Status);
        Assert.Equal(["/q?a=%2e%2e: status 404 instead of status 200", "/style.css"], test.Differences.Select(static difference => difference.ToString()).Select(static text => text.StartsWith("/style", StringComparison.Ordinal) ? "/style.css" : text));
        Assert.StartsWith("2 of 5 samples are not as stored, the first /q?a=%2e%2e: status 404", test.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/", "<b>You see a copy</b>home", "text/html; charset=utf-8", SiteMirrorStatus.Good)]
    [InlineData("/", "home", "text/plain", SiteMirrorStatus.Different)]
    [InlineData("/style.css", "other", "text/css", SiteMirrorStatus.Different)]
    public async Task Where_a_banner_is_added_to_pages_only_their_bytes_may_differ(string url, string body, string type, SiteMirrorStatus status)
    {
        await using var server = Serving(await SaveAsync(), request => request.Target == url ? LoopbackServer.Ok(body, $"Content-Type: {type}\r\n") : null);

        Assert.Equal(status, (await TestAsync(server, static site => site with { Mirror = new MirrorSettings { Banner = true } })).Status);
    }

    [Fact]
    public async Task A_generation_that_this_machine_does_not_have_is_judged_by_its_own_word()
    {
        var summary = await SaveAsync();
        await using var server = Serving(summary with { Id = "20260228T000000Z", IsWhole = false });

        var test = await TestAsync(server);

        Assert.Equal((SiteMirrorStatus.Incomplete, 0, null), (test.Status, test.Sampled, test.MissingAssets));
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("../../../../etc")]
    [InlineData("20260301T120000Z/../../x")]
    public async Task A_generations_name_may_be_anybodys_word(string id)
    {
        await using var server = Serving(await SaveAsync() with { Id = id });

        Assert.Equal((SiteMirrorStatus.Good, 0), ((await TestAsync(server)).Status, (await TestAsync(server)).Sampled));
    }

    [Fact]
    public async Task Another_manifest_under_the_same_name_is_another_mirror()
    {
        await using var server = Serving(await SaveAsync() with { ManifestHash = "00" });

        var test = await TestAsync(server);

        Assert.Equal((SiteMirrorStatus.Different, "li-1 serves a 20260301T120000Z with another manifest than the one on this machine."), (test.Status, test.Reason));
    }

    [Fact]
    public async Task Another_sites_mirror_is_not_compared()
    {
        await using var server = Serving(
            await SaveAsync(), static request => request.Target == "/.mirror/health" ? LoopbackServer.Ok(Health.Replace("acme", "zoo", StringComparison.Ordinal)) : null);

        var test = await TestAsync(server);

        Assert.Equal((SiteMirrorStatus.Different, 0), (test.Status, test.Sampled));
        Assert.Contains("serves the mirror of 'zoo'", test.Reason, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", "/.mirror/health answers 404")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<html>", "what /.mirror/health answers is no mirror's health")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 600\r\n\r\n{", "closes the connection in the middle of the body")]
    [InlineData("nonsense\r\n\r\n", "not HTTP")]
    [InlineData("HTTP/1.1 500 No\r\nContent-Length: 107\r\n\r\n" + Health, "/.mirror/health answers 500")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 108\r\n\r\n" + Health, "closes the connection in the middle of the body")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Encoding: rot13\r\nContent-Length: 107\r\n\r\n" + Health, "its coding 'rot13' is not known")]
    public async Task Without_a_mirrors_word_nothing_is_known(string answer, string reason)
    {
        await using var server = LoopbackServer.Answering(_ => answer);

        var test = await TestAsync(server);

        Assert.Equal((SiteMirrorStatus.Unknown, null), (test.Status, test.Generation));
        Assert.Contains(reason, test.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_site_without_a_mirror_is_not_asked()
    {
        await using var server = LoopbackServer.Answering(static _ => LoopbackServer.Ok());

        var test = await TestAsync(server, static site => site with { Mirror = null });

        Assert.Equal((SiteMirrorStatus.Unknown, "The inventory has no mirror for the site."), (test.Status, test.Reason));
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task What_this_machine_has_is_listed_newest_first_with_what_was_refused_and_what_is_under_way()
    {
        var store = folder.Store(time);
        var local = new LocalMirrors(store, time);
        Assert.Equal((SiteMirrorState.None, false), (Assert.Single(local.Read(Mirrors.Site(), all: true)).State, local.Read(Mirrors.Site(), all: false)[0].IsFresh));
        await SaveAsync();
        await SaveAsync();
        await using (var refused = await store.BeginAsync())
        {
            Assert.False((await refused.CompleteAsync()).IsCurrent);
        }

        time.Advance(TimeSpan.FromHours(1));
        await using var running = await store.BeginAsync();

        var current = Assert.Single(local.Read(Mirrors.Site(), all: false));
        var all = local.Read(Mirrors.Site(), all: true);

        Assert.Equal((SiteMirrorState.Current, true, TimeSpan.FromHours(3)), (current.State, current.IsFresh, current.Age));
        Assert.Equal((2, 1, 1, 1, 0), (current.Pages, current.Assets - 1, current.Redirects, current.BrokenLinks, current.MissingAssets));
        Assert.Equal([SiteMirrorState.Unfinished, SiteMirrorState.Refused, SiteMirrorState.Current, SiteMirrorState.Older], all.Select(static mirror => mirror.State));
        Assert.Equal("A run is under way.", all[0].Reason);
        Assert.Equal(("It has no page.", false), (all[1].Reason, all[1].IsFresh));
        Assert.Equal(5, all[3].Age!.Value.TotalHours);
        await running.DisposeAsync();
        Assert.Equal("A run was cut off; the next one goes on with it.", local.Read(Mirrors.Site(), all: true)[0].Reason);
        time.Advance(TimeSpan.FromHours(36));
        Assert.False(local.Read(Mirrors.Site(), all: false)[0].IsFresh);
    }

    private async Task<MirrorGeneration> SaveAsync()
    {
        // One of two links is fine: what is dead on the site itself is dead in its mirror.
        await using var run = await folder.Store(time).BeginAsync(new MirrorSettings { MaxMissingPercent = 50 });
        await run.PageAsync("/", "home", "/dead", "/style.css");
        await run.PageAsync("/q?a=%2e%2e", "a query");
        await run.AssetAsync("/style.css", "body {}");
        await run.AssetAsync("/logo.svg", "<svg/>");
        await run.NoteAsync(Mirrors.Entry("/old", null, MirrorEntryKind.Redirect) with { Status = 301, Location = "/" }, default);
        await run.NoteAsync(Mirrors.Entry("/dead", null, MirrorEntryKind.Missing) with { Status = 404 }, default);
        var completion = await run.CompleteAsync();
        Assert.True(completion.IsCurrent, completion.Reason);
        time.Advance(TimeSpan.FromHours(2));
        return completion.Generation;
    }

    private static LoopbackServer Serving(MirrorGeneration summary, Func<LoopbackServer.Request, string?>? instead = null) => LoopbackServer.Answering(request => instead?.Invoke(request) ?? request.Target switch
    {
        "/.mirror/health" => LoopbackServer.Ok($$"""{"site":"acme","generation":"{{summary.Id}}","startedAt":"{{summary.StartedAt:O}}","pages":{{summary.Pages}},"isWhole":{{(summary.IsWhole ? "true" : "false")}},"manifestHash":"{{summary.ManifestHash}}"}"""),
        "/" => LoopbackServer.Ok("home", "Content-Type: text/html; charset=utf-8\r\n"),
        "/q?a=%2e%2e" => LoopbackServer.Ok("a query", "Content-Type: text/html; charset=utf-8\r\n"),
        "/style.css" => LoopbackServer.Ok("body {}", "Content-Type: text/css\r\n"),
        "/logo.svg" => LoopbackServer.Ok("<svg/>", "Content-Type: text/css\r\n"),
        "/old" => LoopbackServer.Redirect("http://www.acme.example/"),
        _ => LoopbackServer.Status("404 Not Found"),
    });

    private async Task<SiteMirrorTest> TestAsync(LoopbackServer server, Func<HostedSite, HostedSite>? shape = null)
    {
        var site = Mirrors.Site() with
        {
            Secondary = TestSites.Linode with { ConnectTo = new Dictionary<int, string> { [80] = $"127.0.0.1:{server.Port}" } },
            Check = new HealthCheckPolicy { Scheme = "http", Timeout = TimeSpan.FromSeconds(30) },
        };
        using var asker = new MirrorAsker(TimeProvider.System, SilentReporter.Instance);
        var tester = new MirrorTester(folder.Store(time), asker, SilentReporter.Instance, time, new Random(1));
        return Assert.Single(await tester.TestAsync([shape?.Invoke(site) ?? site], 10, 2, CancellationToken.None).ToListAsync());
    }
}
