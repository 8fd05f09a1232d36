namespace HostingOps.Engine.Dns.Wire;

/// <summary>Record and question classes (RFC 1035 §3.2.4). Any other number is a valid value as well.</summary>
public enum DnsClass : ushort
{
    /// <summary>The Internet.</summary>
    IN = 1,

    /// <summary>Chaos; servers tell their version under it.</summary>
    CH = 3,

    /// <summary>Question only: any class.</summary>
    ANY = 255,
}
