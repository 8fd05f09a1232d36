using System.Collections.Concurrent;

namespace HostingOps.Engine.Aws;

/// <summary>Counts a connection's requests by action and hands out each service's gate.</summary>
internal sealed class AwsCallMeter(TimeProvider time, Action<string>? verbose)
{
    private readonly ConcurrentDictionary<string, int> counts = new(StringComparer.Ordinal);

    /// <summary>A copy of the counts so far.</summary>
    public IReadOnlyDictionary<string, int> Counts => new SortedDictionary<string, int>(counts, StringComparer.Ordinal);

    public AwsCallGate For(AwsService service, bool paced) => new(service, this, time, paced);

    public void Sending(AwsService service, string operation, string? about)
    {
        counts.AddOrUpdate($"{service.Prefix}:{operation}", 1, static (_, count) => count + 1);
        verbose?.Invoke(about is null ? $"{service.Title} {operation}" : $"{service.Title} {operation} {about}");
    }
}
