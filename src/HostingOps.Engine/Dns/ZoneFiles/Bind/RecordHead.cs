using HostingOps.Engine.Dns.Wire;

namespace HostingOps.Engine.Dns.ZoneFiles.Bind;

/// <summary>What stands between a record's owner and its data: TTL and class in either order, and the type.</summary>
/// <param name="Type">The type, one that Route 53 has.</param>
/// <param name="Ttl">The TTL, or null.</param>
/// <param name="First">The first word of the data.</param>
internal sealed record RecordHead(DnsRecordType Type, long? Ttl, int First)
{
    private static readonly string[] OtherClasses = ["CH", "CHAOS", "CS", "CSNET", "HS", "HESIOD"];

    // What a signed zone's file has beside DS. Route 53 makes them itself.
    private static readonly string[] Signing = ["RRSIG", "DNSKEY", "NSEC", "NSEC3", "NSEC3PARAM", "CDS", "CDNSKEY", "ZONEMD", "TYPE65534"];

    /// <summary>Reads it, or reports what is wrong and gives null.</summary>
    public static RecordHead? Read(IReadOnlyList<BindToken> tokens, int start, ZoneFileProblems problems)
    {
        long? ttl = null;
        var hasClass = false;
        for (var at = start; at < tokens.Count; at++)
        {
            var word = tokens[at];
            if (ttl is null && !word.Quoted && BindTtl.TryParse(word.Text, int.MaxValue, out var seconds))
            {
                ttl = seconds;
            }
            else if (!hasClass && word is { Quoted: false } && word.Text.Equals("IN", StringComparison.OrdinalIgnoreCase))
            {
                hasClass = true;
            }
            else
            {
                return TypeOf(word, problems) is { } type ? new RecordHead(type, ttl, at + 1) : null;
            }
        }

        problems.Add(tokens[^1].Line, tokens[^1].Column, "The record ends before its type.");
        return null;
    }

    private static DnsRecordType? TypeOf(BindToken word, ZoneFileProblems problems)
    {
        var text = word.Text.ToUpperInvariant();
        if (!word.Quoted && DnsRecordTypeText.TryParse(text, out var type) && RecordSetKeys.Types.Contains(type.ToText(), StringComparer.Ordinal))
        {
            return type;
        }

        problems.Add(word.Line, word.Column, OtherClasses.Contains(text, StringComparer.Ordinal)
            ? $"The class is {text}; Route 53 has class IN only."
            : Signing.Contains(text, StringComparer.Ordinal)
                ? $"A {text} record belongs to DNSSEC, whose records Route 53 makes by itself. Export the zone unsigned."
                : DnsRecordTypeText.TryParse(text, out _)
                    ? $"Route 53 has no records of type {text}."
                    : $"'{word.Text}' is no record type that Route 53 has, and no TTL or class IN.");
        return null;
    }
}
