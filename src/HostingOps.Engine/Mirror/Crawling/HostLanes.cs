namespace HostingOps.Engine.Mirror.Crawling;

/// <summary>The lanes of a crawl, one for each host, begun with its workers when the host is first met. Safe for several threads.</summary>
/// <param name="open">Makes a host's lane.</param>
/// <param name="connections">Workers for each.</param>
/// <param name="work">What a worker does until its lane has no more; it does not throw.</param>
internal sealed class HostLanes(Func<string?, HostLane> open, int connections, Func<HostLane, Task> work)
{
    private readonly object gate = new();
    private readonly Dictionary<string, HostLane> lanes = new(StringComparer.Ordinal);
    private readonly List<Task> workers = [];

    /// <summary>The lane of an asset host, or of the site itself for null.</summary>
    public HostLane Of(string? host)
    {
        lock (gate)
        {
            if (!lanes.TryGetValue(host ?? "", out var lane))
            {
                lane = open(host);
                lanes.Add(host ?? "", lane);
                for (var i = 0; i < connections; i++)
                {
                    workers.Add(Task.Run(() => work(lane)));
                }
            }

            return lane;
        }
    }

    /// <summary>Closes the lanes, and waits for the workers.</summary>
    public Task EndAsync()
    {
        lock (gate)
        {
            foreach (var lane in lanes.Values)
            {
                lane.Complete();
            }

            return Task.WhenAll(workers.ToArray());
        }
    }
}
