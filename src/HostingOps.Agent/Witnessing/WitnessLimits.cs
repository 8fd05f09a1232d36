namespace HostingOps.Agent.Witnessing;

/// <summary>What one client, known by its address, and all together may take of a witness.</summary>
internal sealed record WitnessLimits
{
    /// <summary>Connections of all.</summary>
    public int Connections { get; init; } = 500;

    /// <summary>Connections of one client.</summary>
    public int ConnectionsPerClient { get; init; } = 16;

    /// <summary>Connections from this machine: a reverse proxy's, which stand for all its clients.</summary>
    public int ConnectionsFromHere { get; init; } = 400;

    /// <summary>Bodies of one client that are read at once.</summary>
    public int BodiesPerClient { get; init; } = 4;

    /// <summary>Bodies of one client that wait to be read: who asks about 5,000 sites sends ten.</summary>
    public int WaitingPerClient { get; init; } = 16;

    /// <summary>Bodies of all that are read at once.</summary>
    public int Bodies { get; init; } = 128;

    /// <summary>How long a body may take.</summary>
    public TimeSpan Body { get; init; } = TimeSpan.FromSeconds(2);
}
