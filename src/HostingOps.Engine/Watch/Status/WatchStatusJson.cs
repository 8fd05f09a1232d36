using System.Text.Json;
using System.Text.Json.Serialization;

namespace HostingOps.Engine.Watch.Status;

/// <summary>The body of <c>/status</c>: written by the watcher, read by whoever asks it.</summary>
internal static class WatchStatusJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>Writes it, UTF-8.</summary>
    public static void Write(Stream body, WatchStatusReport report) => JsonSerializer.Serialize(body, report, Options);

    /// <summary>Reads it.</summary>
    /// <exception cref="JsonException">It is no such report.</exception>
    public static async Task<WatchStatusReport> ReadAsync(Stream body, CancellationToken cancellationToken) =>
        await JsonSerializer.DeserializeAsync<WatchStatusReport>(body, Options, cancellationToken).ConfigureAwait(false)
        ?? throw new JsonException("null where a report is needed.");
}
