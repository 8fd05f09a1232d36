namespace HostingOps;

/// <summary>What is to change in a hosted zone, made by reading only. It can be saved, reviewed, and applied by its checksum.</summary>
public sealed record ZoneChangePlan
{
    /// <summary>Why the zone is changed.</summary>
    public required ZoneChangeKind Kind { get; init; }

    /// <summary>The hosted zone's name.</summary>
    public required string Zone { get; init; }

    /// <summary>The hosted zone's id.</summary>
    public required string ZoneId { get; init; }

    /// <summary>The changes, by name. Empty: there is nothing to do.</summary>
    public required IReadOnlyList<DnsRecordChange> Changes { get; init; }

    /// <summary>What is left alone and worth knowing.</summary>
    public IReadOnlyList<ZoneNotice> Notices { get; init; } = [];

    /// <summary>The limits with their answers.</summary>
    public required IReadOnlyList<ZoneChangeGate> Gates { get; init; }

    /// <summary>
    /// 32 hexadecimal digits over kind, zone and changes: the same plan has the same checksum whenever and wherever it is made.
    /// </summary>
    public required string Checksum { get; init; }

    /// <summary>Record sets in the zone when it was read.</summary>
    public required int ZoneRecordSetCount { get; init; }

    /// <summary>When it was made (UTC).</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The inventory file, or null.</summary>
    public string? InventoryPath { get; init; }

    /// <summary>The operation that it takes back, or null.</summary>
    public string? UndoOf { get; init; }

    /// <summary>Whether no gate refuses.</summary>
    public bool Allowed => Gates.All(static gate => gate.Allows);

    /// <summary>Changes that create.</summary>
    public int CreateCount => Changes.Count(static change => change.Action == DnsChangeAction.Create);

    /// <summary>Changes that update.</summary>
    public int UpdateCount => Changes.Count(static change => change.Action == DnsChangeAction.Update);

    /// <summary>Changes that delete.</summary>
    public int DeleteCount => Changes.Count(static change => change.Action == DnsChangeAction.Delete);

    /// <inheritdoc/>
    public override string ToString() => Changes.Count == 0
        ? $"{Kind} of {Zone}: nothing to do"
        : FormattableString.Invariant($"{Kind} of {Zone}: {CreateCount} to create, {UpdateCount} to update, {DeleteCount} to delete ({Checksum})");
}
