using HostingOps.Engine.Alerts;

namespace HostingOps.Engine.Watch.Incidents;

/// <summary>
/// Sends what all who listen have posted, once they have done what is due. The last of them: a channel that hangs must not hold up a
/// switch, and what the switch has to tell must not wait for the next run.
/// </summary>
/// <param name="room">The alerts.</param>
internal sealed class LastAlerts(AlertRoom room) : IWatchListener
{
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
    public Task SettleAsync(IWatchView view, CancellationToken cancellationToken)
    {
        room.Follow(() => view.Workspace.Inventory);
        return room.Dispatcher.SettleAsync(cancellationToken);
    }
}
