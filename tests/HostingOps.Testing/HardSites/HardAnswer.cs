namespace HostingOps.Testing.HardSites;

/// <summary>What a perfect mirror of the hard site answers for one URL.</summary>
/// <param name="Url">Path and query as a browser that follows the mirror's own links would ask, or <c>/.mirror/host/path</c>.</param>
/// <param name="Trap">The trap that it belongs to.</param>
public sealed record HardAnswer(string Url, string Trap)
{
    /// <summary>The status, or 0: anything but a success, for the origin never sent it whole.</summary>
    public int Status { get; init; } = 200;

    /// <summary>The media type without parameters, or null when it does not matter.</summary>
    public string? MediaType { get; init; }

    /// <summary>The charset that a browser must read it with, or null.</summary>
    public string? Charset { get; init; }

    /// <summary>Where a redirect leads, as one of these.</summary>
    public IReadOnlyList<string> Locations { get; init; } = [];

    /// <summary>The body as one of these; none when it does not matter.</summary>
    public IReadOnlyList<byte[]> Bodies { get; init; } = [];

    /// <summary>Whether it is an HTML page.</summary>
    public bool IsPage => MediaType is "text/html" or "application/xhtml+xml";

    /// <summary>Whether a mirror may lack it; what it has must still be right.</summary>
    public bool IsOptional { get; init; }

    public override string ToString() => $"{Url} ({Trap})";
}
