using System.Buffers.Binary;
using System.Text;

namespace HostingOps.Engine.Dns.Wire;

/// <summary>What a server says beside its response code (RFC 8914).</summary>
/// <param name="Code">Its INFO-CODE.</param>
/// <param name="Text">Its EXTRA-TEXT, control characters replaced by blanks; often empty.</param>
public sealed record DnsExtendedError(ushort Code, string Text)
{
    private const ushort OptionCode = 15;
    private const int MostShown = 200;

    /// <summary>Those of an answer, in order.</summary>
    public static IReadOnlyList<DnsExtendedError> Of(DnsMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return (message.Edns?.Options ?? [])
            .Where(static option => option.Code == OptionCode && option.Data.Length >= sizeof(ushort))
            .Select(static option => new DnsExtendedError(
                BinaryPrimitives.ReadUInt16BigEndian(option.Data.Span),
                Clean(Encoding.UTF8.GetString(option.Data.Span[sizeof(ushort)..]))))
            .ToList();
    }

    /// <summary>The code's meaning and the server's own words.</summary>
    public override string ToString() => Text.Length == 0 ? Meaning : $"{Meaning}: {Text}";

    // The names that RFC 8914 §4 gives them; those that concern answers of resolvers.
    private string Meaning => Code switch
    {
        1 => "unsupported DNSKEY algorithm",
        2 => "unsupported DS digest type",
        3 => "stale answer",
        5 => "DNSSEC indeterminate",
        6 => "DNSSEC bogus",
        7 => "signature expired",
        8 => "signature not yet valid",
        9 => "DNSKEY missing",
        10 => "signatures missing",
        11 => "no zone key bit set",
        12 => "NSEC missing",
        13 => "cached error",
        14 => "not ready",
        15 => "blocked",
        16 => "censored",
        17 => "filtered",
        18 => "prohibited",
        19 => "stale NXDOMAIN answer",
        20 => "not authoritative",
        21 => "not supported",
        22 => "no reachable authority",
        23 => "network error",
        24 => "invalid data",
        _ => FormattableString.Invariant($"extended error {Code}"),
    };

    // A stranger's text goes into messages and mails.
    private static string Clean(string text)
    {
        var clean = string.Concat(text.Select(static character =>
            char.IsControl(character) || char.IsSurrogate(character) || character is '\u2028' or '\u2029' or (>= '\u200B' and <= '\u200F') or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') ? ' ' : character)).Trim();
        return clean.Length <= MostShown ? clean : clean[..MostShown] + "…";
    }
}
