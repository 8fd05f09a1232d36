namespace HostingOps.Engine.Mirror.Generations;

/// <summary>How a run is begun.</summary>
internal sealed record MirrorRunOptions
{
    /// <summary>Whether it may become current although it lost pages: the site was made smaller on purpose.</summary>
    public bool AcceptLoss { get; init; }

    /// <summary>Adds to a checked generation before it becomes current: its summary, its folder, and its entries by URL without their links.</summary>
    public Func<MirrorGeneration, string, IReadOnlyList<MirrorEntry>, CancellationToken, Task>? Prepare { get; init; }
}
