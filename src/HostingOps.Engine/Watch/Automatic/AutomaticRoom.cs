using HostingOps.Engine.Alerts;

namespace HostingOps.Engine.Watch.Automatic;

/// <summary>What the parts of automatic moves share.</summary>
/// <param name="View">The watcher.</param>
/// <param name="Mover">The open inventory in use at this moment: another one after a reload.</param>
/// <param name="Alerts">Tells people.</param>
/// <param name="Memory">Waits, and what people were told.</param>
/// <param name="Reporter">Told of what people need not be alerted of.</param>
/// <param name="Time">The clock.</param>
/// <param name="Options">The pace.</param>
internal sealed record AutomaticRoom(
    IWatchView View,
    Func<ISiteMover> Mover,
    IAlertSink Alerts,
    MoveMemory Memory,
    IOperationReporter Reporter,
    TimeProvider Time,
    AutomaticOptions Options)
{
    /// <summary>Tells people, unless they were told the same of the same sites lately.</summary>
    /// <param name="alert">What.</param>
    /// <param name="what">The same for the same news, whatever figures its text holds.</param>
    public void TellOnce(HostingAlert alert, string what)
    {
        var mover = Mover();
        var resends = mover.Inventory.Notifications.Select(static channel => channel.Resend).Where(static resend => resend > TimeSpan.Zero).ToArray();
        if (Memory.ShouldTell(alert.Sites, what, resends.Length > 0 ? resends.Min() : Options.Resend, () => mover.LastTold(alert.IncidentId)))
        {
            Alerts.Post(alert);
        }
    }
}
