namespace HostingOps.Cmdlets.Pipeline;

/// <summary>
/// The sites that the pipeline asked for, per inventory, in the order of arrival. Collected first and worked on
/// together, for probes, listings and batches of records are made for many sites at once.
/// </summary>
internal sealed class SiteRequests
{
    private readonly List<SiteRequest> requests = [];
    private readonly Dictionary<string, SiteRequest> byInventory = new(StringComparer.Ordinal);

    /// <summary>All requests.</summary>
    public IReadOnlyList<SiteRequest> All => requests;

    /// <summary>Adds sites of an inventory, as the parameters of one pipeline record name them.</summary>
    /// <param name="inventoryPath">The -InventoryPath, or null.</param>
    /// <param name="names">Names with wildcards, or null for all sites.</param>
    public void Add(string? inventoryPath, IReadOnlyList<string>? names)
    {
        var key = inventoryPath ?? "";
        if (!byInventory.TryGetValue(key, out var request))
        {
            request = new SiteRequest(inventoryPath);
            byInventory.Add(key, request);
            requests.Add(request);
        }

        request.Add(names);
    }
}
