namespace HostingOps;

/// <summary>The real server's own check of a configuration, on this machine.</summary>
public sealed record ServerConfigTest
{
    /// <summary>What it gave.</summary>
    public required ServerConfigTestOutcome Outcome { get; init; }

    /// <summary>Why it was skipped or failed, or that it passed, in one sentence.</summary>
    public required string Reason { get; init; }

    /// <summary>The program's full path, or null.</summary>
    public string? Program { get; init; }

    /// <summary>What the program printed.</summary>
    public string Output { get; init; } = "";

    /// <inheritdoc/>
    public override string ToString() => Outcome.ToString();
}
