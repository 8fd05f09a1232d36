namespace HostingOps;

/// <summary>The configuration of the web server that serves mirrors on one host, made from the inventory.</summary>
public sealed record SiteMirrorConfig
{
    /// <summary>The host whose server it is for: the secondary host of all its sites.</summary>
    public required string HostName { get; init; }

    /// <summary>The server.</summary>
    public required WebServerFormat Format { get; init; }

    /// <summary>The whole file, in lines that end with LF.</summary>
    public required string Text { get; init; }

    /// <summary>SHA-256 of the text without its checksum line, in lower case hexadecimal; the line holds it too.</summary>
    public required string Checksum { get; init; }

    /// <summary>The sites, in ordinal order.</summary>
    public required IReadOnlyList<string> SiteNames { get; init; }

    /// <summary>How many sites.</summary>
    public int SiteCount => SiteNames.Count;

    /// <summary>The names that it answers for, in ordinal order: the sites' own, and others that lead to those.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>How many names.</summary>
    public int NameCount => Names.Count;

    /// <summary>Whether at least one site is served over https too.</summary>
    public bool IsHttps { get; init; }

    /// <summary>What the real server's own check gave.</summary>
    public required ServerConfigTest Test { get; init; }

    /// <summary>The file that it was written to, or null.</summary>
    public string? Path { get; init; }

    /// <summary>The inventory file, or null.</summary>
    public string? InventoryPath { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{HostName} {Format} {Checksum[..12]}";
}
