namespace HostingOps.Engine.Health;

/// <summary>Whether a probe's host has shown that it lives.</summary>
internal enum ProbeContact
{
    /// <summary>No connection has been begun yet.</summary>
    None,

    /// <summary>A TCP connection is under way and the host has said nothing.</summary>
    Knocking,

    /// <summary>The host took a TCP connection, or refused one.</summary>
    Met,
}
