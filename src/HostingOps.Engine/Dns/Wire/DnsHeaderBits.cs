namespace HostingOps.Engine.Dns.Wire;

/// <summary>The bits of the header's second word (RFC 1035 §4.1.1, RFC 4035 §3.2) and of the OPT record's TTL (RFC 6891 §6.1.3).</summary>
internal static class DnsHeaderBits
{
    public const int HeaderLength = 12;
    public const int Response = 0x8000;
    public const int OpcodeShift = 11;
    public const int FourBits = 0xF;
    public const int Authoritative = 0x0400;
    public const int Truncated = 0x0200;
    public const int RecursionDesired = 0x0100;
    public const int RecursionAvailable = 0x0080;
    public const int AuthenticData = 0x0020;
    public const int CheckingDisabled = 0x0010;
    public const uint DnssecOk = 0x8000;
}
