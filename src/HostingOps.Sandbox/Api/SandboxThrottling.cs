namespace HostingOps.Sandbox.Api;

/// <summary>The sizes of the token buckets that calls are taken from. The defaults are AWS's own where they are known.</summary>
public sealed record SandboxThrottling
{
    /// <summary>Whether calls are throttled at all. Default true.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Route 53: all calls of the account. Default 50 refilled at 10/s.</summary>
    public SandboxBucket Route53Account { get; init; } = new(50, 10);

    /// <summary>Route 53: each action that has no bucket in <see cref="Route53Actions"/>. Default 50 refilled at 10/s.</summary>
    public SandboxBucket Route53Action { get; init; } = new(50, 10);

    /// <summary>Route 53: actions with buckets of their own. Default GetHealthCheckStatus 4 at 1/s, CreateHealthCheck 50 at 0.5/s.</summary>
    public IReadOnlyDictionary<string, SandboxBucket> Route53Actions { get; init; } = new Dictionary<string, SandboxBucket>
    {
        ["GetHealthCheckStatus"] = new(4, 1),
        ["CreateHealthCheck"] = new(50, 0.5),
    };

    /// <summary>
    /// Route 53: the throughput of changes, counted in ResourceRecord elements. AWS has such a bucket, but its size is
    /// not public; null, the default, means none.
    /// </summary>
    public SandboxBucket? Route53Throughput { get; init; }

    /// <summary>EC2: each action that changes something. Default 50 refilled at 5/s.</summary>
    public SandboxBucket Ec2Mutating { get; init; } = new(50, 5);

    /// <summary>EC2: RunInstances. Default 5 refilled at 2/s.</summary>
    public SandboxBucket Ec2Launch { get; init; } = new(5, 2);

    /// <summary>EC2: each action that only reads. Default 100 refilled at 20/s.</summary>
    public SandboxBucket Ec2Action { get; init; } = new(100, 20);
}
