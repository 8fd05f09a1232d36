using HostingOps.Engine;
using HostingOps.Engine.Failover;

namespace HostingOps.Cmdlets.Pipeline;

/// <summary>The sites asked for in one inventory.</summary>
internal sealed class SiteRequest(string? inventoryPath)
{
    private readonly List<string> names = [];
    private bool all;

    /// <summary>The -InventoryPath, or null.</summary>
    public string? InventoryPath => inventoryPath;

    /// <summary>The names with wildcards, or null for all sites.</summary>
    public IReadOnlyList<string>? Names => all ? null : names;

    public void Add(IReadOnlyList<string>? more)
    {
        if (more is null)
        {
            all = true;
        }
        else
        {
            names.AddRange(more);
        }
    }

    /// <summary>The sites, each once. A name that fits none, or cannot be read, is an error of its own and does not stop the others.</summary>
    public async Task<IReadOnlyList<HostedSite>> SelectAsync(HostingWorkspace workspace, PipelineWork work)
    {
        if (Names is null)
        {
            return workspace.Inventory.Sites;
        }

        var byName = workspace.Inventory.Sites.ToLookup(site => site.Name, StringComparer.OrdinalIgnoreCase);
        var chosen = new List<HostedSite>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            var found = byName[name].ToList();
            try
            {
                // A plain name needs no walk over the inventory: thousands may come from a file.
                var sites = found.Count > 0 ? found : workspace.SelectSites([name]);
                chosen.AddRange(sites.Where(site => seen.Add(site.Name)));
            }
            catch (HostingException error) when (error.ErrorId is ErrorIds.SiteNotFound or ErrorIds.InvalidArgument)
            {
                await work.WriteErrorAsync(error, name).ConfigureAwait(false);
            }
        }

        return chosen;
    }

    /// <summary>As <see cref="SelectAsync"/>, and only the sites that have the host: each other site is an error of its own.</summary>
    /// <param name="workspace">The inventory.</param>
    /// <param name="hostName">The host, or null for no condition. One that no site can have is left to the engine to refuse.</param>
    /// <param name="work">Where the errors go.</param>
    public async Task<IReadOnlyList<HostedSite>> SelectWithHostAsync(HostingWorkspace workspace, string? hostName, PipelineWork work)
    {
        var sites = await SelectAsync(workspace, work).ConfigureAwait(false);
        if (hostName is null || !workspace.Inventory.Hosts.Keys.Contains(hostName, StringComparer.OrdinalIgnoreCase))
        {
            return sites;
        }

        var fitting = new List<HostedSite>();
        foreach (var site in sites)
        {
            if (Is(site.Primary, hostName) || Is(site.Secondary, hostName))
            {
                fitting.Add(site);
                continue;
            }

            await work.WriteErrorAsync(new HostingException(
                ErrorIds.HostNotFound,
                HostingErrorCategory.ObjectNotFound,
                site.Name,
                $"'{hostName}' is not a host of site '{site.Name}'; it has {site.Primary.Name} (primary) and {site.Secondary.Name} (secondary).",
                "Name one of the two.")).ConfigureAwait(false);
        }

        return fitting;
    }

    /// <summary>
    /// The names for a look into the journal, or null for all: sites that have left the inventory are still there. A name
    /// that is in neither is an error of its own.
    /// </summary>
    public async Task<IReadOnlyList<string>?> NamesInJournalAsync(HostingWorkspace workspace, PipelineWork work)
    {
        if (Names is null)
        {
            return null;
        }

        var inInventory = workspace.Inventory.Sites.Select(site => site.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var known = new List<string>();
        foreach (var name in names.Distinct(StringComparer.OrdinalIgnoreCase))
        {
            try
            {
                if (!inInventory.Contains(name) && workspace.GetHistory(new HistoryFilter { Sites = [name], First = 1 }).Count == 0)
                {
                    workspace.SelectSites([name]);
                }

                known.Add(name);
            }
            catch (HostingException error) when (error.ErrorId is ErrorIds.SiteNotFound or ErrorIds.InvalidArgument)
            {
                await work.WriteErrorAsync(error, name).ConfigureAwait(false);
            }
        }

        return known;
    }

    private static bool Is(SiteHost host, string name) => string.Equals(host.Name, name, StringComparison.OrdinalIgnoreCase);
}
