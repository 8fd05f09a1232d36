namespace HostingOps.Engine.Dns;

/// <summary>Whether every authoritative server answers as one switch left the record.</summary>
public sealed record SwitchVerification
{
    /// <summary>The site.</summary>
    public required string SiteName { get; init; }

    /// <summary>The record's full name.</summary>
    public required string Record { get; init; }

    /// <summary>Whether all servers answered as expected.</summary>
    public required bool Verified { get; init; }

    /// <summary>What each server said last, in the order of the servers.</summary>
    public required IReadOnlyList<ServerAnswer> Answers { get; init; }

    /// <summary>One sentence: what all servers serve, or what was expected and who said what instead.</summary>
    public required string Reason { get; init; }
}
