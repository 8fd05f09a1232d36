namespace HostingOps;

/// <summary>Another machine on which <c>hostingops witness</c> runs.</summary>
public sealed record WitnessAgent
{
    /// <summary>Its name in reasons.</summary>
    public required string Name { get; init; }

    /// <summary>Where it answers: https, or http on this machine.</summary>
    public required string Url { get; init; }

    /// <summary>The environment variable with the key that is shared with it, as <c>${NAME}</c>. Never the key itself.</summary>
    public required string Key { get; init; }

    /// <summary>A PEM file with root certificates to trust instead of the system's, or null.</summary>
    public string? CaFile { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Name} at {Url}";
}
