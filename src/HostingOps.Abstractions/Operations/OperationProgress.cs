namespace HostingOps;

/// <summary>How far an activity has come.</summary>
public sealed record OperationProgress
{
    /// <summary>What is going on, for example <c>Probing sites</c>. One activity keeps one text.</summary>
    public required string Activity { get; init; }

    /// <summary>The activity that this one is a part of, or null.</summary>
    public string? Parent { get; init; }

    /// <summary>The current item, or null.</summary>
    public string? CurrentItem { get; init; }

    /// <summary>Items done.</summary>
    public int Done { get; init; }

    /// <summary>All items, or 0 when not known.</summary>
    public int Total { get; init; }

    /// <summary>Time left as far as it can be told, or null.</summary>
    public TimeSpan? Remaining { get; init; }

    /// <summary>Whether the activity has ended.</summary>
    public bool Completed { get; init; }

    /// <summary>0 to 100, or -1 when the total is not known.</summary>
    public int PercentComplete => Total <= 0 ? -1 : (int)Math.Clamp(100L * Done / Total, 0, 100);
}
