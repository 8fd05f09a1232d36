using System.Globalization;

namespace HostingOps.Engine.Mirror.Crawling;

/// <summary>What a robots.txt says to one crawler (RFC 9309), with the widespread Crawl-delay and Sitemap lines.</summary>
internal sealed class RobotsRules
{
    /// <summary>How much of a file is read: RFC 9309 §2.5 asks for 500 KiB at least.</summary>
    public const int MostBytes = 512 * 1024;

    private readonly List<(PathPattern Pattern, bool Allow)> rules = [];

    private RobotsRules()
    {
    }

    /// <summary>Everything is allowed: there is no file.</summary>
    public static RobotsRules AllowAll { get; } = new();

    /// <summary>Seconds between two requests, or null.</summary>
    public TimeSpan? CrawlDelay { get; private set; }

    /// <summary>The sitemaps that it names, for whoever asks.</summary>
    public List<string> Sitemaps { get; } = [];

    /// <summary>Reads a file.</summary>
    /// <param name="text">The file.</param>
    /// <param name="token">The crawler's product token, for example <c>HostingOps</c>.</param>
    public static RobotsRules Parse(string text, string token)
    {
        var own = new RobotsRules();
        var others = new RobotsRules();
        var sitemaps = new List<string>();
        var (named, forOwn, forOthers, inAgents) = (false, false, false, false);
        foreach (var line in text.TrimStart('\uFEFF').Split('\n', '\r'))
        {
            var content = line.AsSpan();
            content = content.IndexOf('#') is >= 0 and var comment ? content[..comment] : content;
            var colon = content.IndexOf(':');
            if (colon < 0)
            {
                continue;
            }

            var key = content[..colon].Trim().ToString().ToLowerInvariant();
            var value = content[(colon + 1)..].Trim().ToString();
            if (key == "user-agent")
            {
                if (!inAgents)
                {
                    (forOwn, forOthers) = (false, false);
                }

                inAgents = true;
                var isOwn = value.Equals(token, StringComparison.OrdinalIgnoreCase);
                named |= isOwn;
                forOwn |= isOwn;
                forOthers |= value == "*";
                continue;
            }

            if (key == "sitemap")
            {
                sitemaps.Add(value);
                continue;
            }

            inAgents = false;
            if (forOwn)
            {
                own.Take(key, value);
            }

            if (forOthers)
            {
                others.Take(key, value);
            }
        }

        var rules = named ? own : others;
        rules.Sitemaps.AddRange(sitemaps);
        return rules;
    }

    /// <summary>The sitemaps without the rules: the inventory says that the rules are not obeyed.</summary>
    public RobotsRules OnlySitemaps()
    {
        var only = new RobotsRules();
        only.Sitemaps.AddRange(Sitemaps);
        return only;
    }

    /// <summary>Whether a path and query may be asked for: the longest rule that fits, and where two are as long, the one that allows.</summary>
    public bool Allows(string pathAndQuery)
    {
        if (pathAndQuery == "/robots.txt" || rules.Count == 0)
        {
            return true;
        }

        var path = PathPattern.Normal(pathAndQuery);
        var (longest, allow) = (-1, true);
        foreach (var rule in rules)
        {
            if ((rule.Pattern.Length > longest || (rule.Pattern.Length == longest && rule.Allow)) && rule.Pattern.Fits(path))
            {
                (longest, allow) = (rule.Pattern.Length, rule.Allow);
            }
        }

        return allow;
    }

    private void Take(string key, string value)
    {
        switch (key)
        {
            case "allow" or "disallow" when value.Length > 0:
                rules.Add((new PathPattern(value), key == "allow"));
                break;
            case "crawl-delay" when double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and < 86_400:
                CrawlDelay = TimeSpan.FromSeconds(seconds);
                break;
        }
    }
}
