namespace HostingOps.Engine.Dns.Audit.Views;

/// <summary>Everything that was seen of one site's names.</summary>
internal sealed record SiteDnsFacts
{
    /// <summary>The site.</summary>
    public required HostedSite Site { get; init; }

    /// <summary>The client's www.</summary>
    public required NameView Www { get; init; }

    /// <summary>The bare domain first, then its aliases, and what else the redirector answers for.</summary>
    public IReadOnlyList<NameView> Redirected { get; init; } = [];

    /// <summary>Our record.</summary>
    public required NameView Record { get; init; }

    /// <summary>The zones of all these, each once.</summary>
    public IReadOnlyList<ZoneView> Zones { get; init; } = [];

    /// <summary>Domains that the zone above does not know, each with who said so.</summary>
    public IReadOnlyList<(string Domain, string? From)> MissingDomains { get; init; } = [];

    /// <summary>The CAA records of each name that gets a certificate.</summary>
    public IReadOnlyList<CaaView> Caa { get; init; } = [];

    /// <summary>What public resolvers say.</summary>
    public IReadOnlyList<ResolverAnswer> Resolvers { get; init; } = [];
}
