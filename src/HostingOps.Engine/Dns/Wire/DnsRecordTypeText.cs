using System.Globalization;

namespace HostingOps.Engine.Dns.Wire;

/// <summary>Record types in text: mnemonics, and <c>TYPEn</c> for those without one (RFC 3597 §5).</summary>
public static class DnsRecordTypeText
{
    private const string GenericPrefix = "TYPE";

    /// <summary>The mnemonic, for example <c>AAAA</c>, or <c>TYPE65280</c>.</summary>
    public static string ToText(this DnsRecordType type) =>
        Enum.IsDefined(type) ? type.ToString() : GenericPrefix + ((ushort)type).ToString(CultureInfo.InvariantCulture);

    /// <summary>Reads a mnemonic or <c>TYPEn</c>, without regard to case.</summary>
    /// <exception cref="DnsFormatException">It is neither.</exception>
    public static DnsRecordType Parse(string text) =>
        TryParse(text, out var type) ? type : throw new DnsFormatException($"'{text}' is no DNS record type.");

    /// <summary>Reads a mnemonic or <c>TYPEn</c>, without regard to case.</summary>
    public static bool TryParse(string? text, out DnsRecordType type)
    {
        type = default;
        if (string.IsNullOrEmpty(text))
        {
            return false;
        }

        if (text.StartsWith(GenericPrefix, StringComparison.OrdinalIgnoreCase)
            && ushort.TryParse(text.AsSpan(GenericPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            type = (DnsRecordType)number;
            return true;
        }

        // Enum.TryParse also reads bare numbers and lists, which are no record types.
        return text.All(char.IsAsciiLetter) && Enum.TryParse(text, ignoreCase: true, out type);
    }
}
