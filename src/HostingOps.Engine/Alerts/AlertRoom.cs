using HostingOps.Engine.Alerts.Outbox;
using HostingOps.Engine.Alerts.Sending;
using HostingOps.Engine.State;

namespace HostingOps.Engine.Alerts;

/// <summary>Outbox, dispatcher and senders of one process. Safe for several threads.</summary>
internal sealed class AlertRoom : IAlertSink, IDisposable
{
    private readonly ChannelSender sender;
    private Func<HostingInventory> inventory;

    /// <param name="inventory">The inventory in use.</param>
    /// <param name="open">Opens the state database.</param>
    /// <param name="environment">Reads an environment variable.</param>
    /// <param name="workingDirectory">Where commands run.</param>
    /// <param name="reporter">Is told who could not be reached.</param>
    /// <param name="time">The clock.</param>
    /// <param name="random">What spreads the waits.</param>
    public AlertRoom(
        Func<HostingInventory> inventory,
        Func<StateDatabase> open,
        Func<string, string?> environment,
        string? workingDirectory,
        IOperationReporter reporter,
        TimeProvider time,
        Random random)
    {
        this.inventory = inventory;
        sender = new ChannelSender(time, environment, workingDirectory);
        Outbox = new AlertOutbox(() => this.inventory(), open, reporter, time);
        Dispatcher = new AlertDispatcher(Outbox, sender, reporter, time, random);
    }

    /// <summary>What waits.</summary>
    public AlertOutbox Outbox { get; }

    /// <summary>Sends what waits.</summary>
    public AlertDispatcher Dispatcher { get; }

    /// <summary>Sends without the outbox: for tests of a channel.</summary>
    public IAlertSender Sender => sender;

    /// <summary>Takes the channels from another inventory from now on: the watcher's, which is read again when it changes.</summary>
    public void Follow(Func<HostingInventory> current) => inventory = current;

    /// <inheritdoc/>
    public void Post(HostingAlert alert) => Outbox.Post(alert);

    /// <inheritdoc/>
    public void Dispose()
    {
        Outbox.Dispose();
        sender.Dispose();
    }
}
