using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace HostingOps.Engine.Alerts.Payloads;

/// <summary>How payloads are written: letters beyond ASCII as they are, for receivers count bytes.</summary>
internal static class PayloadJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
    };

    /// <summary>The payload as JSON; names are taken as they are.</summary>
    public static string Write(object payload) => JsonSerializer.Serialize(payload, Options);
}
