using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using HostingOps.Engine.Files;

namespace HostingOps.Engine.Mirror.Generations;

/// <summary>What a run was begun with, so that only its like goes on with what it left.</summary>
/// <param name="Format">As in <see cref="GenerationSummary"/>.</param>
/// <param name="StartedAt">When it began (UTC).</param>
/// <param name="Rewriting">What decides how links are rewritten, as a hash.</param>
/// <param name="Crawling">What decides which URLs are asked for, as a hash. No header's value is in it.</param>
internal sealed record RunStart(int Format, DateTimeOffset StartedAt, string Rewriting, string Crawling)
{
    /// <summary>That of a run that begins now.</summary>
    public static RunStart Of(HostedSite site, MirrorSettings settings, DateTimeOffset now)
    {
        string[] rewriting = [site.HostName, site.Domain, .. site.Aliases, "|", .. settings.AssetHosts, "|", settings.Banner ? "banner" : ""];
        string[] crawling =
        [
            .. rewriting, "|", .. settings.Exclude, "|", .. settings.Start, "|", .. settings.Headers.Keys.Order(StringComparer.Ordinal), "|",
            settings.UserAgent ?? "", settings.Robots ? "robots" : "", FormattableString.Invariant($"{settings.MaxDepth} {settings.MaxFileBytes}"),
            site.Primary.Address ?? "",
        ];
        return new(GenerationSummary.CurrentFormat, now, Hash(rewriting), Hash(crawling));
    }

    /// <summary>Whether this run, beginning now, may go on with what an earlier one left. Old answers would make a new mirror old.</summary>
    public bool Continues(RunStart earlier, TimeSpan maxAge) =>
        earlier.Format == Format
        && earlier.Crawling == Crawling
        && earlier.StartedAt <= StartedAt
        && StartedAt - earlier.StartedAt < maxAge / 4;

    /// <summary>Writes it whole or not at all.</summary>
    public Task WriteAsync(string path, CancellationToken cancellationToken) =>
        AtomicFile.WriteAsync(path, JsonSerializer.Serialize(this), overwrite: true, cancellationToken);

    /// <summary>Reads one, or null when there is none that can be read.</summary>
    public static RunStart? TryRead(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<RunStart>(File.ReadAllText(path));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    private static string Hash(string[] parts) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))));
}
