namespace HostingOps.Engine.Mirror;

/// <summary>What became of a run.</summary>
/// <param name="Generation">Its generation.</param>
/// <param name="IsCurrent">Whether it is the current one now.</param>
/// <param name="Reason">Why it is not, or null.</param>
internal sealed record MirrorCompletion(MirrorGeneration Generation, bool IsCurrent, string? Reason);
