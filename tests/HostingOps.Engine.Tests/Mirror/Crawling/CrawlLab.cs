using System.Net;
using HostingOps.Engine.Mirror;
using HostingOps.Engine.Mirror.Crawling;
using HostingOps.Engine.Tests.Health;

namespace HostingOps.Engine.Tests.Mirror.Crawling;

/// <summary>A site on loopback, an asset host beside it, and a crawl of both.</summary>
internal sealed class CrawlLab : IAsyncDisposable
{
    private readonly Dictionary<string, Func<OriginServer.Question, OriginServer.Reply>> pages = new(StringComparer.Ordinal);

    public CrawlLab()
    {
        Server = new OriginServer(question => pages.TryGetValue(question.Target, out var page) ? page(question) : Fallback(question));
        Assets = new OriginServer(question => AssetPages(question));
        Site = TestSites.Acme() with
        {
            Primary = new SiteHost { Name = "do-1", Provider = "digitalocean", Address = "127.0.0.1" },
            Check = new HealthCheckPolicy { Scheme = "http", Port = Server.Port },
        };
        Settings = new MirrorSettings { RequestsPerSecond = null, Timeout = TimeSpan.FromSeconds(10), AssetHosts = [$"cdn.example.net:{Assets.Port}"] };
    }

    public OriginServer Server { get; }

    public OriginServer Assets { get; }

    public HostedSite Site { get; set; }

    public MirrorSettings Settings { get; set; }

    public TimeProvider Clock { get; set; } = TimeProvider.System;

    public Func<OriginServer.Question, OriginServer.Reply> Fallback { get; set; } = static _ => OriginServer.Reply.NotFound;

    public Func<OriginServer.Question, OriginServer.Reply> AssetPages { get; set; } = static _ => OriginServer.Reply.NotFound;

    public FixedResolver Resolver { get; set; } = new(static _ => [IPAddress.Loopback]);

    public RecordingReporter Reporter { get; } = new();

    public CrawlTally Tally { get; private set; } = new();

    public long WireBytes { get; private set; }

    public int Requests { get; private set; }

    public string Cdn => $"/.mirror/cdn.example.net:{Assets.Port}";

    public CrawlLab Page(string path, string html, params (string, string)[] headers) => On(path, _ => OriginServer.Reply.Html(html, 200, headers));

    public CrawlLab On(string path, Func<OriginServer.Question, OriginServer.Reply> answer)
    {
        pages[path] = answer;
        return this;
    }

    public async Task<string?> CrawlAsync(IMirrorRun run, CancellationToken cancellationToken = default)
    {
        using var transport = new CrawlTransport(Site with { Mirror = Settings }, Resolver, null, Clock);
        var crawl = new MirrorCrawl(Site with { Mirror = Settings }, run, transport, Reporter, Clock);
        Tally = crawl.Tally;
        try
        {
            return await crawl.RunAsync(cancellationToken);
        }
        finally
        {
            (WireBytes, Requests) = (transport.WireBytes, transport.Requests);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Assets.DisposeAsync();
    }
}
