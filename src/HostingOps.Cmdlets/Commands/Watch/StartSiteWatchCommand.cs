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

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var (once, throttle) = (Once.IsPresent, ThrottleLimit);
        RunOnInventory(InventoryPath, (workspace, work) => once ? RoundAsync(workspace, throttle, work) : WatchAsync(workspace, throttle, work));
    }

    private static async Task RoundAsync(HostingWorkspace workspace, int throttle, PipelineWork work)
    {
        var sites = await workspace.NewWatcher(new WatchOptions { ThrottleLimit = throttle }).RunOnceAsync(work.Token).ConfigureAwait(false);
        foreach (var site in sites)
        {
            await work.WriteAsync(site).ConfigureAwait(false);
        }
    }

    private static async Task WatchAsync(HostingWorkspace workspace, int throttle, PipelineWork work)
    {
        // The watcher never waits for the pipeline: a slow command downstream must not slow the checks.
        var changes = Channel.CreateUnbounded<SiteWatchChange>(new UnboundedChannelOptions { SingleReader = true });
        var watcher = workspace.NewWatcher(new WatchOptions { ThrottleLimit = throttle, Changed = change => changes.Writer.TryWrite(change) });
        var watching = watcher.RunAsync(work.Token);
        _ = watching.ContinueWith(
            ended => changes.Writer.TryComplete(ended.Exception?.GetBaseException()), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        try
        {
            await foreach (var change in changes.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
            {
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
