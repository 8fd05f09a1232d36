using System.Text.Json;
using HostingOps.Engine.Files;

namespace HostingOps.Engine.Mirror.Generations;

/// <summary>The last run, when it did not become current: all that is kept of it.</summary>
/// <param name="Generation">What it had.</param>
/// <param name="Reason">Why it was refused.</param>
internal sealed record RefusedRun(MirrorGeneration Generation, string Reason)
{
    /// <summary>Writes it whole or not at all.</summary>
    public Task WriteAsync(string path, CancellationToken cancellationToken) =>
        AtomicFile.WriteAsync(path, JsonSerializer.Serialize(this, GenerationSummary.Json) + "\n", overwrite: true, cancellationToken);

    /// <summary>Reads it, or null when there is none that can be read.</summary>
    public static RefusedRun? TryRead(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<RefusedRun>(File.ReadAllText(path), GenerationSummary.Json);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }
}
