namespace HostingOps;

/// <summary>A redirector's configuration, collated from the inventory.</summary>
public sealed record ApexRedirectConfig
{
    /// <summary>The server that it is for.</summary>
    public required WebServerFormat Format { get; init; }

    /// <summary>The configuration. The same inventory gives the same text, in any culture, on any day.</summary>
    public required string Text { get; init; }

    /// <summary>SHA-256 of the text without its checksum line, in lower case hexadecimal; the line holds it too.</summary>
    public required string Checksum { get; init; }

    /// <summary>The names that are redirected, in ordinal order.</summary>
    public required IReadOnlyList<ApexRedirect> Redirects { get; init; }

    /// <summary>How many names are redirected.</summary>
    public int DomainCount => Redirects.Count;

    /// <summary>How many sites they lead to.</summary>
    public required int SiteCount { get; init; }

    /// <summary>What the real server's own check gave.</summary>
    public required ServerConfigTest Test { get; init; }

    /// <summary>The file that it was written to, or null.</summary>
    public string? Path { get; init; }

    /// <summary>The inventory file, or null.</summary>
    public string? InventoryPath { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Format} {Checksum[..12]}";
}
