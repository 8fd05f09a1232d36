namespace HostingOps.Engine.Dns.Wire;

/// <summary>A DNS query or answer (RFC 1035 §4.1) with EDNS (RFC 6891).</summary>
public sealed record DnsMessage
{
    /// <summary>Longest message in bytes, and the most that TCP can carry.</summary>
    public const int MaximumLength = ushort.MaxValue;

    /// <summary>Longest UDP message in bytes without EDNS (RFC 1035 §2.3.4).</summary>
    public const int ClassicUdpLength = 512;

    /// <summary>The number that ties an answer to its query.</summary>
    public ushort Id { get; init; }

    /// <summary>Whether this is an answer (QR).</summary>
    public bool IsResponse { get; init; }

    /// <summary>What is asked for.</summary>
    public DnsOpcode Opcode { get; init; }

    /// <summary>The answer comes from the zone's own data (AA).</summary>
    public bool IsAuthoritative { get; init; }

    /// <summary>The answer did not fit and was cut (TC).</summary>
    public bool IsTruncated { get; init; }

    /// <summary>The asker wants recursion (RD).</summary>
    public bool RecursionDesired { get; init; }

    /// <summary>The server offers recursion (RA).</summary>
    public bool RecursionAvailable { get; init; }

    /// <summary>The answer was validated (AD, RFC 4035 §3.2.3).</summary>
    public bool AuthenticData { get; init; }

    /// <summary>The asker wants no validation (CD, RFC 4035 §3.2.2).</summary>
    public bool CheckingDisabled { get; init; }

    /// <summary>How it went. Codes above 15 need <see cref="Edns"/>.</summary>
    public DnsResponseCode ResponseCode { get; init; }

    /// <summary>The questions, one in practice.</summary>
    public IReadOnlyList<DnsQuestion> Questions { get; init; } = [];

    /// <summary>The answer section.</summary>
    public IReadOnlyList<DnsResourceRecord> Answers { get; init; } = [];

    /// <summary>The authority section.</summary>
    public IReadOnlyList<DnsResourceRecord> Authorities { get; init; } = [];

    /// <summary>The additional section without the OPT record.</summary>
    public IReadOnlyList<DnsResourceRecord> Additionals { get; init; } = [];

    /// <summary>What the OPT record says, or null when there is none.</summary>
    public DnsEdns? Edns { get; init; }

    /// <summary>Reads a whole message.</summary>
    /// <exception cref="DnsFormatException">It is malformed in any way, or has bytes behind its end. No other error is thrown.</exception>
    public static DnsMessage Decode(ReadOnlySpan<byte> bytes) => DnsMessageDecoder.Decode(bytes);

    /// <summary>
    /// Writes the message. When it is longer than <paramref name="maximumLength"/>, records are left out from the end;
    /// TC is set when any is missing from the answer or authority section (RFC 2181 §9).
    /// </summary>
    /// <param name="maximumLength">Bytes that the way to the reader can take, 512 to 65,535.</param>
    /// <exception cref="InvalidOperationException">A response code above 15 without EDNS.</exception>
    public byte[] Encode(int maximumLength = MaximumLength) => DnsMessageEncoder.Encode(this, maximumLength);
}
