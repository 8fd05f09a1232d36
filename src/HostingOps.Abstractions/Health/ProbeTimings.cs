namespace HostingOps;

/// <summary>How long each phase of a probe took, in milliseconds; null for a phase that was not reached or not needed.</summary>
public sealed record ProbeTimings
{
    /// <summary>Name resolution, ms.</summary>
    public double? Resolve { get; init; }

    /// <summary>TCP connect, ms.</summary>
    public double? Connect { get; init; }

    /// <summary>TLS handshake, ms.</summary>
    public double? Tls { get; init; }

    /// <summary>Request sent to answer's head, ms.</summary>
    public double? FirstByte { get; init; }

    /// <summary>Reading the body, ms.</summary>
    public double? Body { get; init; }

    /// <summary>The whole probe, ms, redirects and the confirming GET included.</summary>
    public double Total { get; init; }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Total:0} ms");
}
