namespace HostingOps.Sandbox.Http;

/// <summary>How much the HTTP room reads and how long it waits, so that no client can exhaust it.</summary>
internal sealed record HttpLimits
{
    /// <summary>Bytes of the request line and all header fields together.</summary>
    public int HeadBytes { get; init; } = 32 * 1024;

    /// <summary>Header fields, and trailer fields, of one request.</summary>
    public int HeaderFields { get; init; } = 100;

    /// <summary>Bytes of one request body after chunked decoding. A full Route 53 batch is under half of it.</summary>
    public int BodyBytes { get; init; } = 2 * 1024 * 1024;

    /// <summary>Open connections of one room; more are closed as they come.</summary>
    public int Connections { get; init; } = 4096;

    /// <summary>Time that a connection may be silent: between requests, and between two pieces of one.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromSeconds(60);
}
