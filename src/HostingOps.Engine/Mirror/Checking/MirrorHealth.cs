using System.Text.Json;

namespace HostingOps.Engine.Mirror.Checking;

/// <summary>What a mirror says of itself at its health path.</summary>
/// <param name="Site">The site whose mirror it is.</param>
/// <param name="Generation">The generation that is served.</param>
/// <param name="StartedAt">When its run began.</param>
/// <param name="Pages">HTML pages.</param>
/// <param name="IsWhole">Whether it was saved with all that it should have.</param>
/// <param name="ManifestHash">SHA-256 over its manifest, or null.</param>
internal sealed record MirrorHealth(string Site, string Generation, DateTimeOffset StartedAt, int Pages, bool IsWhole, string? ManifestHash)
{
    /// <summary>Where it says so.</summary>
    public const string Path = "/.mirror/health";

    /// <summary>Reads it; null for anything that is not a mirror's health. A field that is not there is no good news.</summary>
    public static MirrorHealth? TryRead(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            using var document = JsonDocument.ParseValue(ref reader);
            var root = document.RootElement;
            return new MirrorHealth(
                root.GetProperty("site").GetString() ?? throw new JsonException(),
                root.GetProperty("generation").GetString() ?? throw new JsonException(),
                root.GetProperty("startedAt").GetDateTimeOffset(),
                root.GetProperty("pages").GetInt32(),
                root.GetProperty("isWhole").GetBoolean(),
                root.TryGetProperty("manifestHash", out var hash) ? hash.GetString() : null);
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }
}
