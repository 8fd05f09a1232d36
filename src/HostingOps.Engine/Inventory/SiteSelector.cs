namespace HostingOps.Engine.Inventory;

/// <summary>Picks sites by name.</summary>
internal static class SiteSelector
{
    /// <summary>
    /// The sites that any of the patterns matches, each once, in the inventory's order; all when there are no patterns.
    /// A pattern with wildcards may match nothing. See <see cref="NamePattern"/>.
    /// </summary>
    /// <exception cref="HostingException">
    /// SiteNotFound, with the nearest name, when a name without wildcards is no site's. InvalidArgument when a pattern cannot be read.
    /// </exception>
    public static IReadOnlyList<HostedSite> Select(HostingInventory inventory, IReadOnlyList<string>? patterns)
    {
        ArgumentNullException.ThrowIfNull(inventory);
        if (patterns is null or { Count: 0 })
        {
            return inventory.Sites;
        }

        var wildcards = new List<NamePattern>();
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var known = new HashSet<string>(inventory.Sites.Select(static site => site.Name), StringComparer.OrdinalIgnoreCase);
        foreach (var pattern in patterns.Select(NamePattern.Parse))
        {
            if (pattern.Literal is null)
            {
                wildcards.Add(pattern);
            }
            else if (!known.Contains(pattern.Literal))
            {
                throw NotFound(inventory, pattern.Literal);
            }
            else
            {
                names.Add(pattern.Literal);
            }
        }

        return inventory.Sites.Where(site => names.Contains(site.Name) || wildcards.Exists(pattern => pattern.IsMatch(site.Name))).ToList();
    }

    private static HostingException NotFound(HostingInventory inventory, string name)
    {
        var nearest = NameSuggestion.Nearest(name, inventory.Sites.Select(static site => site.Name));
        var byDomain = inventory.Sites.FirstOrDefault(site =>
            string.Equals(site.Domain, name, StringComparison.OrdinalIgnoreCase)
            || string.Equals(site.HostName, name, StringComparison.OrdinalIgnoreCase)
            || site.Aliases.Contains(name, StringComparer.OrdinalIgnoreCase));
        return new HostingException(
            ErrorIds.SiteNotFound,
            HostingErrorCategory.ObjectNotFound,
            name,
            $"There is no site '{name}' in {(inventory.Path is null ? "the inventory" : $"'{inventory.Path}'")}.",
            byDomain is not null ? $"'{name}' is a domain of the site '{byDomain.Name}': use that name."
                : nearest is not null ? $"Did you mean '{nearest}'?"
                : "Get-HostedSite lists the names.");
    }
}
