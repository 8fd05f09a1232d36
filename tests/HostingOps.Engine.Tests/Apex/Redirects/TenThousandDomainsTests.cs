using System.Collections.Concurrent;
using System.Net;

namespace HostingOps.Engine.Tests.Apex.Redirects;

/// <summary>A real nginx serves 10,000 domains and their aliases; every one is asked over http and https.</summary>
public sealed class TenThousandDomainsTests
{
    private const int Domains = 10_000;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    [SkippableFact]
    public async Task Every_domain_and_alias_of_the_inventory_is_redirected_over_http_and_https()
    {
        var sites = ApexSites.Many(Domains);
        using var server = await RealServer.StartAsync(WebServerFormat.Nginx, sites, ApexRedirectSettings.Default);
        using var limit = new CancellationTokenSource(Patience);

        // What the inventory says, told apart from the table that the configuration is made of.
        var expected = sites.SelectMany(static site => site.Aliases.Prepend(site.Domain).Select(name => (Name: name, Www: "www." + site.Domain))).ToList();
        Assert.Equal(Domains + (Domains / 20), expected.Count);
        var wrong = new ConcurrentBag<string>();
        var asked = 0;

        await Parallel.ForEachAsync(expected.Chunk(expected.Count / 8), new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = limit.Token }, async (part, token) =>
        {
            RawClient? plain = null;
            foreach (var (name, www) in part)
            {
                var path = $"/{name}/a//b%2Fc%0d%0a;d?x=1&y=%20{name}&z";
                if (plain is null or { Closing: true })
                {
                    plain?.Dispose();
                    plain = await RawClient.ConnectAsync(IPAddress.Loopback, server.HttpPort, null, tls: false, token);
                }

                var overHttp = await plain.GetAsync(path, name, token);
                using var secure = await RawClient.ConnectAsync(IPAddress.Loopback, server.HttpsPort, name, tls: true, token);
                var overHttps = await secure.GetAsync(path, name, token);
                var location = "https://" + www + path;
                if ((overHttp.Status, overHttp.Location) != (301, location)
                    || (overHttps.Status, overHttps.Location) != (301, location)
                    || secure.Thumbprint != server.Thumbprints[name])
                {
                    wrong.Add($"{name}: {overHttp.Status} {overHttp.Location}, {overHttps.Status} {overHttps.Location}, {secure.Thumbprint}");
                }

                Interlocked.Increment(ref asked);
            }

            plain?.Dispose();
        });

        Assert.Empty(wrong);
        Assert.Equal(expected.Count, asked);
        var log = server.Log;
        Assert.DoesNotContain("could not build", log, StringComparison.Ordinal);
        Assert.DoesNotContain("[error]", log, StringComparison.Ordinal);
    }
}
