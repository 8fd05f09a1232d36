using System.Net;
using HostingOps.Engine.Apex.Checks;
using HostingOps.Engine.Tests.Health;
using HostingOps.Testing;
using static HostingOps.ApexRedirectFindingCode;
using static HostingOps.ApexRedirectOutcome;
using Req = HostingOps.Engine.Tests.Health.LoopbackServer.Request;

namespace HostingOps.Engine.Tests.Apex.Checks;

/// <summary>Redirectors on loopback that go wrong, each in one way, and what is found.</summary>
public sealed class MisbehavingRedirectorTests : IDisposable
{
    private readonly TestCertificates certificates = new();
    private readonly TemporaryFolder folder = new();

    public void Dispose()
    {
        certificates.Dispose();
        folder.Dispose();
    }

    private string CaFile => folder.Write("root.pem", certificates.RootPem);

    [Fact]
    public async Task A_right_answer_passes_and_path_and_query_were_asked_for_byte_by_byte()
    {
        await using var server = LoopbackServer.Answering(RedirectTests.Right);

        var test = await RedirectTests.OneAsync(server);

        Assert.Equal(Passed, test.Outcome);
        Assert.Empty(test.Findings);
        Assert.Equal((301, "https://www.acme.example" + ApexRedirectTestOptions.UnusualTarget), (test.Status, test.Location));
        Assert.Equal(test.Expected, test.Location);
        Assert.Equal((RedirectTests.ElasticIp, "acme", "acme.example", "http"), (test.Address, test.SiteName, test.Host, test.Scheme));
        Assert.Equal("http://acme.example" + ApexRedirectTestOptions.UnusualTarget, Assert.Single(test.Hops).Url);
        Assert.Equal([ApexRedirectTestOptions.UnusualTarget, ApexRedirectTestOptions.EmptyQueryTarget], server.Requests.Select(static request => request.Target));
        Assert.All(server.Requests, static request => Assert.Equal(("acme.example", "GET"), (request.Host, request.Method)));
    }

    private static readonly Dictionary<string, (Func<Req, string> Answer, ApexRedirectFindingCode Code, ApexRedirectOutcome Outcome)> Answers = new()
    {
        ["200"] = (_ => LoopbackServer.Ok(), NotRedirected, Failed),
        ["404"] = (_ => LoopbackServer.Status("404 Not Found"), NotRedirected, Failed),
        ["421"] = (_ => LoopbackServer.Status("421 Misdirected Request"), NotRedirected, Failed),
        ["304"] = (_ => LoopbackServer.Status("304 Not Modified"), NotRedirected, Failed),
        ["429"] = (_ => LoopbackServer.Status("429 Too Many Requests"), Throttled, ApexRedirectOutcome.Unknown),
        ["302"] = (r => LoopbackServer.Redirect($"https://www.{r.Host}{r.Target}", "302 Found"), WrongStatus, Warning),
        ["308"] = (r => LoopbackServer.Redirect($"https://www.{r.Host}{r.Target}", "308 Permanent Redirect"), WrongStatus, Warning),
        ["other site"] = (r => LoopbackServer.Redirect($"https://www.evil.example{r.Target}"), WrongTarget, Failed),
        ["other port"] = (r => LoopbackServer.Redirect($"https://www.{r.Host}:8443{r.Target}"), WrongTarget, Failed),
        ["user in front"] = (r => LoopbackServer.Redirect($"https://www.{r.Host}@evil.example{r.Target}"), WrongTarget, Failed),
        ["name runs on"] = (r => LoopbackServer.Redirect($"https://www.{r.Host}.evil.example{r.Target}"), WrongTarget, Failed),
        ["http"] = (r => LoopbackServer.Redirect($"http://www.{r.Host}{r.Target}"), NotHttps, Failed),
        ["path lost"] = (r => LoopbackServer.Redirect($"https://www.{r.Host}/?{r.Target.Split('?')[1]}"), PathChanged, Failed),
        ["path decoded"] = (r => LoopbackServer.Redirect($"https://www.{r.Host}{r.Target.Replace("a%2Fb", "a/b", StringComparison.Ordinal)}"), PathChanged, Failed),
        ["escapes in lower case"] = (r => LoopbackServer.Redirect($"https://www.{r.Host}{r.Target.Replace("a%2Fb", "a%2fb", StringComparison.Ordinal)}"), PathChanged, Warning),
        ["query lost"] = (r => LoopbackServer.Redirect($"https://www.{r.Host}{r.Target.Split('?')[0]}"), QueryChanged, Failed),
        ["query decoded"] = (r => LoopbackServer.Redirect($"https://www.{r.Host}{r.Target.Replace("c=%2F", "c=/", StringComparison.Ordinal)}"), QueryChanged, Failed),
        ["query twice"] = (r => LoopbackServer.Redirect($"https://www.{r.Host}{r.Target}?{r.Target.Split('?')[1]}"), QueryChanged, Failed),
        ["empty query lost"] = (r => LoopbackServer.Redirect($"https://www.{r.Host}{r.Target.TrimEnd('?')}"), QueryChanged, Warning),
        ["to itself"] = (r => LoopbackServer.Redirect($"http://{r.Host}{r.Target}"), Loop, Failed),
        ["to itself, relative"] = (r => LoopbackServer.Redirect(r.Target), Loop, Failed),
        ["ever longer"] = (r => LoopbackServer.Redirect($"http://{r.Host}/again{r.Target}"), TooManyHops, Failed),
        ["no Location"] = (_ => LoopbackServer.Status("301 Moved Permanently"), NoLocation, Failed),
        ["no address"] = (_ => LoopbackServer.Redirect("mailto:ops@acme.example"), NoLocation, Failed),
        ["nothing"] = (_ => "", Closed, Failed),
        ["no HTTP"] = (_ => "220 mail.acme.example ESMTP\r\n\r\n", NotHttp, Failed),
    };

    public static TheoryData<string> Ways() => [.. Answers.Keys];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Each_way_to_go_wrong_is_found(string way)
    {
        var (answer, code, outcome) = Answers[way];
        await using var server = LoopbackServer.Answering(answer);

        var test = await RedirectTests.OneAsync(server);

        var finding = Assert.Single(test.Findings);
        Assert.Equal((way, code, outcome, outcome), (way, finding.Code, finding.Outcome, test.Outcome));
        Assert.EndsWith(".", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_circle_of_http_and_https_and_its_downgrade_are_both_found()
    {
        await using var secure = LoopbackServer.Answering(
            static request => LoopbackServer.Redirect($"http://{request.Host}{request.Target}"), certificates.For("acme.example"));
        await using var plain = LoopbackServer.Answering(static request => LoopbackServer.Redirect($"https://{request.Host}{request.Target}"));

        var tests = await RedirectTests.RunAsync([RedirectTests.Site(caFile: CaFile)], RedirectTests.At(plain.Port, secure.Port));

        Assert.Equal(2, tests.Count);
        Assert.All(tests, static test => Assert.Equal([Downgrade, Loop], test.Findings.Select(static finding => finding.Code)));
        Assert.All(tests, static test => Assert.Equal(2, test.Hops.Count));
    }

    [Fact]
    public async Task A_way_over_another_name_of_the_site_is_a_warning_when_its_end_is_right()
    {
        await using var secure = LoopbackServer.Answering(RedirectTests.Right, certificates.For("acme.example"));
        await using var plain = LoopbackServer.Answering(static request => LoopbackServer.Redirect($"https://acme.example{request.Target}"));

        var tests = await RedirectTests.RunAsync(
            [RedirectTests.Site(caFile: CaFile, aliases: "law.example")], RedirectTests.At(plain.Port, secure.Port) with { Https = false });

        Assert.Equal(["acme.example", "law.example"], tests.Select(static test => test.Host).Order());
        Assert.All(tests, static test => Assert.Equal((Warning, ExtraHops), (test.Outcome, Assert.Single(test.Findings).Code)));
        Assert.All(tests, static test => Assert.Equal([301, 301], test.Hops.Select(static hop => hop.Status)));
    }

    [Theory]
    [InlineData("acme.example", -30, 60, false, null, Passed)]
    [InlineData("acme.example", -30, 5, false, CertificateExpiring, Warning)]
    [InlineData("acme.example", -30, -1, false, CertificateOutOfDate, Failed)]
    [InlineData("acme.example", 1, 60, false, CertificateOutOfDate, Failed)]
    [InlineData("other.example", -30, 60, false, CertificateOtherName, Failed)]
    [InlineData("acme.example", -30, 60, true, CertificateUntrusted, Failed)]
    public async Task A_certificate_that_browsers_refuse_is_found_with_its_end_and_the_redirect_is_seen_all_the_same(
        string name, int from, int until, bool selfSigned, ApexRedirectFindingCode? code, ApexRedirectOutcome outcome)
    {
        var now = DateTimeOffset.UtcNow;
        await using var server = LoopbackServer.Answering(
            RedirectTests.Right, certificates.For(name, now.AddDays(from), now.AddDays(until), selfSigned));

        var test = await RedirectTests.OneAsync(server, tls: true, RedirectTests.Site(caFile: CaFile));

        Assert.Equal(outcome, test.Outcome);
        Assert.Equal(code, test.Findings.Select(static finding => (ApexRedirectFindingCode?)finding.Code).SingleOrDefault());
        Assert.Equal(301, test.Status);
        Assert.Equal(until, (test.CertificateNotAfter!.Value - now).TotalDays, 0.1);
        Assert.Equal(outcome == Failed, test.CertificateProblem is not null);
        Assert.All(server.ServerNames, static asked => Assert.Equal("acme.example", asked));
    }

    [Theory]
    [InlineData(CertificatePolicy.Report, CertificateOtherName, Warning)]
    [InlineData(CertificatePolicy.Ignore, null, Passed)]
    public async Task A_bad_certificate_weighs_what_the_site_s_check_says(CertificatePolicy policy, ApexRedirectFindingCode? code, ApexRedirectOutcome outcome)
    {
        await using var server = LoopbackServer.Answering(RedirectTests.Right, certificates.For("other.example"));
        var site = RedirectTests.Site(caFile: CaFile);

        var test = await RedirectTests.OneAsync(server, tls: true, site with { Check = site.Check with { Certificate = policy } });

        Assert.Equal((outcome, code), (test.Outcome, test.Findings.Select(static finding => (ApexRedirectFindingCode?)finding.Code).SingleOrDefault()));
    }

    [Fact]
    public async Task A_server_without_TLS_and_one_that_is_not_there_are_told_apart()
    {
        await using var greeter = new PlainGreeter();
        var plain = Assert.Single(await RedirectTests.RunAsync([RedirectTests.Site()], RedirectTests.At(null, greeter.Port)));
        Assert.Equal(TlsFailed, Assert.Single(plain.Findings).Code);

        using var closed = HealthSamples.ClosedPort(out var port);
        var test = Assert.Single(await RedirectTests.RunAsync([RedirectTests.Site()], RedirectTests.At(port)));
        Assert.Equal((Unreachable, null), (Assert.Single(test.Findings).Code, test.Status));
    }

    [Fact]
    public async Task A_server_that_is_silent_or_resets_is_found()
    {
        await using var silent = new LoopbackServer(static (_, _, token) => Task.Delay(System.Threading.Timeout.Infinite, token));
        Assert.Equal(ApexRedirectFindingCode.Timeout, Assert.Single((await RedirectTests.OneAsync(silent, timeout: TimeSpan.FromMilliseconds(300))).Findings).Code);

        await using var resetting = new LoopbackServer(static (request, _, _) =>
        {
            request.Client!.LingerState = new(true, 0);
            request.Client.Close();
            return Task.CompletedTask;
        });
        Assert.Equal(Closed, Assert.Single((await RedirectTests.OneAsync(resetting)).Findings).Code);
    }

    [Fact]
    public async Task The_inventory_s_status_is_the_right_one()
    {
        await using var server = LoopbackServer.Answering(
            static request => LoopbackServer.Redirect($"https://www.{request.Host}{request.Target}", "308 Permanent Redirect"));
        var apex = new ApexSettings { ElasticIp = RedirectTests.ElasticIp, Redirect = new() { Status = 308 } };

        Assert.Equal(Passed, Assert.Single(await RedirectTests.RunAsync([RedirectTests.Site()], RedirectTests.At(server.Port), apex)).Outcome);
    }

    [Fact]
    public async Task Another_address_is_asked_when_one_is_given()
    {
        await using var server = LoopbackServer.Answering(RedirectTests.Right);
        var options = RedirectTests.At(server.Port) with
        {
            Address = "2001:db8::9",
            ConnectTo = new Dictionary<string, string> { ["[2001:db8::9]:80"] = new IPEndPoint(IPAddress.Loopback, server.Port).ToString() },
        };

        var test = Assert.Single(await RedirectTests.RunAsync([RedirectTests.Site()], options));

        Assert.Equal(("2001:db8::9", Passed), (test.Address, test.Outcome));
    }

    [Fact]
    public async Task Only_the_sites_given_are_tested()
    {
        await using var server = LoopbackServer.Answering(RedirectTests.Right);
        var sites = new[] { RedirectTests.Site(), RedirectTests.Site("zoo") };
        var inventory = new HostingInventory { Zone = "sites.example.net", Sites = sites, Apex = new ApexSettings { ElasticIp = RedirectTests.ElasticIp } };
        await using var workspace = HostingWorkspace.Open(inventory, new WorkspaceOptions(), SilentReporter.Instance);

        var tested = new List<string>();
        await foreach (var test in workspace.TestApexRedirectsAsync([sites[1]], RedirectTests.At(server.Port), default))
        {
            tested.Add($"{test.SiteName} {test.Outcome}");
        }

        Assert.Equal("zoo Passed", Assert.Single(tested));
    }

    [Fact]
    public async Task What_can_not_be_tested_is_refused_before_anything_is_asked()
    {
        var options = RedirectTests.At(1);
        foreach (var wrong in new[] { options with { Address = "nowhere" }, options with { ThrottleLimit = 0 }, options with { Timeout = TimeSpan.Zero }, options with { Targets = [] } })
        {
            var error = await Assert.ThrowsAsync<HostingException>(() => RedirectTests.RunAsync([RedirectTests.Site()], wrong));
            Assert.Equal(ErrorIds.InvalidArgument, error.ErrorId);
        }

        var inventory = new HostingInventory { Zone = "sites.example.net", Sites = [RedirectTests.Site()] };
        await using var workspace = HostingWorkspace.Open(inventory, new WorkspaceOptions(), SilentReporter.Instance);
        Assert.Equal(ErrorIds.ApexNotConfigured, Assert.Throws<HostingException>(() => workspace.TestApexRedirectsAsync(null, options, default)).ErrorId);

        // In a rehearsal the real redirector is never asked for the rehearsed one.
        await using var rehearsal = HostingWorkspace.Open(
            inventory with { Apex = new ApexSettings { ElasticIp = RedirectTests.ElasticIp } }, new WorkspaceOptions { EndpointUrl = "http://127.0.0.1:9" }, SilentReporter.Instance);
        var refused = Assert.Throws<HostingException>(() => rehearsal.TestApexRedirectsAsync(null, options with { ConnectTo = new Dictionary<string, string>() }, default));
        Assert.Contains("rehearsal", refused.Message, StringComparison.Ordinal);

        // A way for http leads nobody who asks over https.
        var half = Assert.Throws<HostingException>(() => rehearsal.TestApexRedirectsAsync(null, options with { Https = true }, default));
        Assert.Contains(RedirectTests.ElasticIp + ":443", half.Message, StringComparison.Ordinal);
    }
}
