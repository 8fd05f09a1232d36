namespace HostingOps.Engine.State;

/// <summary>A row of <c>apex_operations</c>, exactly as stored.</summary>
internal sealed record ApexOperationRow(
    string Id,
    string Kind,
    string Operator,
    string? InventoryPath,
    string AllocationId,
    string PublicIp,
    string Region,
    string? EndpointUrl,
    string StartedAt,
    string PlanJson,
    string? Outcome,
    string? Reason,
    string? ErrorId,
    string? ResultJson,
    string? EndedAt);
