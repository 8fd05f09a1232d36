namespace HostingOps.Cmdlets.Commands.Failover;

/// <summary>The operations that the pipeline asked for, per inventory, each with the sites named beside it.</summary>
internal sealed class OperationRequests
{
    private readonly List<OperationRequest> requests = [];

    /// <summary>All requests, in the order of arrival.</summary>
    public IReadOnlyList<OperationRequest> All => requests;

    /// <summary>Adds what the parameters of one pipeline record say.</summary>
    public void Add(string? inventoryPath, string? operationId, IReadOnlyList<string>? names)
    {
        var request = requests.Find(known => known.InventoryPath == inventoryPath && known.OperationId == operationId);
        if (request is null)
        {
            request = new OperationRequest(inventoryPath, operationId);
            requests.Add(request);
        }

        request.Add(names);
    }
}
