namespace HostingOps.Engine.Dns.ZoneFiles.Import;

/// <summary>What an import is decided on.</summary>
internal sealed record ZoneImportFacts
{
    /// <summary>The zone.</summary>
    public required HostedZoneReference Zone { get; init; }

    /// <summary>Its record sets as they are.</summary>
    public required IReadOnlyList<DnsRecordSet> Stored { get; init; }

    /// <summary>Its record sets as the file has them.</summary>
    public required IReadOnlyList<DnsRecordSet> Wanted { get; init; }

    /// <summary>Records whose target something else decides: by full name, the site, or null for dynamic DNS.</summary>
    public IReadOnlyDictionary<string, string?> Led { get; init; } = new Dictionary<string, string?>();

    /// <summary>Whether a led record is changed all the same.</summary>
    public Func<string, bool> IsIncluded { get; init; } = static _ => false;

    /// <summary>Health checks that the file names and the account does not have.</summary>
    public IReadOnlySet<string> MissingHealthChecks { get; init; } = new HashSet<string>();

    /// <summary>Of SOA and NS, those that are changed at the apex.</summary>
    public IReadOnlyCollection<string> IncludeApex { get; init; } = [];

    /// <summary>Whether what the file does not have is deleted.</summary>
    public bool Prune { get; init; }
}
