namespace HostingOps;

/// <summary>A record that follows this machine's public address.</summary>
public sealed record DynamicDnsRecord
{
    /// <summary>Full name of the record, without trailing dot.</summary>
    public required string Record { get; init; }

    /// <summary>Where the address is asked for.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() => Record;
}
