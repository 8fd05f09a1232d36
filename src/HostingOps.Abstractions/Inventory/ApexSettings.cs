namespace HostingOps;

/// <summary>The redirector of the bare domains.</summary>
public sealed record ApexSettings
{
    private static readonly IReadOnlyList<string> DefaultReload = ["sudo", "systemctl", "reload", "nginx"];
    private static readonly IReadOnlyList<string> DefaultTest = ["sudo", "nginx", "-t"];
    private static readonly IReadOnlyDictionary<string, string> NoWays = new Dictionary<string, string>();

    /// <summary>The Elastic IP that all bare domains point to.</summary>
    public required string ElasticIp { get; init; }

    /// <summary>The IPv6 address that the bare domains' AAAA records have, or null when they have none.</summary>
    public string? ElasticIpV6 { get; init; }

    /// <summary>Where the redirector's configuration is sent to by ssh, or null.</summary>
    public SshDestination? Ssh { get; init; }

    /// <summary>The configuration file on the redirector. Default <c>/etc/nginx/conf.d/hostingops-apex.conf</c>.</summary>
    public string ConfigPath { get; init; } = "/etc/nginx/conf.d/hostingops-apex.conf";

    /// <summary>The program and arguments that make the redirector take up its configuration. Default <c>sudo systemctl reload nginx</c>.</summary>
    public IReadOnlyList<string> Reload { get; init; } = DefaultReload;

    /// <summary>The program and arguments that check the configuration on the redirector. Default <c>sudo nginx -t</c>.</summary>
    public IReadOnlyList<string> Test { get; init; } = DefaultTest;

    /// <summary>The EC2 instance that replaces a lost redirector.</summary>
    public ApexInstanceSettings Instance { get; init; } = ApexInstanceSettings.Default;

    /// <summary>How the bare domains are redirected.</summary>
    public ApexRedirectSettings Redirect { get; init; } = ApexRedirectSettings.Default;

    /// <summary>
    /// By <c>address:port</c>, on port 80 or 443: where connections to public addresses go instead, as in a rehearsal, through a
    /// tunnel or behind NAT. What a cmdlet is given as -ConnectTo counts before it.
    /// </summary>
    public IReadOnlyDictionary<string, string> ConnectTo { get; init; } = NoWays;

    /// <inheritdoc/>
    public override string ToString() => ElasticIp;
}
