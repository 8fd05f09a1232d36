using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace HostingOps.Engine.Watch.Witnesses.Agents;

/// <summary>How questions and answers are written.</summary>
internal static class WitnessJson
{
    /// <summary>Questions that one request holds at most.</summary>
    public const int MostQuestions = 500;

    /// <summary>Bytes of a question or an answer.</summary>
    public const int MostBytes = 1024 * 1024;

    /// <summary>Characters of a reason.</summary>
    public const int MostReason = 300;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        MaxDepth = 8,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    public static byte[] Write<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, Options);

    /// <summary>Null when it is no such document.</summary>
    public static T? Read<T>(ReadOnlySpan<byte> json)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Another machine's words as they may stand in a journal and on a terminal: one line, no control characters, bounded.</summary>
    public static string Sentence(string? text)
    {
        var clean = string.Concat((text ?? "").Where(static character => !char.IsControl(character) && character is not ('\u2028' or '\u2029')).Take(MostReason));
        return clean.Length > 0 && char.IsHighSurrogate(clean[^1]) ? clean[..^1] : clean;
    }
}
