using System.Text.Json;
using HostingOps.EndToEnd.Tests.World;

namespace HostingOps.EndToEnd.Tests.Samples;

/// <summary>What one run of the sample check said.</summary>
internal sealed record CheckRun(ProgramRun Program)
{
    /// <summary>Its lines; each is one JSON object.</summary>
    public IReadOnlyList<JsonElement> Lines { get; } =
        [.. Program.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => JsonDocument.Parse(line).RootElement)];

    public JsonElement Summary => Lines[^1];

    public IEnumerable<JsonElement> Of(string what) => Lines.Where(line => line.GetProperty("event").GetString() == what);

    public JsonElement Site(string name) => Assert.Single(Of("site"), line => line.GetProperty("site").GetString() == name);
}
