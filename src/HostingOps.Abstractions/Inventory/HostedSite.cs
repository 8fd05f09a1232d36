namespace HostingOps;

/// <summary>One website of the inventory with its pair of hosts, defaults already applied.</summary>
public sealed record HostedSite
{
    /// <summary>Name in the inventory, for example <c>acme</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The bare domain in ASCII (punycode) form, for example <c>acme-legal.example</c>; its <c>www</c> is a CNAME to <see cref="Record"/>.</summary>
    public required string Domain { get; init; }

    /// <summary>Other bare domains that lead to the same site, in ASCII form.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>The full name of the record that is switched, without trailing dot, for example <c>acme.sites.example.net</c>.</summary>
    public required string Record { get; init; }

    /// <summary>The hosted zone that holds <see cref="Record"/>, without trailing dot.</summary>
    public required string Zone { get; init; }

    /// <summary>The host the site lives on in good times.</summary>
    public required SiteHost Primary { get; init; }

    /// <summary>The host that takes over.</summary>
    public required SiteHost Secondary { get; init; }

    /// <summary>The record's TTL in seconds.</summary>
    public int Ttl { get; init; } = 60;

    /// <summary>How the site is checked.</summary>
    public HealthCheckPolicy Check { get; init; } = new();

    /// <summary>What may happen by itself.</summary>
    public SitePolicy Policy { get; init; } = new();

    /// <summary>Programs run around a switch.</summary>
    public SiteHooks Hooks { get; init; } = new();

    /// <summary>How a static mirror of it is made and kept, or null. With it, the secondary host serves the mirror and not the site itself.</summary>
    public MirrorSettings? Mirror { get; init; }

    /// <summary>Where the site's source is, or null.</summary>
    public string? Repository { get; init; }

    /// <summary>Whether the apex redirector answers for the site's domain and aliases. Default true.</summary>
    public bool ApexRedirect { get; init; } = true;

    /// <summary>Ids of the Route 53 health checks that look at this very site, by the name of the host that they ask.</summary>
    public IReadOnlyDictionary<string, string> HealthChecks { get; init; } = new Dictionary<string, string>();

    /// <summary>The inventory file that the site was read from. Binds to -InventoryPath in a pipeline.</summary>
    public string? InventoryPath { get; init; }

    /// <summary>The name visitors use, asked for in probes: <c>www.</c> and the domain.</summary>
    public string HostName => "www." + Domain;

    /// <summary>The other host of the pair.</summary>
    /// <exception cref="ArgumentException">The host is neither of the two.</exception>
    public SiteHost PeerOf(SiteHost host)
    {
        ArgumentNullException.ThrowIfNull(host);
        return host.Name == Primary.Name ? Secondary
            : host.Name == Secondary.Name ? Primary
            : throw new ArgumentException($"'{host.Name}' is not a host of site '{Name}'.", nameof(host));
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
