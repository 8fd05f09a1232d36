using System.Collections.Concurrent;

namespace HostingOps.Engine.Aws;

/// <summary>Counts a connection's requests by action and hands out each service's gate.</summary>
internal sealed class AwsCallMeter(TimeProvider time, Action<string>? verbose)
{
    private readonly ConcurrentDictionary<string, int> counts = new(StringComparer.Ordinal);

    /// <summary>A copy of the counts so far.</summary>
    public IReadOnlyDictionary<string, int> Counts => new SortedDictionary<string, int>(counts, StringComparer.Ordinal);

    public AwsCallGate For(AwsService service, string endpoint, bool paced) => new(service, endpoint, this, time, paced);

    public void Count(AwsService service, string operation) =>
        counts.AddOrUpdate($"{service.Prefix}:{operation}", 1, static (_, count) => count + 1);

    public void Tell(string message) => verbose?.Invoke(message);
}
