using System.Text.Encodings.Web;
using System.Text.Json;
using HostingOps.Engine.Files;

namespace HostingOps.Engine.Mirror.Generations;

/// <summary>A generation's summary on disk.</summary>
/// <param name="Format">Which HostingOps can read it.</param>
/// <param name="Rewriting">By what its links were rewritten: a file made by other settings is not taken over.</param>
/// <param name="Generation">The summary itself.</param>
internal sealed record GenerationSummary(int Format, string Rewriting, MirrorGeneration Generation)
{
    /// <summary>Raised when names, lines or the rewriting of links change, so that nothing older is taken over.</summary>
    public const int CurrentFormat = 1;

    /// <summary>How it is written.</summary>
    internal static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    };

    /// <summary>Writes it whole or not at all.</summary>
    public Task WriteAsync(string path, CancellationToken cancellationToken) =>
        AtomicFile.WriteAsync(path, JsonSerializer.Serialize(this, Json) + "\n", overwrite: true, cancellationToken);

    /// <summary>Reads one, or null when there is none that can be read.</summary>
    public static GenerationSummary? TryRead(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<GenerationSummary>(File.ReadAllText(path), Json) is { Generation.Id: not null } summary ? summary : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }
}
