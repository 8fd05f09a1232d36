namespace HostingOps.Sandbox;

/// <summary>How long the sandbox's AWS takes. AWS itself is slower; a rehearsal need not be.</summary>
public sealed record SandboxTimings
{
    /// <summary>Time that Route 53 works on a write before it answers; other writes to the zone get PriorRequestNotComplete meanwhile. Default 15 ms.</summary>
    public TimeSpan Processing { get; init; } = TimeSpan.FromMilliseconds(15);

    /// <summary>Time from a change's acceptance to INSYNC, when the name servers serve it. Default 300 ms; AWS needs up to 60 s.</summary>
    public TimeSpan Propagation { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>Time from RunInstances to <c>running</c>, and from TerminateInstances to <c>terminated</c>. Default 500 ms.</summary>
    public TimeSpan InstanceTransition { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// Time from <c>running</c> until what the user data starts on an instance answers: running is not serving. Default
    /// 700 ms; a real one needs a minute or so.
    /// </summary>
    public TimeSpan InstanceBoot { get; init; } = TimeSpan.FromMilliseconds(700);

    /// <summary>Time in which DescribeAddresses still lists the former association after a change. Default 100 ms.</summary>
    public TimeSpan AddressVisible { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Time in which a new instance's id is still InvalidInstanceID.NotFound. Default 100 ms.</summary>
    public TimeSpan InstanceVisible { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// Time from the end of an instance's boot until GetConsoleOutput has what it wrote to its console, unless the latest is asked
    /// for. Default 300 ms; AWS needs some minutes.
    /// </summary>
    public TimeSpan ConsolePosted { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>
    /// Time between two looks of one of Route 53's checkers. Null, the default, means each health check's own 10 or 30 s.
    /// </summary>
    public TimeSpan? CheckerInterval { get; init; }
}
