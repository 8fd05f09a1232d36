namespace HostingOps.Cmdlets.Commands.Failover;

/// <summary>The operations that the pipeline asked for, per inventory, each with the sites named beside it.</summary>
internal sealed class OperationRequests
{
    private readonly List<OperationRequest> requests = [];
    private readonly Dictionary<(string? InventoryPath, string? OperationId), OperationRequest> known = [];

    /// <summary>All requests, in the order of arrival.</summary>
    public IReadOnlyList<OperationRequest> All => requests;

    /// <summary>Adds what the parameters of one pipeline record say.</summary>
    public void Add(string? inventoryPath, string? operationId, IReadOnlyList<string>? names)
    {
        if (!known.TryGetValue((inventoryPath, operationId), out var request))
        {
            request = new OperationRequest(inventoryPath, operationId);
            known.Add((inventoryPath, operationId), request);
            requests.Add(request);
        }

        request.Add(names);
    }
}
