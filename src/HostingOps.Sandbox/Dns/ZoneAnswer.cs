using HostingOps.Engine.Dns.Wire;

namespace HostingOps.Sandbox.Dns;

/// <summary>What a zone has to say to a question: the sections of an answer.</summary>
internal sealed class ZoneAnswer
{
    /// <summary>NoError, NameError, or Refused for a name of no zone.</summary>
    public DnsResponseCode ResponseCode { get; set; } = DnsResponseCode.NoError;

    /// <summary>False for a referral and a refusal.</summary>
    public bool IsAuthoritative { get; set; } = true;

    /// <summary>The answer section.</summary>
    public List<DnsResourceRecord> Answers { get; } = [];

    /// <summary>The authority section: the SOA of a negative answer, or the NS of a referral.</summary>
    public List<DnsResourceRecord> Authorities { get; } = [];

    /// <summary>The additional section: addresses that a referral needs.</summary>
    public List<DnsResourceRecord> Additionals { get; } = [];
}
