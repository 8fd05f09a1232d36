namespace HostingOps.Engine.Inventory;

/// <summary>Picks sites of one inventory by name. Safe for use from several threads.</summary>
internal sealed class SiteSelector(HostingInventory inventory)
{
    // Each costs a walk over the whole inventory, and a list of thousands of wrong names is not mended name by name.
    internal const int MostSuggestions = 20;

    private readonly Lazy<HashSet<string>> known = new(() =>
        new HashSet<string>(inventory.Sites.Select(static site => site.Name), StringComparer.OrdinalIgnoreCase));

    private readonly Lazy<IReadOnlyDictionary<string, string>> byDomain = new(() => ByDomain(inventory));
    private int suggestions;

    /// <summary>
    /// The sites that any of the patterns matches, each once, in the inventory's order; all when there are no patterns.
    /// A pattern with wildcards may match nothing. See <see cref="NamePattern"/>.
    /// </summary>
    /// <exception cref="HostingException">
    /// SiteNotFound, for the first of them with the nearest name, when a name without wildcards is no site's. InvalidArgument when
    /// a pattern cannot be read.
    /// </exception>
    public IReadOnlyList<HostedSite> Select(IReadOnlyList<string>? patterns)
    {
        if (patterns is null or { Count: 0 })
        {
            return inventory.Sites;
        }

        var wildcards = new List<NamePattern>();
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var pattern in patterns.Select(NamePattern.Parse))
        {
            if (pattern.Literal is null)
            {
                wildcards.Add(pattern);
            }
            else if (!known.Value.Contains(pattern.Literal))
            {
                throw NotFound(pattern.Literal);
            }
            else
            {
                names.Add(pattern.Literal);
            }
        }

        return inventory.Sites.Where(site => names.Contains(site.Name) || wildcards.Exists(pattern => pattern.IsMatch(site.Name))).ToList();
    }

    private HostingException NotFound(string name) => new(
        ErrorIds.SiteNotFound,
        HostingErrorCategory.ObjectNotFound,
        name,
        $"There is no site '{name}' in {(inventory.Path is null ? "the inventory" : $"'{inventory.Path}'")}.",
        byDomain.Value.TryGetValue(name, out var site) ? $"'{name}' is a domain of the site '{site}': use that name."
            : Interlocked.Increment(ref suggestions) <= MostSuggestions
                && NameSuggestion.Nearest(name, inventory.Sites.Select(static site => site.Name)) is { } nearest ? $"Did you mean '{nearest}'?"
            : "Get-HostedSite lists the names.");

    private static Dictionary<string, string> ByDomain(HostingInventory inventory)
    {
        var sites = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var site in inventory.Sites)
        {
            foreach (var domain in site.Aliases.Prepend(site.HostName).Prepend(site.Domain))
            {
                sites.TryAdd(domain, site.Name);
            }
        }

        return sites;
    }
}
