namespace HostingOps;

/// <summary>What a dynamic update found and did for one record and one address family.</summary>
public sealed record DynamicDnsResult
{
    /// <summary>The record's full name. Binds to -Record in a pipeline.</summary>
    public required string Record { get; init; }

    /// <summary>IPv4 or IPv6.</summary>
    public required PublicAddressFamily AddressFamily { get; init; }

    /// <summary>What became of it.</summary>
    public required DynamicDnsOutcome Outcome { get; init; }

    /// <summary>One sentence.</summary>
    public required string Reason { get; init; }

    /// <summary>The record's address before, or null when there was none or it is not known.</summary>
    public string? From { get; init; }

    /// <summary>The address that the sources agree on, or null.</summary>
    public string? To { get; init; }

    /// <summary>The operators whose sources agree on it.</summary>
    public IReadOnlyList<string> AgreedBy { get; init; } = [];

    /// <summary>The operators whose sources name another address.</summary>
    public IReadOnlyList<string> OutvotedBy { get; init; } = [];

    /// <summary>Every condition with its answer.</summary>
    public IReadOnlyList<DynamicDnsGate> Gates { get; init; } = [];

    /// <summary>The inventory's uplink in use, or null.</summary>
    public string? Uplink { get; init; }

    /// <summary>The change of uplink that was seen in this run, or null.</summary>
    public UplinkChange? UplinkChange { get; init; }

    /// <summary>Whether every authoritative server serves the address; null when they were not asked.</summary>
    public bool? Verified { get; init; }

    /// <summary>Route 53's change id, or null when nothing was written or its answer was lost.</summary>
    public string? ChangeId { get; init; }

    /// <summary>The id of the error, or null when it went well.</summary>
    public string? ErrorId { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The inventory file. Binds to -InventoryPath in a pipeline.</summary>
    public string? InventoryPath { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Record} {AddressFamily}: {Outcome}{(To is null ? "" : $" ({To})")}";
}
