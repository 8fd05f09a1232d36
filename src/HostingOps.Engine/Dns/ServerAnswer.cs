namespace HostingOps.Engine.Dns;

/// <summary>What one authoritative server said of one record.</summary>
public sealed record ServerAnswer
{
    /// <summary>The server's name.</summary>
    public required string Server { get; init; }

    /// <summary>The address that was asked last, with its port, or null when there is none.</summary>
    public string? Endpoint { get; init; }

    /// <summary>Whether it answered as expected.</summary>
    public required bool Ok { get; init; }

    /// <summary>The records it served, for example <c>CNAME host.example.net. (TTL 60)</c>, or why there was no answer.</summary>
    public required string Seen { get; init; }
}
