using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace HostingOps.Engine.State;

/// <summary>How values are written into columns, and read back.</summary>
internal static class StateValue
{
    // One width and always UTC, so that text order is time order.
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        // Computed answers such as Allowed must follow from the stored facts when read back, not be stored beside them.
        IgnoreReadOnlyProperties = true,
        // An odd measurement must not keep a plan from being written down.
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>A time as column text.</summary>
    public static string FromTime(DateTimeOffset time) =>
        time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    /// <summary>A time from column text.</summary>
    /// <exception cref="FormatException">The text is no time.</exception>
    public static DateTimeOffset ToTime(string text) =>
        DateTimeOffset.ParseExact(text, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    /// <summary>An enum's value from its name.</summary>
    /// <exception cref="FormatException">No value of that name.</exception>
    public static T ToEnum<T>(string name)
        where T : struct, Enum =>
        Enum.TryParse<T>(name, out var value) ? value : throw new FormatException($"'{name}' is no {typeof(T).Name}.");

    /// <summary>A zone's name as key: names have no case (RFC 4343), and the trailing dot says nothing.</summary>
    public static string ZoneKey(string zone) => zone.TrimEnd('.').ToLowerInvariant();

    /// <summary>Text as it can be stored and read back: SQLite's text ends at a NUL, and half of a surrogate pair has no UTF-8.</summary>
    public static string? Text(string? text) => text is null
        ? null
        : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text.Replace('\0', '\uFFFD')));

    /// <summary>A model as JSON.</summary>
    public static string ToJson<T>(T value) => JsonSerializer.Serialize(value, Json);

    /// <summary>A model from JSON.</summary>
    /// <exception cref="JsonException">The text is no such model.</exception>
    public static T FromJson<T>(string json) =>
        JsonSerializer.Deserialize<T>(json, Json) ?? throw new JsonException("null where a value is needed.");
}
