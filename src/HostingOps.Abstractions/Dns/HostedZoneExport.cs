namespace HostingOps;

/// <summary>A hosted zone written down: every record set, as Route 53 has it.</summary>
public sealed record HostedZoneExport
{
    /// <summary>The hosted zone's name.</summary>
    public required string Zone { get; init; }

    /// <summary>The hosted zone's id.</summary>
    public required string ZoneId { get; init; }

    /// <summary>The form of <see cref="Text"/>.</summary>
    public required ZoneFileFormat Format { get; init; }

    /// <summary>The whole text, lines ending in LF.</summary>
    public required string Text { get; init; }

    /// <summary>Record sets in it.</summary>
    public required int RecordSetCount { get; init; }

    /// <summary>The record sets that a name server would not serve from <see cref="Text"/>: they stand in comments only, for the import. Empty for YAML.</summary>
    public IReadOnlyList<DnsRecordSet> NotServed { get; init; } = [];

    /// <summary>False: the zone changed while it was read, each time, so that the text may mix two of its states.</summary>
    public required bool IsSnapshot { get; init; }

    /// <summary>The file that was written, or null.</summary>
    public string? Path { get; init; }

    /// <summary>The inventory file, or null.</summary>
    public string? InventoryPath { get; init; }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Zone}: {RecordSetCount} record sets as {Format}{(Path is null ? "" : $" in {Path}")}");
}
