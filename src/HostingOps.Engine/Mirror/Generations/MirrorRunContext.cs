namespace HostingOps.Engine.Mirror.Generations;

/// <summary>What a run works with.</summary>
internal sealed record MirrorRunContext
{
    /// <summary>The site's places.</summary>
    public required MirrorFolder Mirror { get; init; }

    /// <summary>The site.</summary>
    public required HostedSite Site { get; init; }

    /// <summary>The site's settings.</summary>
    public required MirrorSettings Settings { get; init; }

    /// <summary>Name of the generation.</summary>
    public required string Id { get; init; }

    /// <summary>What it was begun with.</summary>
    public required RunStart Start { get; init; }

    /// <summary>Whether an earlier process began it.</summary>
    public required bool IsResumed { get; init; }

    /// <summary>The current generation, or null.</summary>
    public required PreviousGeneration? Previous { get; init; }

    /// <summary>Held until the run is disposed of.</summary>
    public required IDisposable Lock { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Whether the run may become current although it lost something.</summary>
    public bool AcceptLoss { get; init; }

    /// <summary>Adds to a checked generation before it becomes current: its summary, its folder, and its entries by URL without their links.</summary>
    public Func<MirrorGeneration, string, IReadOnlyList<MirrorEntry>, CancellationToken, Task>? Prepare { get; init; }

    /// <summary>The run's folder.</summary>
    public string Folder => Mirror.Run(Id);
}
