using System.Text;
using System.Text.RegularExpressions;
using HostingOps.Testing.Http;

namespace HostingOps.Testing.HardSites;

/// <summary>Compares what a mirror answers over the wire with what a perfect one would.</summary>
public static class MirrorJudge
{
    /// <summary>What is wrong, one line for each URL; empty for a perfect mirror.</summary>
    public static async Task<IReadOnlyList<string>> FaultsAsync(SiteVisitor mirror, IEnumerable<HardAnswer> expected)
    {
        var faults = new List<string>();
        foreach (var wanted in expected)
        {
            RawAnswer answer;
            try
            {
                answer = await mirror.AskAsync(wanted.Url);
            }
            catch (HttpRequestException error)
            {
                faults.Add($"{wanted}: {error.Message}");
                continue;
            }

            if (Fault(mirror.Host, wanted, answer) is { } fault && !(wanted.IsOptional && answer.Status >= 400))
            {
                faults.Add($"{wanted}: {fault}");
            }
        }

        return faults;
    }

    private static string? Fault(string host, HardAnswer wanted, RawAnswer answer)
    {
        if (wanted.Status == 0)
        {
            return answer.Status is >= 200 and < 400 ? $"{answer.Status}, though the origin never sent it whole" : null;
        }

        if (answer.Status != wanted.Status)
        {
            return $"{answer.Status} instead of {wanted.Status}";
        }

        var type = (answer.Header("Content-Type") ?? "").Split(';', StringSplitOptions.TrimEntries);
        if (wanted.MediaType is not null && !type[0].Equals(wanted.MediaType, StringComparison.OrdinalIgnoreCase))
        {
            return $"type {type[0]} instead of {wanted.MediaType}";
        }

        var charset = type.Skip(1).FirstOrDefault(static part => part.StartsWith("charset=", StringComparison.OrdinalIgnoreCase))?[8..].Trim('"');
        if (wanted.Charset is not null && !wanted.Charset.Equals(charset, StringComparison.OrdinalIgnoreCase))
        {
            return $"charset {charset ?? "none"} instead of {wanted.Charset}";
        }

        if (answer.Header("Set-Cookie") is { } cookie)
        {
            return $"sets a cookie: {cookie}";
        }

        var location = Regex.Replace(answer.Header("Location") ?? "", $"^https?://{Regex.Escape(host)}(:[0-9]+)?(?=/)", "", RegexOptions.IgnoreCase);
        if (wanted.Locations.Count > 0 && !wanted.Locations.Contains(location))
        {
            return $"leads to '{location}' instead of '{string.Join("' or '", wanted.Locations)}'";
        }

        return wanted.Bodies.Count == 0 || wanted.Bodies.Any(body => answer.Body.AsSpan().SequenceEqual(body)) ? null : Difference(wanted.Bodies[0], answer.Body);
    }

    private static string Difference(byte[] wanted, byte[] had)
    {
        var at = 0;
        while (at < wanted.Length && at < had.Length && wanted[at] == had[at])
        {
            at++;
        }

        static string Part(byte[] bytes, int at) => Encoding.Latin1.GetString(bytes, Math.Max(0, at - 30), Math.Min(bytes.Length, at + 60) - Math.Max(0, at - 30)).ReplaceLineEndings(" ");
        return $"{had.Length} bytes instead of {wanted.Length}; from byte {at}: '{Part(had, at)}' instead of '{Part(wanted, at)}'";
    }
}
