namespace HostingOps;

/// <summary>Who else is asked before a site is failed over, and how many must agree.</summary>
public sealed record WitnessSettings
{
    /// <summary>Voices that must say down, this machine's own among them. Null for a majority.</summary>
    public int? Quorum { get; init; }

    /// <summary>The environment variable with the key that this machine's agents share, as <c>${NAME}</c>, or null.</summary>
    public string? Key { get; init; }

    /// <summary>Other HostingOps agents.</summary>
    public IReadOnlyList<WitnessAgent> Agents { get; init; } = [];

    /// <summary>Route 53's own checkers as one voice, or null.</summary>
    public Route53WitnessSettings? Route53 { get; init; }

    /// <summary>How long a witness may take to answer. Default 8 s. Whoever has not answered by then is unknown.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>How many voices there are: this machine, each agent, and Route 53.</summary>
    public int Voices => 1 + Agents.Count + (Route53 is null ? 0 : 1);

    /// <summary>How many of them must say down.</summary>
    public int Needed => Quorum ?? (Voices / 2) + 1;

    /// <summary>Whether anybody is asked.</summary>
    public bool HasWitnesses => Voices > 1;

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Needed} of {Voices}");
}
