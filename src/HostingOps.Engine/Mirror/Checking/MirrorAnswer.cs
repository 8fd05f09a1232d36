namespace HostingOps.Engine.Mirror.Checking;

/// <summary>One answer of a host that serves a mirror, or why there is none.</summary>
internal sealed record MirrorAnswer
{
    /// <summary>The status, or null without an answer.</summary>
    public int? Status { get; init; }

    /// <summary>Content-Type, verbatim.</summary>
    public string? ContentType { get; init; }

    /// <summary>Location, verbatim.</summary>
    public string? Location { get; init; }

    /// <summary>SHA-256 of the body, decoded, in lower-case hex.</summary>
    public string? Hash { get; init; }

    /// <summary>The body's beginning.</summary>
    public byte[] Beginning { get; init; } = [];

    /// <summary>The address asked, or null.</summary>
    public string? Address { get; init; }

    /// <summary>Why there is no whole answer, as a clause, or null.</summary>
    public string? Failure { get; init; }
}
