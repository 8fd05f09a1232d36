namespace HostingOps.Sandbox.Api;

/// <summary>Decides whether a call finds tokens in every bucket that it draws from.</summary>
internal sealed class Throttle(SandboxThrottling sizes, TimeProvider timeProvider)
{
    private readonly object gate = new();
    private readonly Dictionary<string, TokenBucket> buckets = new(StringComparer.Ordinal);

    /// <summary>Takes a token per bucket of a Route 53 call, or none at all when one bucket is empty.</summary>
    public bool AdmitsRoute53(string action) => Admits(
        ("route53", sizes.Route53Account, 1),
        ("route53:" + action, sizes.Route53Actions.GetValueOrDefault(action, sizes.Route53Action), 1));

    /// <summary>Takes the throughput of a batch of changes.</summary>
    public bool AdmitsRecords(int records) =>
        sizes.Route53Throughput is not { } throughput || Admits(("route53-records", throughput, records));

    /// <summary>Takes a token of an EC2 call.</summary>
    public bool AdmitsEc2(string action) => Admits((
        "ec2:" + action,
        action == "RunInstances" ? sizes.Ec2Launch
        : action.StartsWith("Describe", StringComparison.Ordinal) ? sizes.Ec2Action : sizes.Ec2Mutating,
        1));

    private bool Admits(params (string Name, SandboxBucket Size, double Wanted)[] demands)
    {
        if (!sizes.Enabled)
        {
            return true;
        }

        lock (gate)
        {
            var drawn = demands.Select(demand => (Bucket: BucketOf(demand.Name, demand.Size), demand.Wanted)).ToList();
            if (!drawn.TrueForAll(draw => draw.Bucket.Has(draw.Wanted)))
            {
                return false;
            }

            drawn.ForEach(draw => draw.Bucket.Take(draw.Wanted));
            return true;
        }
    }

    private TokenBucket BucketOf(string name, SandboxBucket size)
    {
        if (!buckets.TryGetValue(name, out var bucket))
        {
            buckets[name] = bucket = new TokenBucket(size, timeProvider);
        }

        return bucket;
    }
}
