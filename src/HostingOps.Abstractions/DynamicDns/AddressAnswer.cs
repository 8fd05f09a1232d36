namespace HostingOps;

/// <summary>What one source said of this machine's public address.</summary>
public sealed record AddressAnswer
{
    /// <summary>The source as written, without credentials.</summary>
    public required string Source { get; init; }

    /// <summary>Who runs it, as far as its name tells: sources of one operator have one voice.</summary>
    public required string Operator { get; init; }

    /// <summary>What the answer is worth.</summary>
    public required AddressAnswerOutcome Outcome { get; init; }

    /// <summary>The address it named, or null.</summary>
    public string? Address { get; init; }

    /// <summary>One sentence.</summary>
    public required string Reason { get; init; }

    /// <summary>How long the answer took, in milliseconds.</summary>
    public double Milliseconds { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Source}: {Address ?? Outcome.ToString()}";
}
