using System.Collections.Concurrent;
using Amazon.Route53;
using Amazon.Route53.Model;
using HostingOps.Engine.Watch.Witnesses;
using HostingOps.Engine.Watch.Witnesses.Route53;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.Watch.Witnesses;

public sealed class Route53WitnessTests
{
    private readonly ManualTimeProvider clock = new();

    [Fact]
    public async Task One_health_check_of_a_host_speaks_for_forty_sites_and_is_asked_once()
    {
        var source = new Source(clock) { Status = "Failure: Connection timed out." };
        var host = TestSites.DigitalOcean with { HealthCheck = "host-check" };
        var targets = Enumerable.Range(0, 40).Select(i => (TestSites.Site($"site{i}") with { Primary = host }, host)).ToArray();

        var opinions = await AskAsync(source, targets);

        Assert.Equal(40, opinions.Count);
        Assert.All(opinions, static opinion => Assert.Equal(WitnessAnswer.Down, opinion.Answer));
        Assert.Equal(["host-check"], source.Asked);
    }

    [Fact]
    public async Task A_site_s_own_health_check_wins_over_its_host_s()
    {
        var source = new Source(clock);
        var host = TestSites.DigitalOcean with { HealthCheck = "host-check" };
        var site = TestSites.Acme() with { Primary = host, HealthChecks = new Dictionary<string, string> { ["do-1"] = "site-check" } };

        var opinion = Assert.Single(await AskAsync(source, (site, host)));

        Assert.Equal(WitnessAnswer.Serves, opinion.Answer);
        Assert.Equal(["site-check"], source.Asked);
    }

    [Fact]
    public async Task A_host_that_answers_says_nothing_of_a_site_on_it()
    {
        var source = new Source(clock) { Name = null };
        var host = TestSites.DigitalOcean with { HealthCheck = "host-check" };

        var opinion = Assert.Single(await AskAsync(source, (TestSites.Acme() with { Primary = host }, host)));

        Assert.Equal(WitnessAnswer.Unknown, opinion.Answer);
        Assert.Contains("not at this site", opinion.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Those_that_stand_for_most_sites_are_asked_first_and_the_rest_is_unknown_when_time_is_up()
    {
        using var deadline = new CancellationTokenSource();
        var source = new Source(clock) { Status = "Failure: Connection timed out." };
        source.Before = () =>
        {
            if (source.Asked.Count >= 5)
            {
                deadline.Cancel();
            }
        };
        var busy = TestSites.DigitalOcean with { HealthCheck = "busy" };
        var alone = Enumerable.Range(0, 5000).Select(i => TestSites.Site($"s{i}") with { HealthChecks = new Dictionary<string, string> { ["do-1"] = $"own{i}" } });
        var targets = alone.Select(static site => (site, TestSites.DigitalOcean))
            .Append((TestSites.Site("x") with { Primary = busy }, busy)).Append((TestSites.Site("y") with { Primary = busy }, busy)).ToArray();

        var opinions = await new Route53Witness(new Route53WitnessSettings(), source, clock).AskAsync(targets, deadline.Token, CancellationToken.None);

        Assert.Equal("busy", source.Asked.First());
        Assert.Equal(WitnessAnswer.Down, opinions[^1].Answer);
        Assert.InRange(source.Asked.Count, 5, 12);
        Assert.Contains("not asked in time", opinions[4999].Reason, StringComparison.Ordinal);
        Assert.Equal(WitnessAnswer.Unknown, opinions[4999].Answer);
    }

    [Fact]
    public async Task The_configuration_is_read_once_in_a_while_and_a_disabled_check_is_not_even_asked()
    {
        var source = new Source(clock);
        var witness = new Route53Witness(new Route53WitnessSettings(), source, clock);
        var host = TestSites.DigitalOcean with { HealthCheck = "host-check" };
        (HostedSite, SiteHost)[] target = [(TestSites.Acme() with { Primary = host }, host)];

        await witness.AskAsync(target, CancellationToken.None, CancellationToken.None);
        source.Disabled = true;
        await witness.AskAsync(target, CancellationToken.None, CancellationToken.None);
        Assert.Equal((1, 2), (source.ConfigurationsRead, source.Asked.Count));

        clock.Advance(TimeSpan.FromMinutes(6));
        var opinion = Assert.Single(await witness.AskAsync(target, CancellationToken.None, CancellationToken.None));
        Assert.Equal((2, 2), (source.ConfigurationsRead, source.Asked.Count));
        Assert.Equal((WitnessAnswer.Unknown, "its health check is disabled"), (opinion.Answer, opinion.Reason));
    }

    [Fact]
    public async Task An_inverted_check_is_unknown_and_not_even_asked()
    {
        var source = new Source(clock) { Inverted = true, Status = "Failure: Connection timed out." };
        var host = TestSites.DigitalOcean with { HealthCheck = "host-check" };

        var opinion = Assert.Single(await AskAsync(source, (TestSites.Acme() with { Primary = host }, host)));

        Assert.Equal((WitnessAnswer.Unknown, "its health check is inverted"), (opinion.Answer, opinion.Reason));
        Assert.Empty(source.Asked);
    }

    [Fact]
    public async Task A_refusal_by_AWS_is_that_check_s_unknown_with_its_reason()
    {
        var source = new Source(clock) { Before = static () => throw new HostingException(ErrorIds.AwsAccessDenied, HostingErrorCategory.AuthenticationError, "x", "Not allowed.") };
        var host = TestSites.DigitalOcean with { HealthCheck = "host-check" };

        var opinions = await AskAsync(source, (TestSites.Acme() with { Primary = host }, host), (TestSites.Acme(), TestSites.DigitalOcean));

        Assert.Equal(["Not allowed", "no health check is named for do-1"], opinions.Select(static opinion => opinion.Reason));
        Assert.All(opinions, static opinion => Assert.Equal(WitnessAnswer.Unknown, opinion.Answer));
    }

    private Task<IReadOnlyList<WitnessOpinion>> AskAsync(Source source, params (HostedSite, SiteHost)[] targets) =>
        new Route53Witness(new Route53WitnessSettings(), source, clock).AskAsync(targets, CancellationToken.None, CancellationToken.None);

    private sealed class Source(TimeProvider clock) : IHealthCheckSource
    {
        private int configurationsRead;

        public string Status { get; init; } = "Success: HTTP Status Code 200, OK";

        public string? Name { get; init; } = "www.acme.example";

        public bool Disabled { get; set; }

        public bool Inverted { get; init; }

        public Action? Before { get; set; }

        public ConcurrentQueue<string> Asked { get; } = new();

        public int ConfigurationsRead => configurationsRead;

        public Task<HealthCheckConfig> ConfigurationAsync(string id, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Interlocked.Increment(ref configurationsRead);
            return Task.FromResult(new HealthCheckConfig(HealthCheckType.HTTPS) { IPAddress = "203.0.113.10", FullyQualifiedDomainName = Name, RequestInterval = 30, Disabled = Disabled, Inverted = Inverted });
        }

        public async Task<IReadOnlyList<CheckerObservation>> ObservationsAsync(string id, CancellationToken cancellationToken)
        {
            Asked.Enqueue(id);
            Before?.Invoke();
            await Task.Yield();
            cancellationToken.ThrowIfCancellationRequested();
            return [.. new[] { "us-east-1", "eu-west-1", "sa-east-1", "us-west-2" }.Select(region => new CheckerObservation(region, Status, clock.GetUtcNow()))];
        }
    }
}
