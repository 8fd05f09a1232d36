namespace HostingOps.Engine.Dns.Changes;

/// <summary>What a plan of zone changes is judged by.</summary>
public sealed record ZoneChangePlanOptions
{
    /// <summary>The limits.</summary>
    public ZoneChangeLimits Limits { get; init; } = new();

    /// <summary>Limits that the caller has overridden by name.</summary>
    public IReadOnlyCollection<ZoneChangeGateName> Overrides { get; init; } = [];
}
