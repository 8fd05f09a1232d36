using HostingOps.Engine;

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

    /// <summary>The sites, each once. A name that fits none is an error of its own and does not stop the others.</summary>
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
            catch (HostingException error) when (error.ErrorId == ErrorIds.SiteNotFound)
            {
                await work.WriteErrorAsync(error, name).ConfigureAwait(false);
            }
        }

        return chosen;
    }
}
