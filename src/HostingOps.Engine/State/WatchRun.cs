namespace HostingOps.Engine.State;

/// <summary>One run of a watcher.</summary>
internal sealed record WatchRun
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>The zone of its inventory.</summary>
    public required string Zone { get; init; }

    /// <summary>Its inventory.</summary>
    public string? InventoryPath { get; init; }

    /// <summary>Who ran it, <c>user@machine</c>.</summary>
    public required string Operator { get; init; }

    /// <summary>The process, on its machine.</summary>
    public required int ProcessId { get; init; }

    /// <summary>Whether it was one round (<c>--once</c>).</summary>
    public required bool IsSingle { get; init; }

    /// <summary>How often such a run is expected to begin, or null when nobody has said.</summary>
    public TimeSpan? ExpectedEvery { get; init; }

    /// <summary>When it began (UTC).</summary>
    public required DateTimeOffset BeganAt { get; init; }

    /// <summary>When it last said that it lives (UTC).</summary>
    public required DateTimeOffset SeenAt { get; init; }

    /// <summary>When it ended (UTC), or null: it goes on, or was killed.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>How it ended, in a few words, or null.</summary>
    public string? Ending { get; init; }
}
