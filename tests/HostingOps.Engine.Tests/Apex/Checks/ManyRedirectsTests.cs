using System.Collections.Concurrent;
using HostingOps.Engine.Apex.Checks;
using HostingOps.Engine.Tests.Apex.Redirects;
using HostingOps.Engine.Tests.Health;

namespace HostingOps.Engine.Tests.Apex.Checks;

/// <summary>Real nginx with the generated configuration, many names at once, progress, and an end when asked.</summary>
public sealed class ManyRedirectsTests
{
    [SkippableFact]
    public async Task Every_name_of_a_real_redirector_passes_over_http_and_https()
    {
        var sites = ApexSites.Many(20).Append(ApexSites.Site("books", "xn--bcher-kva.example", "books.example")).ToList();
        using var server = await RealServer.StartAsync(WebServerFormat.Nginx, sites, ApexRedirectSettings.Default);

        var tests = await RedirectTests.RunAsync(Trusting(sites, server), RedirectTests.At(server.HttpPort, server.HttpsPort));

        Assert.Equal(2 * (sites.Count + sites.Sum(static site => site.Aliases.Count)), tests.Count);
        Assert.All(tests, static test => Assert.Equal((test.ToString(), "Passed", ""), (test.ToString(), test.Outcome.ToString(), string.Join(' ', test.Findings))));
        Assert.All(tests.Where(static test => test.Scheme == "https"), static test => Assert.NotNull(test.CertificateNotAfter));
    }

    [SkippableFact]
    public async Task A_name_that_the_redirector_does_not_know_or_has_no_certificate_for_is_found_among_the_others()
    {
        var sites = ApexSites.Many(5).ToList();
        using var server = await RealServer.StartAsync(WebServerFormat.Nginx, sites, ApexRedirectSettings.Default, without: "client-3.example");

        var tests = await RedirectTests.RunAsync(
            Trusting([.. sites, ApexSites.Site("new", "new.example")], server), RedirectTests.At(server.HttpPort, server.HttpsPort));

        Assert.Equal(
            ["http://new.example Closed", "https://client-3.example TlsFailed", "https://new.example TlsFailed"],
            tests.Where(static test => test.Outcome != ApexRedirectOutcome.Passed)
                .Select(static test => $"{test.Scheme}://{test.Host} {Assert.Single(test.Findings).Code}").Order(StringComparer.Ordinal));
    }

    [SkippableFact]
    public async Task Two_thousand_names_are_tested_in_parallel_each_once_and_told_of()
    {
        var sites = ApexSites.Many(2000);
        using var server = await RealServer.StartAsync(WebServerFormat.Nginx, sites, ApexRedirectSettings.Default);
        var reporter = new Recording();
        var names = sites.SelectMany(static site => site.Aliases.Prepend(site.Domain)).Order(StringComparer.Ordinal).ToList();

        var tests = new List<ApexRedirectTest>();
        await using var workspace = Open(Trusting(sites, server), reporter);
        await foreach (var test in workspace.TestApexRedirectsAsync(null, RedirectTests.At(server.HttpPort, server.HttpsPort) with { Targets = [ApexRedirectTestOptions.UnusualTarget] }, default))
        {
            tests.Add(test);
        }

        Assert.DoesNotContain(tests, static test => test.Outcome != ApexRedirectOutcome.Passed);
        foreach (var scheme in new[] { "http", "https" })
        {
            Assert.Equal(names, tests.Where(test => test.Scheme == scheme).Select(static test => test.Host).Order(StringComparer.Ordinal));
        }

        var told = reporter.Progresses.Where(static progress => progress.Activity == "Testing redirects").ToList();
        Assert.Equal((2 * names.Count, 2 * names.Count, true), (told[^1].Done, told[^1].Total, told[^1].Completed));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_stop_or_a_reader_who_leaves_ends_everything_without_waiting_for_anybody(bool cancel)
    {
        // The first name is answered for and no other ever is: whoever waited for one would wait for an hour.
        string? first = null;
        await using var server = new LoopbackServer(async (request, stream, token) =>
        {
            Interlocked.CompareExchange(ref first, request.Host, null);
            if (request.Host == first)
            {
                await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(RedirectTests.Right(request)), token);
                return;
            }

            await Task.Delay(System.Threading.Timeout.Infinite, token);
        });
        using var stop = new CancellationTokenSource();
        await using var workspace = Open(ApexSites.Many(2000), SilentReporter.Instance);
        var seen = 0;

        async Task ReadAsync()
        {
            var options = RedirectTests.At(server.Port) with { Timeout = TimeSpan.FromHours(1), ThrottleLimit = 64 };
            await foreach (var test in workspace.TestApexRedirectsAsync(null, options, stop.Token))
            {
                Assert.Equal(first, test.Host);
                seen++;
                if (!cancel)
                {
                    break;
                }

                await stop.CancelAsync();
            }
        }

        if (cancel)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(ReadAsync);
        }
        else
        {
            await ReadAsync();
        }

        Assert.Equal(1, seen);
        Assert.InRange(server.Connections, 1, 70);
    }

    private static List<HostedSite> Trusting(IReadOnlyList<HostedSite> sites, RealServer server) =>
        sites.Select(site => site with { Check = new HealthCheckPolicy { CaFile = server.RootFile } }).ToList();

    private static HostingWorkspace Open(IReadOnlyList<HostedSite> sites, IOperationReporter reporter) => HostingWorkspace.Open(
        new HostingInventory { Zone = "sites.example.net", Sites = sites, Apex = new ApexSettings { ElasticIp = RedirectTests.ElasticIp } }, new WorkspaceOptions(), reporter);

    private sealed class Recording : IOperationReporter
    {
        public ConcurrentQueue<OperationProgress> Progresses { get; } = new();

        public void Progress(OperationProgress progress) => Progresses.Enqueue(progress);

        public void Verbose(string message)
        {
        }

        public void Warning(string message)
        {
        }
    }
}
