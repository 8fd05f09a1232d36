using HostingOps.Engine.Health;

namespace HostingOps.Engine.Watch;

/// <summary>
/// Asks Route 53 which host of each site is active: at the beginning, every few minutes, and soon after it was asked to. When
/// Route 53 can't be asked, what is known stays.
/// </summary>
/// <param name="workspace">Gives the open inventory in use.</param>
/// <param name="readTargets">Asks.</param>
/// <param name="interval">Time between two readings of all sites.</param>
/// <param name="reporter">Is told of what can't be read, once for each distinct reason.</param>
/// <param name="time">The clock.</param>
internal sealed class RoutingReader(
    Func<HostingWorkspace> workspace,
    Func<HostingWorkspace, IReadOnlyList<HostedSite>, CancellationToken, IAsyncEnumerable<SiteDnsTarget>> readTargets,
    TimeSpan interval,
    IOperationReporter reporter,
    TimeProvider time)
{
    // However often it is asked to, and however soon after a failure: readings of all sites share AWS's rate with the switches.
    private static readonly TimeSpan LeastApart = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(30);

    // A reading of 5,000 sites takes some ten seconds at AWS's rate; an endpoint that keeps silent must not hold a single run for minutes.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim asked = new(0, 1);
    private readonly object gate = new();
    private readonly HashSet<string> wanted = new(StringComparer.Ordinal);
    private bool wantsAll;

    /// <summary>Why Route 53 could not be asked, or null.</summary>
    public string? Problem { get; private set; }

    /// <summary>Has these sites read soon.</summary>
    public void Ask(IReadOnlyCollection<string> siteNames)
    {
        lock (gate)
        {
            wanted.UnionWith(siteNames);
        }

        Wake();
    }

    /// <summary>Has all sites read soon.</summary>
    public void AskAll()
    {
        lock (gate)
        {
            wantsAll = true;
        }

        Wake();
    }

    /// <summary>Reads until it is cancelled.</summary>
    /// <param name="known">What is known at the beginning.</param>
    /// <param name="changed">Is given all that is known after each reading, and by which open inventory it was read.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task RunAsync(
        IReadOnlyDictionary<string, string> known, Action<HostingWorkspace, IReadOnlyDictionary<string, string>> changed, CancellationToken cancellationToken)
    {
        IReadOnlyCollection<string>? names = null;
        while (true)
        {
            var before = Problem;
            var open = workspace();
            var read = await ReadAsync(open, known, names, cancellationToken).ConfigureAwait(false);
            if (read is not null)
            {
                known = read;
                changed(open, known);
            }

            await Task.Delay(LeastApart, time, cancellationToken).ConfigureAwait(false);
            await WaitAsync((read is null ? AfterFailure : interval) - LeastApart, cancellationToken).ConfigureAwait(false);
            names = TakeWanted(isRetry: read is null || before is not null);
        }
    }

    /// <summary>Reads once.</summary>
    /// <param name="known">What is known already.</param>
    /// <param name="names">The sites to read, or null for all.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>What is known now, or null when Route 53 could not be asked.</returns>
    public Task<IReadOnlyDictionary<string, string>?> ReadAsync(
        IReadOnlyDictionary<string, string> known, IReadOnlyCollection<string>? names, CancellationToken cancellationToken) =>
        ReadAsync(workspace(), known, names, cancellationToken);

    /// <summary>The sites whose reading was asked for and has not begun; they count as read from now on.</summary>
    public IReadOnlyCollection<string> TakeAsked()
    {
        lock (gate)
        {
            string[] names = [.. wanted];
            wanted.Clear();
            return names;
        }
    }

    private async Task<IReadOnlyDictionary<string, string>?> ReadAsync(
        HostingWorkspace open, IReadOnlyDictionary<string, string> known, IReadOnlyCollection<string>? names, CancellationToken cancellationToken)
    {
        var sites = names is null ? open.Inventory.Sites : [.. open.Inventory.Sites.Where(site => names.Contains(site.Name))];
        var active = names is null ? new Dictionary<string, string>(StringComparer.Ordinal) : new Dictionary<string, string>(known, StringComparer.Ordinal);
        using var over = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(over.Token, cancellationToken);
        try
        {
            await foreach (var target in readTargets(open, sites, either.Token).ConfigureAwait(false))
            {
                // Records that point to neither host make neither of them the active one.
                active.Remove(target.SiteName);
                if (target.ActiveHost is { } host)
                {
                    active[target.SiteName] = host;
                }
            }

            if (Problem is not null)
            {
                reporter.Warning("Route 53 can be asked again.");
            }

            Problem = null;
            return active;
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            var problem = error is OperationCanceledException ? $"Route 53 did not answer within {Durations.Text(Patience)}." : error.Message;
            if (problem != Problem)
            {
                reporter.Warning($"Route 53 could not be asked which hosts are active; what was last known holds. {problem}");
            }

            Problem = problem;
            return null;
        }
    }

    private IReadOnlyCollection<string>? TakeWanted(bool isRetry)
    {
        lock (gate)
        {
            IReadOnlyCollection<string>? names = wantsAll || wanted.Count == 0 || isRetry ? null : [.. wanted];
            wanted.Clear();
            wantsAll = false;
            return names;
        }
    }

    private void Wake()
    {
        try
        {
            asked.Release();
        }
        catch (SemaphoreFullException)
        {
            // Asked for already.
        }
    }

    private async Task WaitAsync(TimeSpan wait, CancellationToken cancellationToken)
    {
        using var over = new CancellationTokenSource(wait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(over.Token, cancellationToken);
        try
        {
            await asked.WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
    }
}
