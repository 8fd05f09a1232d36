namespace HostingOps.Sandbox.Drill;

/// <summary>How a drill of the redirector is run.</summary>
public sealed record ApexDrillOptions
{
    /// <summary>How the sandbox behaves.</summary>
    public SandboxOptions Sandbox { get; init; } = new();

    /// <summary>Whether the sandbox's own small redirector serves even when this machine has nginx.</summary>
    public bool WithoutNginx { get; init; }

    /// <summary>Pause between two looks. Default 200 ms.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// How long one visit, and one question of the recovery, may take. Default 2 s: a failed zone is silent, so that each takes all
    /// of this. In earnest a recovery's question has 5 s, which makes its plan and its last look some 12 s longer.
    /// </summary>
    public TimeSpan VisitTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long the failure may take to show, and a redirector to serve, before the drill has failed. Default 60 s.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Visits under way at once.</summary>
    public int ThrottleLimit { get; init; } = 32;
}
