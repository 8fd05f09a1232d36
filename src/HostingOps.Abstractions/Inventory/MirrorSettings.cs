namespace HostingOps;

/// <summary>How a site's static mirror is made, kept, carried to its secondary host and judged. A site that has them has a mirror as its standby.</summary>
public sealed record MirrorSettings
{
    /// <summary>What holds when the inventory says no more than that there is a mirror.</summary>
    public static MirrorSettings Default { get; } = new();

    /// <summary>Requests under way at one host at once, 1 to 32. Default 4.</summary>
    public int Connections { get; init; } = 4;

    /// <summary>Requests to one host in a second at most, or null for no limit. Default 20.</summary>
    public double? RequestsPerSecond { get; init; } = 20;

    /// <summary>Answers of any kind that are kept at most, assets included. Default 20,000.</summary>
    public int MaxPages { get; init; } = 20_000;

    /// <summary>Links followed from the start at most. Default 32.</summary>
    public int MaxDepth { get; init; } = 32;

    /// <summary>Bytes of a generation at most. Default 4 GiB.</summary>
    public long MaxBytes { get; init; } = 4L << 30;

    /// <summary>Bytes of one file at most. Default 256 MiB.</summary>
    public long MaxFileBytes { get; init; } = 256L << 20;

    /// <summary>How long a run may take. Default one hour.</summary>
    public TimeSpan MaxTime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Time for one answer's headers, and for each silence within its body. Default 30 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether robots.txt (RFC 9309) and robots meta tags of the site are obeyed. Default true.</summary>
    public bool Robots { get; init; } = true;

    /// <summary>Other hosts whose assets (not pages) are saved too, for example <c>cdn.example.net</c> or <c>cdn.example.net:8443</c>.</summary>
    public IReadOnlyList<string> AssetHosts { get; init; } = [];

    /// <summary>Paths, with <c>*</c> for any characters, that are never asked for, for example <c>/calendar/*</c>.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>Paths asked for besides <c>/</c>, the sitemaps and what they lead to.</summary>
    public IReadOnlyList<string> Start { get; init; } = [];

    /// <summary>Headers sent to the site's own host only, for example Cookie or Authorization. Values are secrets and stay out of everything written.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>The one identity, or null for HostingOps's own.</summary>
    public string? UserAgent { get; init; }

    /// <summary>How old the served generation may be for a failover. Default 36 hours.</summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromHours(36);

    /// <summary>Generations kept besides the current one. Default 2.</summary>
    public int Keep { get; init; } = 2;

    /// <summary>The share of the last generation's pages, and of its bytes, that a run must have to become current, in percent. Default 80.</summary>
    public double MinPercent { get; init; } = 80;

    /// <summary>The share of links and assets that may lead to nothing for a mirror to be whole, in percent. Default 5: most sites have some dead links of their own. A single one always may, unless this is 0.</summary>
    public double MaxMissingPercent { get; init; } = 5;

    /// <summary>Whether pages show that they are a copy. Default false; the header X-Mirror-Age is always sent.</summary>
    public bool Banner { get; init; }

    /// <summary>The folder for all mirrors on the secondary host, absolute. Default <c>/srv/mirrors</c>.</summary>
    public string Folder { get; init; } = "/srv/mirrors";

    /// <summary>Run on the secondary host, without a shell, when a new generation has become current there; empty for nothing. Default <c>sudo -n nginx -s reload</c>.</summary>
    public IReadOnlyList<string> Reload { get; init; } = ["sudo", "-n", "nginx", "-s", "reload"];

    /// <summary>
    /// The folder, on the secondary host, of a name's <c>fullchain.pem</c> and <c>privkey.pem</c>, with <c>{domain}</c> for the name asked
    /// for and <c>{siteDomain}</c> for the site's domain, as in <see cref="ApexRedirectSettings.Certificates"/>. Null serves http only.
    /// </summary>
    public string? Certificates { get; init; }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Connections} connections, at most {MaxPages} answers, fresh for {MaxAge.TotalHours:0.#} h");
}
