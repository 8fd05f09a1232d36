using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using HostingOps.Engine.Inventory.Reading;

namespace HostingOps.Engine.DynamicDns.Asking;

/// <summary>Reads what a source answered: one address and nothing else, as text or as JSON <c>{"ip": "…"}</c>. Pure functions.</summary>
internal static class AddressText
{
    /// <summary>Bytes of an answer that are read; no answer in good faith is longer.</summary>
    public const int MostBytes = 512;

    /// <summary>Reads bytes.</summary>
    public static AddressReading Read(ReadOnlySpan<byte> bytes, AddressFamily family)
    {
        if (bytes.Length > MostBytes)
        {
            return AddressReading.Refused(FormattableString.Invariant($"answers more than {MostBytes} bytes: {Kind(Encoding.UTF8.GetString(bytes[..MostBytes]))}"));
        }

        foreach (var one in bytes)
        {
            if (one is > 126 or (< 32 and not (9 or 10 or 13)))
            {
                return AddressReading.Refused("answers other characters than an address has");
            }
        }

        return Read(Encoding.ASCII.GetString(bytes), family);
    }

    /// <summary>Reads text.</summary>
    public static AddressReading Read(string text, AddressFamily family)
    {
        var trimmed = text.Trim(' ', '\t', '\r', '\n');
        if (trimmed.Length == 0)
        {
            return AddressReading.Refused("answers nothing");
        }

        if (trimmed[0] == '{')
        {
            return FromJson(trimmed, family);
        }

        return FromAddress(trimmed) is { } address
            ? Judged(address, family)
            : AddressReading.Refused($"answers {Kind(trimmed)}");
    }

    /// <summary>Takes an address that can be this machine's public one.</summary>
    public static AddressReading Judged(IPAddress address, AddressFamily family) =>
        address.AddressFamily != family
            ? AddressReading.Refused($"answers {address}, which is of the other address family: something stands between")
        : SpecialPurposeAddresses.Describe(address) is { } what
            ? AddressReading.Refused($"answers {address}, which is {what}")
            : AddressReading.Of(address);

    private static AddressReading FromJson(string text, AddressFamily family)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var properties = document.RootElement.EnumerateObject().ToList();
            return properties is [{ Name: "ip", Value.ValueKind: JsonValueKind.String } only] && FromAddress(only.Value.GetString()!) is { } address
                ? Judged(address, family)
                : AddressReading.Refused("answers JSON that is not {\"ip\": \"address\"}");
        }
        catch (JsonException)
        {
            return AddressReading.Refused("answers JSON that can't be read");
        }
    }

    private static IPAddress? FromAddress(string text) => AddressSyntax.ReadIPv4(text) ?? AddressSyntax.ReadIPv6(text);

    // What it says is never repeated: it is a stranger's text.
    private static string Kind(string text) => text.TrimStart().StartsWith('<')
        ? "HTML: a page for people, or a captive portal"
        : text.AsSpan().IndexOfAny('\n', ' ', ',') >= 0 ? "more than one address, or a text" : "a text that is no address";
}
