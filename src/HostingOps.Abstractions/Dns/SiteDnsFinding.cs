namespace HostingOps;

/// <summary>One thing that an audit of a site's DNS found.</summary>
public sealed record SiteDnsFinding
{
    /// <summary>What it is.</summary>
    public required SiteDnsFindingCode Code { get; init; }

    /// <summary>What it means for the site.</summary>
    public required SiteDnsSeverity Severity { get; init; }

    /// <summary>The name or zone that it is about, without trailing dot.</summary>
    public required string Name { get; init; }

    /// <summary>What was seen, in one sentence.</summary>
    public required string Seen { get; init; }

    /// <summary>Who said so: name servers with their addresses, or resolvers.</summary>
    public IReadOnlyList<string> SeenFrom { get; init; } = [];

    /// <summary>What should be there, in one sentence.</summary>
    public required string Expected { get; init; }

    /// <summary>
    /// What to ask the client's IT department for, in words that can be mailed to them; records to set stand on indented lines
    /// of their own. Null when there is nothing that they could do.
    /// </summary>
    public string? Request { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Code}: {Seen}";
}
