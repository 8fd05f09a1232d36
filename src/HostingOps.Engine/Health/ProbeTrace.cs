using System.Net.Sockets;

namespace HostingOps.Engine.Health;

/// <summary>
/// What can be told of a probe before it ends, and afterwards of how it ended: whether the host answered anything at all. Written
/// by the probe's connections, read by whoever waits for it; safe for both at once.
/// </summary>
internal sealed class ProbeTrace
{
    private int contact;
    private volatile Socket? knocking;

    /// <summary>How far the host has shown itself. Only ever rises.</summary>
    public ProbeContact Contact => (ProbeContact)Volatile.Read(ref contact);

    /// <summary>A connection begins.</summary>
    /// <param name="socket">The one that is connected next, or null where none can be asked.</param>
    public void Knock(Socket? socket = null)
    {
        knocking = socket;
        Interlocked.CompareExchange(ref contact, (int)ProbeContact.Knocking, (int)ProbeContact.None);
    }

    /// <summary>The host took or refused a connection.</summary>
    public void Meet()
    {
        Volatile.Write(ref contact, (int)ProbeContact.Met);
        knocking = null;
    }

    /// <summary>
    /// Whether the newest connection has been taken or refused and this process has only not come to notice it: the system knows
    /// that at once, however busy the machine is.
    /// </summary>
    public bool IsMetUnnoticed()
    {
        try
        {
            return knocking?.Poll(0, SelectMode.SelectWrite) ?? false;
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // Closed just now: its check has an end of its own, which says more.
            return true;
        }
    }
}
