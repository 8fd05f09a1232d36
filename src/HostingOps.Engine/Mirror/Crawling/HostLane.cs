using System.Threading.Channels;

namespace HostingOps.Engine.Mirror.Crawling;

/// <summary>One host's queue, pace and health. Hosts do not wait for each other.</summary>
/// <param name="host">The asset host, or null for the site itself.</param>
/// <param name="pace">When the next request may begin.</param>
internal sealed class HostLane(string? host, HostPace pace)
{
    private readonly object gate = new();
    private readonly Channel<CrawlItem> queue = Channel.CreateUnbounded<CrawlItem>();
    private readonly OriginCircuit circuit = new();
    private readonly SemaphoreSlim rulesGate = new(1);
    private RobotsRules? rules;

    // One request at a time: its robots.txt asks for time in between.
    private SemaphoreSlim? oneByOne;

    /// <summary>The asset host, or null for the site itself.</summary>
    public string? Host => host;

    /// <summary>When the next request may begin.</summary>
    public HostPace Pace => pace;

    /// <summary>Whether what its answers said of their freshness is believed.</summary>
    public required Belief Freshness { get; init; }

    /// <summary>What waits, in the order of its coming.</summary>
    public ChannelReader<CrawlItem> Items => queue.Reader;

    /// <summary>Why the host is left alone, or null.</summary>
    public string? ClosedBecause { get; private set; }

    /// <summary>Adds to the queue.</summary>
    public void Add(CrawlItem item) => queue.Writer.TryWrite(item);

    /// <summary>Nothing more comes.</summary>
    public void Complete() => queue.Writer.TryComplete();

    /// <summary>The host's rules, read by the first who asks.</summary>
    public async ValueTask<RobotsRules> RulesAsync(Func<HostLane, CancellationToken, Task<RobotsRules>> read, CancellationToken cancellationToken)
    {
        if (rules is { } known)
        {
            return known;
        }

        await rulesGate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            rules ??= await read(this, cancellationToken).ConfigureAwait(false);
            if (rules.CrawlDelay is { } delay)
            {
                pace.SlowTo(delay);
                oneByOne ??= new SemaphoreSlim(1);
            }

            return rules;
        }
        finally
        {
            rulesGate.Release();
        }
    }

    /// <summary>Asks once the host's pace allows it, and alone where its robots.txt wants that.</summary>
    public async Task<CrawlAnswer> InTurnAsync(Func<Task<CrawlAnswer>> ask, CancellationToken cancellationToken)
    {
        var alone = oneByOne;
        if (alone is not null)
        {
            await alone.WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        try
        {
            await pace.WaitAsync(cancellationToken).ConfigureAwait(false);
            return await ask().ConfigureAwait(false);
        }
        finally
        {
            alone?.Release();
        }
    }

    /// <summary>Takes note of an answer; gives the reason when it closed the lane.</summary>
    /// <param name="failure">What failed, or null.</param>
    public string? Saw(string? failure)
    {
        lock (gate)
        {
            if (!circuit.Saw(failure is not null) || ClosedBecause is not null)
            {
                return null;
            }

            return ClosedBecause = $"{(host is null ? "the site" : host)} began to fail, the last time with: {failure}";
        }
    }

    /// <summary>Leaves the host alone.</summary>
    public void Close(string reason)
    {
        lock (gate)
        {
            ClosedBecause ??= reason;
        }
    }
}
