namespace HostingOps.Engine.State;

/// <summary>A row of <c>zone_operations</c>, exactly as stored.</summary>
internal sealed record ZoneOperationRow(
    string Id,
    string Kind,
    string Operator,
    string? InventoryPath,
    string Zone,
    string ZoneId,
    string? EndpointUrl,
    string Checksum,
    string StartedAt,
    string PlanJson,
    string? Outcome,
    string? Reason,
    string? ErrorId,
    string? ResultJson,
    string? EndedAt);
