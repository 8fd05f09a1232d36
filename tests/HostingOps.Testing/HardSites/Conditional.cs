using System.Security.Cryptography;
using HostingOps.Testing.Http;

namespace HostingOps.Testing.HardSites;

/// <summary>
/// Conditional requests (RFC 9110, section 13) as sites have them: one in four answers has a strong ETag, a weak one, only a date, or
/// nothing to ask by, chosen by the target.
/// </summary>
internal static class Conditional
{
    private const string Date = "Sat, 01 Aug 2026 08:00:00 GMT";

    public static RawAnswer Answer(RawRequest request, RawAnswer answer)
    {
        if (answer.Times > 1 || answer.Stalls || answer.CutAfter is not null || answer.Length is not null || answer.Header("Set-Cookie") is not null)
        {
            return answer;
        }

        var tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(answer.Body))[..16]}\"";
        var (name, value, asked) = (request.Target.Sum(static letter => letter) % 4) switch
        {
            0 => ("ETag", tag, "If-None-Match"),
            1 => ("ETag", "W/" + tag, "If-None-Match"),
            2 => ("Last-Modified", Date, "If-Modified-Since"),
            _ => ("Cache-Control", "no-cache", ""),
        };
        return asked.Length > 0 && request.Header(asked) is { } known && Same(known, value)
            ? new RawAnswer(304) { Headers = [(name, value)] }
            : answer.With(name, value);
    }

    private static bool Same(string known, string value) =>
        known.Split(',', StringSplitOptions.TrimEntries).Contains(value) || known == value;
}
