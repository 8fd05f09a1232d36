using HostingOps.Engine.Health;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.Health;

/// <summary>Probing until it is enough, on a clock moved by hand; and the check of the observer.</summary>
public sealed class ConfirmedProbeTests
{
    private static async Task<IReadOnlyList<SiteHealth>> RunAsync(int failAfter, params SiteStatus[] script)
    {
        var clock = new ManualTimeProvider();
        var made = 0;
        var policy = new HealthCheckPolicy { FailAfter = failAfter, ConfirmInterval = TimeSpan.FromSeconds(7) };
        var run = ConfirmedProbe.RunAsync(_ => Task.FromResult(HealthSamples.Seen(script[made++])), policy, clock, CancellationToken.None);
        for (var round = 0; !run.IsCompleted && round < 100; round++)
        {
            var before = made;
            clock.Advance(TimeSpan.FromSeconds(6.5));
            await Task.Yield();
            Assert.Equal(before, made);
            clock.Advance(TimeSpan.FromSeconds(0.5));
            await Eventually.HoldsAsync(() => made != before || run.IsCompleted);

            await Task.Delay(1);
        }

        return await run.WaitAsync(Eventually.Patience);
    }

    [Theory]
    [InlineData(SiteStatus.Healthy)]
    [InlineData(SiteStatus.Degraded)]
    public async Task One_answer_is_enough(SiteStatus status)
    {
        var observations = await RunAsync(3, status);

        Assert.Single(observations);
        Assert.Equal(HealthVerdictKind.NotDown, HealthVerdict.Decide(observations, new HealthCheckPolicy()).Kind);
    }

    [Fact]
    public async Task As_many_failures_in_a_row_as_the_check_asks_for_are_down()
    {
        var observations = await RunAsync(3, SiteStatus.Down, SiteStatus.Down, SiteStatus.Down);

        Assert.Equal(3, observations.Count);
        Assert.Equal(HealthVerdictKind.Down, HealthVerdict.Decide(observations, new HealthCheckPolicy()).Kind);
    }

    [Fact]
    public async Task An_answer_after_failures_ends_it()
    {
        var observations = await RunAsync(3, SiteStatus.Down, SiteStatus.Down, SiteStatus.Healthy);

        Assert.Equal(HealthVerdictKind.NotDown, HealthVerdict.Decide(observations, new HealthCheckPolicy()).Kind);
    }

    [Fact]
    public async Task An_unknown_breaks_the_row()
    {
        var observations = await RunAsync(2, SiteStatus.Down, SiteStatus.Unknown, SiteStatus.Down, SiteStatus.Down);

        Assert.Equal(4, observations.Count);
        Assert.Equal(HealthVerdictKind.Down, HealthVerdict.Decide(observations, new HealthCheckPolicy { FailAfter = 2 }).Kind);
    }

    [Fact]
    public async Task Unknown_for_ever_ends_and_is_unknown()
    {
        var observations = await RunAsync(2, Enumerable.Repeat(SiteStatus.Unknown, 10).ToArray());

        Assert.Equal(4, observations.Count);
        Assert.Equal(HealthVerdictKind.Unknown, HealthVerdict.Decide(observations, new HealthCheckPolicy { FailAfter = 2 }).Kind);
    }

    [Fact]
    public async Task A_real_dead_site_is_confirmed_down()
    {
        using var prober = new SiteProber(TimeProvider.System);
        using var closed = HealthSamples.ClosedPort(out var port);
        var site = HealthSamples.Site(HealthSamples.Http with { FailAfter = 2, ConfirmInterval = TimeSpan.FromMilliseconds(10) });

        var observations = await ConfirmedProbe.RunAsync(prober, site, HealthSamples.Host("do-1", port), HealthTarget.Active, CancellationToken.None);

        Assert.Equal([SiteStatus.Down, SiteStatus.Down], observations.Select(health => health.Status));
    }

    [Fact]
    public async Task The_observer_is_sane_when_one_known_good_address_answers_anything_below_500()
    {
        await using var notFound = LoopbackServer.Answering(_ => LoopbackServer.Status("404 Not Found"));
        await using var broken = LoopbackServer.Answering(_ => LoopbackServer.Status("502 Bad Gateway"));
        await using var silent = new LoopbackServer((_, _, token) => Task.Delay(Timeout.Infinite, token));
        using var closed = HealthSamples.ClosedPort(out var port);
        using var prober = new SiteProber(TimeProvider.System);
        string Url(int at) => $"http://127.0.0.1:{at}/";

        var check = new ObserverCheck(prober, HealthSamples.Patience);
        var sane = await check.CheckAsync([Url(port), Url(broken.Port), Url(silent.Port), Url(notFound.Port)], CancellationToken.None)
            .WaitAsync(HealthSamples.Patience);
        var blind = await check.CheckAsync([Url(port), Url(broken.Port)], CancellationToken.None);
        var unasked = await check.CheckAsync([], CancellationToken.None);

        Assert.True(sane.IsSane);
        Assert.Contains(Url(notFound.Port), sane.Reason, StringComparison.Ordinal);
        Assert.False(blind.IsSane);
        Assert.True(blind.WasChecked);
        Assert.True(unasked.IsSane);
        Assert.False(unasked.WasChecked);
    }

    [Fact]
    public async Task An_observer_address_that_is_silent_is_given_up_in_time()
    {
        await using var silent = new LoopbackServer((_, _, token) => Task.Delay(Timeout.Infinite, token));
        using var prober = new SiteProber(TimeProvider.System);

        Assert.False(await prober.ProbeUrlAsync($"http://127.0.0.1:{silent.Port}/", TimeSpan.FromMilliseconds(300), CancellationToken.None));
    }

    [Theory]
    [InlineData("a.example")]
    [InlineData("ftp://a.example/")]
    public async Task An_observer_address_that_is_no_http_address_is_an_invalid_argument(string url)
    {
        using var prober = new SiteProber(TimeProvider.System);

        var error = await Assert.ThrowsAsync<HostingException>(() => new ObserverCheck(prober).CheckAsync([url], CancellationToken.None));

        Assert.Equal(ErrorIds.InvalidArgument, error.ErrorId);
    }

    [Fact]
    public async Task Cancelling_the_observer_check_cancels_it()
    {
        await using var silent = new LoopbackServer((_, _, token) => Task.Delay(Timeout.Infinite, token));
        using var prober = new SiteProber(TimeProvider.System);
        using var cancel = new CancellationTokenSource();
        var check = new ObserverCheck(prober, TimeSpan.FromMinutes(5)).CheckAsync([$"http://127.0.0.1:{silent.Port}/"], cancel.Token);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => check.WaitAsync(HealthSamples.Patience));
    }
}
