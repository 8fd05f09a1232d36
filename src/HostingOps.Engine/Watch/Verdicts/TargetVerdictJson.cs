using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace HostingOps.Engine.Watch.Verdicts;

/// <summary>Verdicts as they are kept.</summary>
internal static class TargetVerdictJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false) },
    };

    /// <summary>The verdict as one line. What has its usual value is left out.</summary>
    public static string Write(TargetVerdict verdict) => JsonSerializer.Serialize(verdict, Options);

    /// <summary>
    /// The verdict, whichever version wrote it: what it does not know is left out, what is missing has its usual value. A text
    /// that can't be read is as if the target had never been checked: that costs a few checks, and moves nothing.
    /// </summary>
    public static TargetVerdict Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<TargetVerdict>(json, Options) is { Reason: not null } verdict ? verdict : TargetVerdict.Initial;
        }
        catch (JsonException)
        {
            return TargetVerdict.Initial;
        }
    }
}
