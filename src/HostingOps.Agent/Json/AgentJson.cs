using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace HostingOps.Agent.Json;

/// <summary>How the agent writes JSON: camelCase keys, enums by name, times in ISO 8601 UTC, durations in seconds.</summary>
internal static class AgentJson
{
    /// <summary>One document or item on one line.</summary>
    public static JsonSerializerOptions Compact { get; } = Create(indented: false);

    /// <summary>One document over several lines.</summary>
    public static JsonSerializerOptions Indented { get; } = Create(indented: true);

    private static JsonSerializerOptions Create(bool indented) => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = indented,

        // The output is no HTML: quotes and names outside ASCII stay readable.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(), new UtcTimeConverter(), new SecondsConverter() },
    };
}
