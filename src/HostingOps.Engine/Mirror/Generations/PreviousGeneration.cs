namespace HostingOps.Engine.Mirror.Generations;

/// <summary>The current generation, for a run that is to follow it.</summary>
/// <param name="Folder">Its folder.</param>
/// <param name="Summary">Its summary.</param>
/// <param name="Entries">Its manifest, or null when that can't be read.</param>
/// <param name="IsKeepable">Whether its files were made by the same settings and may be taken over.</param>
internal sealed record PreviousGeneration(string Folder, GenerationSummary Summary, EntryLog? Entries, bool IsKeepable);
