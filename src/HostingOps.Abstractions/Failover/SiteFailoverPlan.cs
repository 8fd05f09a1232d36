namespace HostingOps;

/// <summary>
/// What would happen to one site, made by reading only: what was seen, what will change, and every gate's answer.
/// </summary>
public sealed record SiteFailoverPlan
{
    /// <summary>The site. Binds to -Name in a pipeline.</summary>
    public required string SiteName { get; init; }

    /// <summary>Why the site would be moved.</summary>
    public required FailoverKind Kind { get; init; }

    /// <summary>Name of the host it would leave, or null when the record points to neither host.</summary>
    public string? From { get; init; }

    /// <summary>Name of the host it would go to; null when that can't be told, or when an undo takes the record away again.</summary>
    public string? To { get; init; }

    /// <summary>Whether it is known what to change, and every gate lets the switch through.</summary>
    public bool Allowed => Change is not null && Gates.Count > 0 && Gates.All(static gate => gate.Allows);

    /// <summary>All gates with their answers.</summary>
    public IReadOnlyList<FailoverGate> Gates { get; init; } = [];

    /// <summary>The change of records, or null when it can't be told.</summary>
    public DnsSwitch? Change { get; init; }

    /// <summary>The hosted zone's name.</summary>
    public required string Zone { get; init; }

    /// <summary>The hosted zone's id, or null when it could not be read.</summary>
    public string? ZoneId { get; init; }

    /// <summary>The probes that the gates were decided on.</summary>
    public IReadOnlyList<SiteHealth> Observations { get; init; } = [];

    /// <summary>The hooks that would run, in order, filled in.</summary>
    public IReadOnlyList<PlannedHook> Hooks { get; init; } = [];

    /// <summary>The highest TTL in seconds that resolvers may still hold: how long until the last visitor follows.</summary>
    public long? PropagationSeconds { get; init; }

    /// <summary>Why overrides were given, or null.</summary>
    public string? OverrideReason { get; init; }

    /// <summary>The operation that this plan takes back, or null.</summary>
    public string? UndoOf { get; init; }

    /// <summary>When the plan was made (UTC).</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The inventory file. Binds to -InventoryPath in a pipeline.</summary>
    public string? InventoryPath { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Kind} of {SiteName}: {From ?? "?"} -> {To ?? "?"}, {(Allowed ? "allowed" : "refused")}";
}
