namespace HostingOps.Engine.Health;

/// <summary>
/// What can be told of a probe before it ends, and afterwards of how it ended: whether the host answered anything at all. Written
/// by the probe's connections, read by whoever waits for it; safe for both at once.
/// </summary>
internal sealed class ProbeTrace
{
    private int contact;

    /// <summary>How far the host has shown itself. Only ever rises.</summary>
    public ProbeContact Contact => (ProbeContact)Volatile.Read(ref contact);

    /// <summary>A connection begins.</summary>
    public void Knock() => Interlocked.CompareExchange(ref contact, (int)ProbeContact.Knocking, (int)ProbeContact.None);

    /// <summary>The host took or refused a connection.</summary>
    public void Meet() => Volatile.Write(ref contact, (int)ProbeContact.Met);
}
