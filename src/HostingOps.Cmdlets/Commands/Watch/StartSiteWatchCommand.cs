using System.Management.Automation;
using System.Threading.Channels;
using HostingOps.Cmdlets.Pipeline;
using HostingOps.Engine;
using HostingOps.Engine.Watch;

namespace HostingOps.Cmdlets.Commands.Watch;

/// <summary>Watches every site of the inventory and says what changes, until it is stopped.</summary>
[Cmdlet(VerbsLifecycle.Start, "SiteWatch")]
[OutputType(typeof(SiteWatchChange))]
public sealed class StartSiteWatchCommand : HostingAwsCmdlet
{
    /// <summary>One round: every site is checked, what fails is confirmed, and what is held of each site is given.</summary>
    [Parameter]
    public SwitchParameter Once { get; set; }

    /// <summary>Checks under way at once, 1 to 4096.</summary>
    [Parameter]
    [ValidateRange(1, 4096)]
    public int ThrottleLimit { get; set; } = 256;

    /// <summary>With -Once: how often it is run, in seconds, so that a missed run can be noticed; 0 when it is not known.</summary>
    [Parameter]
    [ValidateRange(0, 86400)]
    public int EverySec { get; set; }

    /// <summary>Where /metrics and /status are served, as address:port; empty for nowhere.</summary>
    [Parameter]
    [AllowEmptyString]
    public string Metrics { get; set; } = LoopbackMetrics;

    // A constant of its own: the engine's would be loaded at import.
    private const string LoopbackMetrics = "127.0.0.1:9464";

    private const int MostWaiting = 20_000;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var (once, throttle) = (Once.IsPresent, ThrottleLimit);
        TimeSpan? every = EverySec > 0 ? TimeSpan.FromSeconds(EverySec) : null;
        var metrics = Metrics.Length > 0 ? Metrics : null;
        RunOnInventory(InventoryPath, (workspace, work) => once ? RoundAsync(workspace, throttle, every, work) : WatchAsync(workspace, throttle, metrics, work));
    }

    private static async Task RoundAsync(HostingWorkspace workspace, int throttle, TimeSpan? every, PipelineWork work)
    {
        var sites = await workspace.NewWatcher(new WatchOptions { ThrottleLimit = throttle, ExpectedEvery = every }).RunOnceAsync(work.Token).ConfigureAwait(false);
        foreach (var site in sites)
        {
            await work.WriteAsync(site).ConfigureAwait(false);
        }
    }

    private static async Task WatchAsync(HostingWorkspace workspace, int throttle, string? metrics, PipelineWork work)
    {
        // The watcher never waits for the pipeline: a slow command downstream must not slow the checks.
        // What waits has a bound; beyond it the oldest are left out, and counted.
        var leftOut = 0;
        var changes = Channel.CreateBounded<SiteWatchChange>(
            new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true }, _ => Interlocked.Increment(ref leftOut));
        var watcher = workspace.NewWatcher(new WatchOptions { ThrottleLimit = throttle, MetricsAddress = metrics, Changed = change => changes.Writer.TryWrite(change) });
        var watching = watcher.RunAsync(work.Token);
        _ = watching.ContinueWith(
            ended => changes.Writer.TryComplete(ended.Exception?.GetBaseException()), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        try
        {
            await foreach (var change in changes.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
            {
                if (Interlocked.Exchange(ref leftOut, 0) is > 0 and var count)
                {
                    work.Reporter.Warning(FormattableString.Invariant($"{count} changes were left out, for the output was not read in time. Get-SiteWatchStatus has all that holds now."));
                }

                await work.WriteAsync(change).ConfigureAwait(false);
            }
        }
        finally
        {
            // Its lease and its state are given back before the command ends.
            await ((Task)watching).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        work.Token.ThrowIfCancellationRequested();
    }
}
