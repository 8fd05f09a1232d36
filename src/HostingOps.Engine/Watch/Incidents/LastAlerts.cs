using System.Globalization;
using HostingOps.Engine.Alerts;

namespace HostingOps.Engine.Watch.Incidents;

/// <summary>
/// Sends what all who listen have posted, once they have done what is due. The last of them: a channel that hangs must not hold up a
/// switch, and what the switch has to tell must not wait for the next run.
/// </summary>
/// <param name="room">The alerts.</param>
/// <param name="reporter">Is told what there was no time for.</param>
internal sealed class LastAlerts(AlertRoom room, IOperationReporter reporter) : IWatchListener
{
    /// <inheritdoc/>
    public string Title => "The sending of alerts";

    /// <inheritdoc/>
    public void Checked(TargetCheck check)
    {
    }

    /// <inheritdoc/>
    public void Changed(VerdictChange change)
    {
    }

    /// <inheritdoc/>
    public Task RunAsync(IWatchView view, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public async Task SettleAsync(IWatchView view, CancellationToken cancellationToken)
    {
        room.Follow(() => view.Workspace.Inventory);
        try
        {
            await room.Dispatcher.SettleAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (room.Outbox.Waiting is > 0 and var waiting)
        {
            reporter.Warning(string.Create(
                CultureInfo.InvariantCulture,
                $"{waiting} {(waiting == 1 ? "alert was" : "alerts were")} not sent before the watch ended; {(waiting == 1 ? "it is" : "they are")} sent when it runs again. Get-HostingAlert lists what waits."));
            throw;
        }
    }
}
