using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using HostingOps.Testing.HardSites.Traps;
using HostingOps.Testing.Http;

namespace HostingOps.Testing.HardSites;

/// <summary>
/// A site made of everything that mirroring tools stumble over, in this process, that knows by itself what a perfect mirror of it
/// answers and what it must never be asked. A stranger's server beside it counts whoever leaves the site.
/// </summary>
public sealed class HardSite : IAsyncDisposable
{
    private readonly ConcurrentQueue<(string Host, RawRequest Request)> asked = new();
    private readonly RawServer server;
    private readonly RawServer assetServer;
    private readonly RawServer stranger;
    private readonly byte[] notFound;
    private readonly HardSiteMap map;
    private int failingAfter = int.MaxValue;
    private int sinceForgotten;

    private HardSite(HardSiteOptions options)
    {
        stranger = new RawServer((request, _) => Strange(request));
        var assets = new HardSiteMap(options, "");
        assetServer = new RawServer((request, _) => Task.FromResult(Asked(options.AssetHost, request, assets)));
        map = new HardSiteMap(options, string.Create(CultureInfo.InvariantCulture, $"{options.AssetHost}:{assetServer.Port}"));
        server = new RawServer(async (request, token) =>
        {
            await Task.Delay(Latency, token);
            return Asked(options.HostName, request, map);
        });
        Addresses.Lay(map);
        Redirects.Lay(map, stranger.Port);
        Documents.Lay(map);
        PageParts.Lay(map);
        Styles.Lay(map);
        Neighbours.Lay(map, assets, assetServer.Port, stranger.Port);
        Lists.Lay(map);
        Snares.Lay(map);
        Paths.Lay(map);
        Wounds.Lay(map);
        FrontPage.Lay(map);
        notFound = Encoding.UTF8.GetBytes(HardSiteMap.Said(FrontPage.NotFound));
    }

    /// <summary>The port on 127.0.0.1 where the site answers, whatever the Host header says.</summary>
    public int Port => server.Port;

    /// <summary>The port of the host of shared assets.</summary>
    public int AssetPort => assetServer.Port;

    public string HostName => map.Own;

    public string AssetHost => map.Options.AssetHost;

    /// <summary>What a perfect mirror answers.</summary>
    public IReadOnlyList<HardAnswer> Expected => map.Expected;

    /// <summary>What was asked so far, in order, with the host that it was asked of.</summary>
    public IReadOnlyList<(string Host, RawRequest Request)> Requests => [.. asked];

    /// <summary>Requests to the site's own host under way at the same time, at most.</summary>
    public int MostAtOnce => server.MostAtOnce;

    /// <summary>Bytes of bodies that were sent.</summary>
    public long BodyBytes => server.BodyBytes + assetServer.BodyBytes;

    public static HardSite Begin(HardSiteOptions? options = null) => new(options ?? new HardSiteOptions());

    /// <summary>Time that each answer of the site itself takes.</summary>
    public TimeSpan Latency { get; set; }

    /// <summary>Forgets what was asked; after so many requests from now on, all are answered 500.</summary>
    public void Forget(int failAfter = int.MaxValue)
    {
        asked.Clear();
        sinceForgotten = 0;
        failingAfter = failAfter;
    }

    /// <summary>What was done that must not be done, in words; empty for a polite visitor.</summary>
    public IReadOnlyList<string> Violations()
    {
        var all = Requests;
        var found = new List<string>();
        foreach (var (host, request) in all)
        {
            var target = HardSiteMap.Normal(request.Target);
            if (map.Never.FirstOrDefault(pattern => Matches(pattern, target)) is { } pattern)
            {
                found.Add($"asked {request} of {host}, which nobody may ask ({pattern})");
            }

            if (request.Method is not ("GET" or "HEAD"))
            {
                found.Add($"asked {request} of {host}: only GET and HEAD are safe");
            }

            if (request.Header("Cookie") is { } cookie)
            {
                found.Add($"sent Cookie: {cookie} with {request} to {host}");
            }
        }

        found.AddRange(map.Bounds.Select(bound => (bound, Count: all.Count(one => Matches(bound.Pattern, HardSiteMap.Normal(one.Request.Target)))))
            .Where(static one => one.Count > one.bound.Most)
            .Select(static one => $"asked {one.Count} times within {one.bound.Pattern}; {one.bound.Most} are plenty"));
        var identities = all.Select(static one => one.Request.Header("User-Agent") ?? "").Distinct().ToArray();
        if (identities.Length > 1)
        {
            found.Add($"called itself {string.Join(" and ", identities)}");
        }

        return found;
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        await assetServer.DisposeAsync();
        await stranger.DisposeAsync();
    }

    private static bool Matches(string pattern, string target) => pattern.EndsWith('*')
        ? target.StartsWith(HardSiteMap.Normal(pattern[..^1]), StringComparison.Ordinal)
        : target == HardSiteMap.Normal(pattern);

    private RawAnswer Asked(string host, RawRequest request, HardSiteMap asked)
    {
        this.asked.Enqueue((host, request));
        if (Interlocked.Increment(ref sinceForgotten) > failingAfter)
        {
            return RawAnswer.Text(500, "text/html; charset=utf-8", "<!doctype html><title>Error</title><p>Broken for the moment.</p>");
        }

        var answer = asked.Answer(request) ?? RawAnswer.Of(404, "text/html; charset=utf-8", notFound);
        return answer.Status == 200 ? Conditional.Answer(request, answer) : answer;
    }

    private Task<RawAnswer> Strange(RawRequest request)
    {
        asked.Enqueue(("stranger", request with { Target = "/.stranger" + request.Target }));
        return Task.FromResult(RawAnswer.Text(200, "text/plain", "You should not be here."));
    }
}
