using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace HostingOps.Sandbox.Route53;

/// <summary>The syntax of values by type (Route 53 Developer Guide, "Supported DNS record types").</summary>
internal static class RecordValueRules
{
    /// <summary>What is wrong with the value, in Route 53's manner, or null.</summary>
    public static string? Problem(string type, string value) => type switch
    {
        "A" => SingleField(type, value) ?? (IsIpv4(value) ? null : Fatal("ARRDATAIllegalIPv4Address (Value is not a valid IPv4 address)", value)),
        "AAAA" => SingleField(type, value) ?? (IsIpv6(value) ? null : Fatal("AAAARRDATAIllegalIPv6Address (Value is not a valid IPv6 address)", value)),
        "CNAME" or "NS" or "PTR" => SingleField(type, value) ?? Name(value),
        "TXT" or "SPF" => Strings(value),
        "MX" => Fields(type, value, 1, hasName: true),
        "SRV" => Fields(type, value, 3, hasName: true),
        "SOA" => Soa(value),
        "CAA" => Caa(value),
        "DS" or "TLSA" => Fields(type, value, 3, hasName: false),
        "SSHFP" => Fields(type, value, 2, hasName: false),
        "NAPTR" => Count(type, value, 6),
        "SVCB" or "HTTPS" => Service(type, value),
        _ => null,
    };

    private static string Fatal(string problem, string value) => $"FATAL problem: {problem} encountered with '{value}'";

    private static string? SingleField(string type, string value) => value.AsSpan().ContainsAny(' ', '\t')
        ? Fatal($"{type}RRDATANotSingleField (Value contains spaces)", value)
        : null;

    private static bool IsIpv4(string value)
    {
        var parts = value.Split('.');
        return parts.Length == 4 && Array.TrueForAll(parts, part =>
            part.Length is 1 or 2 or 3 && part.All(char.IsAsciiDigit) && (part.Length == 1 || part[0] != '0')
            && int.Parse(part, CultureInfo.InvariantCulture) <= 255);
    }

    private static bool IsIpv6(string value) =>
        !value.AsSpan().ContainsAny('%', '[', '/')
        && IPAddress.TryParse(value, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6;

    private static string? Name(string value)
    {
        try
        {
            RecordName.Parse(value);
            return null;
        }
        catch (RecordNameException error)
        {
            return error.Message;
        }
    }

    /// <summary>One or more quoted strings of at most 255 bytes, with <c>\"</c>, <c>\\</c> and <c>\ooo</c> inside (RFC 1035 §3.3.14).</summary>
    private static string? Strings(string value)
    {
        var index = 0;
        while (index < value.Length)
        {
            if (value[index] != '"')
            {
                return Fatal("InvalidCharacterString (Value should be enclosed in quotation marks)", value);
            }

            var length = 0;
            for (index++; index < value.Length && value[index] != '"'; index++)
            {
                if (value[index] == '\\')
                {
                    index += index + 3 < value.Length && value.AsSpan(index + 1, 3).IndexOfAnyExceptInRange('0', '7') < 0 ? 3 : 1;
                    length++;
                }
                else
                {
                    length += Encoding.UTF8.GetByteCount(value.AsSpan(index, 1));
                }
            }

            if (index >= value.Length)
            {
                return Fatal("InvalidCharacterString (Value should be enclosed in quotation marks)", value);
            }

            if (length > 255)
            {
                return Fatal("CharacterStringTooLong (Value is too long)", value);
            }

            index++;
            if (index < value.Length && value[index] != ' ')
            {
                return Fatal("InvalidCharacterString (Value should be enclosed in quotation marks)", value);
            }

            while (index < value.Length && value[index] == ' ')
            {
                index++;
            }
        }

        return value.Length == 0 ? Fatal("InvalidCharacterString (Value should be enclosed in quotation marks)", value) : null;
    }

    private static string? Count(string type, string value, int count) => Split(value).Length == count
        ? null
        : Fatal($"{type}RRDATAWrongFieldCount (Value should have {count} fields)", value);

    private static string? Fields(string type, string value, int numbers, bool hasName)
    {
        var fields = Split(value);
        if (fields.Length != numbers + 1)
        {
            return Count(type, value, numbers + 1);
        }

        return !fields.Take(numbers).All(IsUInt16) ? Fatal($"{type}RRDATAIllegalNumber (Field is not a number from 0 to 65535)", value)
            : hasName ? fields[^1] == "." ? null : Name(fields[^1])
            : fields[^1].Length % 2 == 0 && fields[^1].All(char.IsAsciiHexDigit) ? null
            : Fatal($"{type}RRDATAIllegalHexadecimal (Field is not hexadecimal)", value);
    }

    private static string? Soa(string value)
    {
        var fields = Split(value);
        return fields.Length != 7 ? Count("SOA", value, 7)
            : Name(fields[0]) ?? Name(fields[1])
            ?? (fields.Skip(2).All(field => uint.TryParse(field, NumberStyles.None, CultureInfo.InvariantCulture, out _))
                ? null
                : Fatal("SOARRDATAIllegalNumber (Field is not a number from 0 to 4294967295)", value));
    }

    private static string? Caa(string value)
    {
        var fields = value.Split(' ', 3, StringSplitOptions.RemoveEmptyEntries);
        return fields.Length != 3 ? Fatal("CAARRDATAWrongFieldCount (Value should have flags, a tag and a quoted value)", value)
            : !byte.TryParse(fields[0], NumberStyles.None, CultureInfo.InvariantCulture, out _) ? Fatal("CAARRDATAIllegalFlags (Flags are not a number from 0 to 255)", value)
            : !fields[1].All(char.IsAsciiLetterOrDigit) ? Fatal("CAARRDATAIllegalTag (Tag is not of letters and digits)", value)
            : Strings(fields[2].TrimEnd());
    }

    private static string? Service(string type, string value)
    {
        var fields = Split(value);
        return fields.Length < 2 || !IsUInt16(fields[0])
            ? Fatal($"{type}RRDATAIllegal (Value should have a priority from 0 to 65535 and a target name)", value)
            : fields[1] == "." ? null : Name(fields[1]);
    }

    private static string[] Split(string value) => value.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);

    private static bool IsUInt16(string field) => ushort.TryParse(field, NumberStyles.None, CultureInfo.InvariantCulture, out _);
}
