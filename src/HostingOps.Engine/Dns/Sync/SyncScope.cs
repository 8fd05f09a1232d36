using HostingOps.Engine.Inventory;

namespace HostingOps.Engine.Dns.Sync;

/// <summary>Which sites a sync is about: all, or those that names with wildcards mean.</summary>
internal sealed class SyncScope
{
    private readonly HostingInventory inventory;
    private readonly SiteSelector selector;
    private readonly NamePattern[]? patterns;
    private readonly HashSet<string> names;
    private readonly bool prune;

    /// <exception cref="HostingException">InvalidArgument: a pattern can't be read. SiteNotFound: a name is no site's, and none is looked for that is gone.</exception>
    public SyncScope(HostingInventory inventory, SiteSelector selector, SyncOptions options)
    {
        this.inventory = inventory;
        this.selector = selector;
        prune = options.Prune;
        patterns = options.Sites?.Select(NamePattern.Parse).ToArray();

        // Thousands of names may come down a pipeline, and each is held against every site.
        names = (patterns ?? []).Select(static pattern => pattern.Literal).OfType<string>().ToHashSet(StringComparer.OrdinalIgnoreCase);
        Adopted = options.Adopt.Count == 0
            ? new HashSet<string>()
            : selector.Select(options.Adopt).Select(static site => site.Name).ToHashSet(StringComparer.Ordinal);
        if (options.Sites is { Count: > 0 } given && !prune)
        {
            selector.Select(given);
        }
    }

    /// <summary>Whether it is about the whole zone.</summary>
    public bool IsWhole => patterns is null;

    /// <summary>Whether the zone has to be listed: what is gone from the inventory can't be asked for by name.</summary>
    public bool NeedsListing => IsWhole || prune;

    /// <summary>The sites whose records are taken over.</summary>
    public IReadOnlySet<string> Adopted { get; }

    /// <summary>Whether it is about a site of that name.</summary>
    public bool Concerns(string siteName) => patterns is null
        || names.Contains(siteName)
        || patterns.Any(pattern => pattern.HasWildcards && pattern.IsMatch(siteName));

    /// <summary>The sites of the inventory that it is about.</summary>
    public IReadOnlyList<HostedSite> Sites => IsWhole ? inventory.Sites : [.. inventory.Sites.Where(site => Concerns(site.Name))];

    /// <summary>All names whose record sets decide about these sites.</summary>
    public IReadOnlyCollection<string> NamesToRead => Sites
        .SelectMany(site => ZoneContents.NamesAbove(site.Record, inventory.Zone).Append(OwnershipRecord.NameFor(site.Record)).OfType<string>())
        .ToHashSet(StringComparer.Ordinal);

    /// <summary>Refuses a name that means neither a site of the inventory nor one that is gone: it was mistyped.</summary>
    /// <exception cref="HostingException">SiteNotFound, with the nearest name.</exception>
    public void EnsureKnown(ZoneContents contents, string owner)
    {
        var gone = contents.Names.Where(static name => OwnershipRecord.RecordOf(name) is not null)
            .Select(name => OwnershipRecord.Read(contents.Of(name), out _))
            .Where(ownership => ownership?.Owner == owner)
            .Select(static ownership => ownership!.SiteName)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var pattern in patterns ?? [])
        {
            if (pattern.Literal is { } name && !gone.Contains(name))
            {
                selector.Select([pattern.Text]);
            }
        }
    }
}
