using System.Globalization;
using HostingOps.Engine.Apex.Checks;
using HostingOps.Engine.Tests.Health;

namespace HostingOps.Engine.Tests.Apex.Checks;

/// <summary>An inventory whose Elastic IP is answered on loopback, and the test of its redirects.</summary>
internal static class RedirectTests
{
    public const string ElasticIp = "198.51.100.99";

    /// <summary>Generous: no test waits for it unless a timeout is what it tests.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static HostedSite Site(string name = "acme", string? caFile = null, params string[] aliases) => TestSites.Site(name) with
    {
        Aliases = aliases,
        Check = new HealthCheckPolicy { CaFile = caFile },
    };

    public static ApexRedirectTestOptions At(int? http, int? https = null) => new()
    {
        ConnectTo = Routes(http, https),
        Http = http is not null,
        Https = https is not null,
        CheckDns = false,
        Timeout = Patience,
    };

    public static async Task<IReadOnlyList<ApexRedirectTest>> RunAsync(
        IReadOnlyList<HostedSite> sites, ApexRedirectTestOptions options, ApexSettings? apex = null, CancellationToken token = default)
    {
        var inventory = new HostingInventory { Zone = "sites.example.net", Sites = sites, Apex = apex ?? new ApexSettings { ElasticIp = ElasticIp } };
        await using var workspace = HostingWorkspace.Open(inventory, new WorkspaceOptions(), SilentReporter.Instance);
        var results = new List<ApexRedirectTest>();
        await foreach (var test in workspace.TestApexRedirectsAsync(null, options, token))
        {
            results.Add(test);
        }

        return results;
    }

    public static async Task<ApexRedirectTest> OneAsync(LoopbackServer server, bool tls = false, HostedSite? site = null, TimeSpan? timeout = null) =>
        Assert.Single(await RunAsync(
            [site ?? Site()], (tls ? At(null, server.Port) : At(server.Port)) with { Timeout = timeout ?? Patience }));

    /// <summary>As a redirector answers that does what it should.</summary>
    public static string Right(LoopbackServer.Request request) => LoopbackServer.Redirect($"https://www.{request.Host}{request.Target}");

    private static Dictionary<string, string> Routes(int? http, int? https)
    {
        var routes = new Dictionary<string, string>();
        foreach (var (port, to) in new[] { (80, http), (443, https) })
        {
            if (to is { } there)
            {
                routes[string.Create(CultureInfo.InvariantCulture, $"{ElasticIp}:{port}")] = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{there}");
            }
        }

        return routes;
    }
}
