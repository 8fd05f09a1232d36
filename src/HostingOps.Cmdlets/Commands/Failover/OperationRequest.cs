using HostingOps.Cmdlets.Pipeline;
using HostingOps.Engine;

namespace HostingOps.Cmdlets.Commands.Failover;

/// <summary>One operation, or the newest ones of the sites named.</summary>
internal sealed class OperationRequest(string? inventoryPath, string? operationId)
{
    private readonly SiteRequest sites = new(inventoryPath);

    /// <summary>The -InventoryPath, or null.</summary>
    public string? InventoryPath => inventoryPath;

    /// <summary>The operation's id or its beginning, or null.</summary>
    public string? OperationId => operationId;

    /// <summary>See <see cref="SiteRequest.NamesInJournalAsync"/>.</summary>
    public Task<IReadOnlyList<string>?> NamesInJournalAsync(HostingWorkspace workspace, PipelineWork work) =>
        sites.NamesInJournalAsync(workspace, work);

    public void Add(IReadOnlyList<string>? names) => sites.Add(names);

    /// <summary>The names of the sites meant, or null when none were named and the whole operation is meant.</summary>
    public async Task<IReadOnlyList<string>?> SiteNamesAsync(HostingWorkspace workspace, PipelineWork work)
    {
        if (sites.Names is null)
        {
            return null;
        }

        var selected = await sites.SelectAsync(workspace, work).ConfigureAwait(false);
        return selected.Select(site => site.Name).ToList();
    }
}
