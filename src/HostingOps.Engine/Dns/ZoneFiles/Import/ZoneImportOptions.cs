using HostingOps.Engine.Dns.Changes;

namespace HostingOps.Engine.Dns.ZoneFiles.Import;

/// <summary>What an import is asked for.</summary>
public sealed record ZoneImportOptions
{
    /// <summary>The file.</summary>
    public required string Path { get; init; }

    /// <summary>Its form, or null to find out.</summary>
    public ZoneFileFormat? Format { get; init; }

    /// <summary>The hosted zone's name, or null for the inventory's.</summary>
    public string? Zone { get; init; }

    /// <summary>Whether a file of another zone is taken, its records moved under this one's name.</summary>
    public bool Rebase { get; init; }

    /// <summary>Whether record sets that the file does not have are deleted.</summary>
    public bool Prune { get; init; }

    /// <summary>Full names of records, with wildcards, that are changed although a site or dynamic DNS leads them.</summary>
    public IReadOnlyList<string> IncludeRecords { get; init; } = [];

    /// <summary>Of SOA and NS, those that are changed at the zone's apex.</summary>
    public IReadOnlyCollection<string> IncludeApex { get; init; } = [];

    /// <summary>Limits that are overridden by name.</summary>
    public IReadOnlyCollection<ZoneChangeGateName> Overrides { get; init; } = [];
}
