using HostingOps.Engine.Health;

namespace HostingOps.Engine.Mirror.Crawling;

/// <summary>How the crawler names itself, in every request the same.</summary>
internal sealed class CrawlIdentity
{
    /// <summary>The identity that the settings name, or HostingOps's own.</summary>
    public CrawlIdentity(MirrorSettings settings)
    {
        UserAgent = settings.UserAgent ?? ProbeTransport.UserAgent.Replace("health check", "site mirror", StringComparison.Ordinal);
        var end = UserAgent.AsSpan().IndexOfAny('/', ' ');
        Token = end < 0 ? UserAgent : UserAgent[..end];
    }

    /// <summary>The User-Agent header.</summary>
    public string UserAgent { get; }

    /// <summary>The product token by which a robots.txt can name it (RFC 9309 §2.2.1).</summary>
    public string Token { get; }
}
