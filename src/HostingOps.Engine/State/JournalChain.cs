namespace HostingOps.Engine.State;

/// <summary>
/// The hash chain: an entry's hash covers the hash before it and all its own columns. The entry that begins a site also
/// covers the operation and the plan, the one that ends it the outcome. The chain has no key: it shows edits by
/// people and programs that did not mean to forge it, and a forger who recomputes all of it is not shown.
/// </summary>
internal sealed class JournalChain : IDisposable
{
    private readonly Fingerprint fingerprint = new();

    /// <summary>The hash before the first entry.</summary>
    public static byte[] Beginning => new byte[32];

    /// <summary>The hash that an entry must have.</summary>
    public byte[] Hash(EntryRow entry) => fingerprint
        .Add(entry.PreviousHash)
        .Add(entry.Sequence)
        .Add(entry.OperationId)
        .Add(entry.SiteName)
        .Add(entry.Step)
        .Add(entry.Moment)
        .Add(entry.At)
        .Add(entry.Detail)
        .Add(entry.DataJson)
        .Add(entry.Covers)
        .Take();

    /// <summary>What the entry that begins a site covers: the operation, and the site's plan.</summary>
    public byte[] CoverBeginning(OperationRow operation, SiteRow site) => fingerprint
        .Add(operation.Id)
        .Add(operation.Kind)
        .Add(operation.Operator)
        .Add(operation.InventoryPath)
        .Add(operation.Zone)
        .Add(operation.ZoneId)
        .Add(operation.EndpointUrl)
        .Add(operation.UndoOf)
        .Add(operation.StartedAt)
        .Add(site.OperationId)
        .Add(site.SiteName)
        .Add(site.Position)
        .Add(site.Kind)
        .Add(site.From)
        .Add(site.To)
        .Add(site.Overrides)
        .Add(site.PlanJson)
        .Take();

    /// <summary>What the entry that ends a site covers: the outcome.</summary>
    public byte[] CoverEnding(string outcome, string reason, string? errorId, string? resultJson, string? endedAt) => fingerprint
        .Add(outcome)
        .Add(reason)
        .Add(errorId)
        .Add(resultJson)
        .Add(endedAt)
        .Take();

    /// <inheritdoc/>
    public void Dispose() => fingerprint.Dispose();
}
