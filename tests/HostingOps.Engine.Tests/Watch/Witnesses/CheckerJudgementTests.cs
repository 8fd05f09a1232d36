using Amazon.Route53;
using Amazon.Route53.Model;
using HostingOps.Engine.Watch.Witnesses;
using HostingOps.Engine.Watch.Witnesses.Route53;

namespace HostingOps.Engine.Tests.Watch.Witnesses;

public sealed class CheckerJudgementTests
{
    private const string Failed = "Failure: Connection timed out.";
    private const string Fine = "Success: HTTP Status Code 200, OK";
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly string[] Regions = ["us-east-1", "us-west-1", "us-west-2", "eu-west-1", "ap-southeast-1", "ap-southeast-2", "ap-northeast-1", "sa-east-1"];

    [Theory]
    [InlineData(16, nameof(WitnessAnswer.Down))]
    [InlineData(8, nameof(WitnessAnswer.Down))]
    [InlineData(7, nameof(WitnessAnswer.Unknown))]
    [InlineData(5, nameof(WitnessAnswer.Unknown))]
    [InlineData(4, nameof(WitnessAnswer.Serves))]
    [InlineData(0, nameof(WitnessAnswer.Serves))]
    public void Half_of_the_checkers_make_it_down_long_before_Route_53_says_so(int failing, string expected)
    {
        Assert.Equal(expected, Judge(Observations(failing)).Answer.ToString());
    }

    [Fact]
    public void Old_undated_and_future_observations_count_for_nothing()
    {
        var old = Observations(16).Select((seen, i) => seen with { CheckedAt = i % 3 == 0 ? Now.AddSeconds(-91) : i % 3 == 1 ? null : Now.AddSeconds(61) }).ToArray();

        Assert.Equal(WitnessAnswer.Unknown, Judge(old).Answer);
        Assert.Equal(WitnessAnswer.Down, Judge([.. old.Select(static seen => seen with { CheckedAt = Now.AddSeconds(-90) })]).Answer);
        Assert.Equal(WitnessAnswer.Unknown, Judge([.. old.Select(static seen => seen with { CheckedAt = Now.AddSeconds(-20) })], new Route53WitnessSettings { MaxAge = TimeSpan.FromSeconds(19) }).Answer);
    }

    [Fact]
    public void One_region_s_trouble_is_not_believed()
    {
        var oneRegion = Observations(0).Select(static seen => seen with { Region = "eu-west-1", Status = Failed }).ToArray();
        Assert.Equal(WitnessAnswer.Unknown, Judge(oneRegion).Answer);

        // Most observations are of two regions, and only those fail.
        var two = Observations(0).Take(3).Concat(oneRegion.Take(6)).Concat(oneRegion.Take(6).Select(static seen => seen with { Region = "sa-east-1" })).ToArray();
        var (answer, reason) = Judge(two);
        Assert.Equal(WitnessAnswer.Unknown, answer);
        Assert.Contains("from 2 regions only", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void One_region_s_success_is_not_believed_either()
    {
        var (answer, reason) = Judge([.. Observations(0).Select(static seen => seen with { Region = "eu-west-1" })]);

        Assert.Equal(WitnessAnswer.Unknown, answer);
        Assert.EndsWith("3 regions are needed", reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("success: HTTP Status Code 200, OK")]
    [InlineData("The status is unknown.")]
    [InlineData("No Failure")]
    public void Other_words_are_neither_success_nor_failure(string status)
    {
        Assert.Equal(WitnessAnswer.Unknown, Judge([.. Observations(0).Select(seen => seen with { Status = status })]).Answer);
    }

    [Fact]
    public void A_check_of_the_site_on_that_host_sees_the_site() => AssertScope(Config(), null, seesSite: true);

    [Fact]
    public void A_check_elsewhere_is_evidence_of_nothing()
    {
        AssertScope(Config(static config => config.IPAddress = "192.0.2.1"), "asks 192.0.2.1, which is not do-1");
        AssertScope(Config(static config => config.IPAddress = null), "wherever that leads");
        AssertScope(Config(static config => config.FullyQualifiedDomainName = "www.other.example"), "none of the site's");
        AssertScope(Config(static config => config.Disabled = true), "disabled");
        AssertScope(Config(static config => config.Inverted = true), "inverted");
        AssertScope(Config(static config => config.Type = HealthCheckType.CALCULATED), "asks no host");
    }

    [Fact]
    public void A_host_s_check_shows_the_host_and_no_site()
    {
        AssertScope(Config(static config => config.FullyQualifiedDomainName = "www.other.example"), null, seesSite: false, isForSite: false);
        AssertScope(Config(static config => (config.Type, config.FullyQualifiedDomainName) = (HealthCheckType.TCP, null)), null, seesSite: false);
    }

    [Fact]
    public void Addresses_are_compared_as_addresses_and_a_host_s_own_name_leads_to_it()
    {
        var host = TestSites.DigitalOcean with { AddressV6 = "2001:db8::10" };
        AssertScope(Config(static config => config.IPAddress = "2001:0DB8:0::0010"), null, seesSite: true, host: host);
        AssertScope(
            Config(static config => (config.IPAddress, config.FullyQualifiedDomainName) = (null, "Web-7.provider.example.")), null,
            seesSite: false, isForSite: false, host: host with { Address = null, AddressV6 = null, Cname = "web-7.provider.example" });
    }

    private static HealthCheckConfig Config(Action<HealthCheckConfig>? change = null)
    {
        var config = new HealthCheckConfig(HealthCheckType.HTTPS) { IPAddress = "203.0.113.10", FullyQualifiedDomainName = "www.acme.example", RequestInterval = 10 };
        change?.Invoke(config);
        return config;
    }

    private static void AssertScope(HealthCheckConfig config, string? obstacle, bool seesSite = false, bool isForSite = true, SiteHost? host = null)
    {
        var scope = HealthCheckScope.Of(config, TestSites.Acme(), host ?? TestSites.DigitalOcean, isForSite);
        if (obstacle is null)
        {
            Assert.Null(scope.Obstacle);
            Assert.Equal(seesSite, scope.SeesSite);
            Assert.Equal(TimeSpan.FromSeconds(10), scope.Interval);
        }
        else
        {
            Assert.Contains(obstacle, scope.Obstacle, StringComparison.Ordinal);
        }
    }

    private static (WitnessAnswer Answer, string Reason) Judge(CheckerObservation[] observations, Route53WitnessSettings? settings = null) =>
        CheckerJudgement.Judge(observations, settings ?? new Route53WitnessSettings(), TimeSpan.FromSeconds(30), Now);

    private static CheckerObservation[] Observations(int failing) =>
        [.. Enumerable.Range(0, 16).Select(i => new CheckerObservation(Regions[i % 8], i < failing ? Failed : Fine, Now.AddSeconds(-i)))];
}
