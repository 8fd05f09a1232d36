using System.Globalization;
using System.Text;
using System.Text.Json;

namespace HostingOps.Engine.Mirror.Serving;

/// <summary>What a mirror says that the origin did not: short, without scripts, pictures or any sign that a server's configuration would replace.</summary>
internal static class MirrorPages
{
    /// <summary>Seconds after which a visitor may try again.</summary>
    public const int RetryAfter = 600;

    /// <summary>The Content-Type of all of them.</summary>
    public const string Type = "text/html; charset=utf-8";

    /// <summary>To POST and whatever else would change something.</summary>
    public static string ReadOnly { get; } = Page(
        "Read-only for now",
        "This site is read-only for now: you see a copy of it while we repair its server. What you sent was not saved. Please try again later.");

    /// <summary>For what the origin has, as far as is known, and the copy has not.</summary>
    public static string Unavailable { get; } = Page(
        "Not available for now", "This page is not available for now: you see a copy of the site while we repair its server. Please try again later.");

    /// <summary>For what the origin's own page is missing.</summary>
    public static string NotFound { get; } = Page("Not found", "There is no such page.");

    /// <summary>When the copy was begun, as X-Mirror-Age says it.</summary>
    public static string Age(MirrorGeneration generation) => Time(generation.StartedAt);

    /// <summary>What stands on top of the pages when that is asked for. ASCII, so that it fits any of the web's charsets.</summary>
    public static string Banner(MirrorGeneration generation) => string.Create(
        CultureInfo.InvariantCulture,
        $"<div role=\"status\" style=\"position:fixed;bottom:0;left:0;right:0;z-index:2147483647;padding:6px;background:#333;color:#fff;font:14px sans-serif;text-align:center\">You see a copy of this site of {generation.StartedAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC. It is read-only for now.</div>");

    /// <summary>What the health path answers.</summary>
    public static string Health(MirrorGeneration generation)
    {
        var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("site", generation.SiteName);
            json.WriteString("generation", generation.Id);
            json.WriteString("startedAt", Time(generation.StartedAt));
            json.WriteString("finishedAt", Time(generation.FinishedAt));
            json.WriteNumber("pages", generation.Pages);
            json.WriteBoolean("isWhole", generation.IsWhole);
            json.WriteString("manifestHash", generation.ManifestHash);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Page(string title, string text) =>
        $"<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><meta name=\"robots\" content=\"noindex\"><title>{title}</title>"
        + $"<body style=\"font:16px sans-serif;max-width:36em;margin:3em auto;padding:0 1em\"><h1>{title}</h1><p>{text}</p></body></html>";
}
